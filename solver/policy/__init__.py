"""A policy that builds routes stop by stop, learned by reinforcement: what it sees, how it decides, how it learns.

Rollouts need numpy, numba and safetensors; `network`, `training` and what begins with `batched` need torch, and nothing
else may import them.
"""

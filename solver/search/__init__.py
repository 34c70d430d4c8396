"""The kernels: a solution's state, and what ruins, recreates and improves it. Everything hot is compiled by numba."""

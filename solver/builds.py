"""The builds of the kernels: each leaves out what its problems do not use."""

BUILDS = ("rich", "timed", "plain")
"""Everything; one delivery load with windows and shifts; one delivery load only. The longest to compile comes first."""

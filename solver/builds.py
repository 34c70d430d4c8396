"""The builds of the kernels: each leaves out what its problems do not use."""

BUILDS = ("whole", "rich", "timed", "plain", "planar")
"""Everything, such as trips, groups and locks; routes without those; one delivery load with windows and shifts; one
delivery load only; the same with coordinates in place of a matrix. The longest to compile comes first."""

POLICY = "policy"
"""What is no build of the search but has kernels too: rollouts."""

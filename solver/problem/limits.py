"""Numbers that stand for something in the arrays of a problem."""

UNLIMITED = 1 << 40
"""Stands for "no limit" in limits and windows (34,000 years in seconds); sums of thousands stay inside int64."""

LARGEST = 1 << 31
"""Bound on every finite entry. Sums over any route then stay exact in int64 and in float64."""

UNREACHABLE = 1 << 30
"""A distance or duration of this or more says that there is no road; nobody drives a million kilometres."""

OPEN = -1
"""No depot: of a vehicle type whose routes end at their last client, or that never reloads."""

ALONE = -1
"""Group of a client that is in no group."""

ANY = -1
"""No particular vehicle, or no particular position."""

"""Features switched at compile time.

A kernel takes its feature flags as arguments whose *type* says on or off: None is off, an int is on. ``on(flag)`` is
then a constant, and the compiler drops the branches of a feature that a problem does not use. Numba caches one
build per combination of types.
"""

from __future__ import annotations

from numba import types
from numba.extending import overload

Flag = int | None


def on(flag: Flag) -> bool:
    """Return whether a feature flag is on; a constant inside kernels."""
    return flag is not None


@overload(on)
def _on(flag):  # numba compares the signature with that of what it returns
    if isinstance(flag, types.NoneType):
        return lambda flag: False
    return lambda flag: True

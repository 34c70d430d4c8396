"""The door to road networks: which there are on this computer. Whoever starts the program says where they lie."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from solver.roads.network import Network


class RoadLibrary(Protocol):
    """Networks by their id, which stands for one content for ever; it may be asked by several threads at once."""

    def has(self, key: str) -> bool:
        """Return whether there is a network of that id; it takes no time, for it is asked at every edit."""
        ...

    def name(self, key: str) -> str:
        """Return what the user calls a network, or "" where there is none; it takes no time either."""
        ...

    def network(self, key: str) -> Network | None:
        """Return a network, the same object for as long as it is in use; None where there is none that can be read."""
        ...

    def order(self, key: str) -> NDArray[np.int32] | None:
        """Return the order of a network's segments that was kept, if one was."""
        ...

    def keep_order(self, key: str, order: NDArray[np.int32]) -> None:
        """Keep the order in which a router contracts the segments of a network, for it takes long to find."""
        ...


class NoNetworks:
    """The library of a computer that has no network."""

    def has(self, key: str) -> bool:
        """Return that there is none."""
        return False

    def name(self, key: str) -> str:
        """Return nothing."""
        return ""

    def network(self, key: str) -> Network | None:
        """Return nothing."""
        return None

    def order(self, key: str) -> NDArray[np.int32] | None:
        """Return nothing."""
        return None

    def keep_order(self, key: str, order: NDArray[np.int32]) -> None:
        """Forget it."""


_library: RoadLibrary = NoNetworks()


def use_library(library: RoadLibrary) -> RoadLibrary:
    """Take networks from a library from now on; return the one before it."""
    global _library
    before, _library = _library, library
    return before


def library() -> RoadLibrary:
    """Return the library in use."""
    return _library

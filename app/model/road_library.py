"""The door to road networks: which there are on this computer. Whoever starts the program says where they lie."""

from __future__ import annotations

from typing import Protocol

from solver.roads.network import Network


class RoadLibrary(Protocol):
    """Networks by their id; it may be asked by several threads at once."""

    def has(self, key: str) -> bool:
        """Return whether there is a network of that id; it takes no time, for it is asked at every edit."""
        ...

    def network(self, key: str) -> Network | None:
        """Return a network, the same object for as long as it is in use; None where there is none that can be read."""
        ...


class NoNetworks:
    """The library of a computer that has no network."""

    def has(self, key: str) -> bool:
        """Return that there is none."""
        return False

    def network(self, key: str) -> Network | None:
        """Return nothing."""
        return None


_library: RoadLibrary = NoNetworks()


def use_library(library: RoadLibrary) -> RoadLibrary:
    """Take networks from a library from now on; return the one before it."""
    global _library
    before, _library = _library, library
    return before


def library() -> RoadLibrary:
    """Return the library in use."""
    return _library

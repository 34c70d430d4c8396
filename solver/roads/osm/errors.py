"""What may be wrong with a file of OpenStreetMap data; the app makes sentences of it."""

from __future__ import annotations

from enum import StrEnum


class OsmProblem(StrEnum):
    """Why a file could not be read."""

    MISSING = "missing"  # there is no such file
    REFUSED = "refused"  # the system does not let it be read
    EMPTY = "empty"  # not one byte
    FOREIGN = "foreign"  # something else than OpenStreetMap data
    TRUNCATED = "truncated"  # it ends in the middle
    DAMAGED = "damaged"  # some of it does not decode
    NO_ROADS = "no_roads"  # sound, but without a road
    ELSEWHERE = "elsewhere"  # it has roads, but none in the area that was asked for
    TOO_LARGE = "too_large"  # more than the arrays of a network, or the memory, can hold


class OsmFileError(ValueError):
    """Raised when no network can be read from a file.

    Parameters
    ----------
    problem
        What is wrong.
    detail
        What the library or the system says of it, for a log.
    """

    def __init__(self, problem: OsmProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else str(problem))
        self.problem = problem
        self.detail = detail


class StoppedError(Exception):
    """Raised in the middle of reading because the caller wished it."""

"""What a table of travel is, whoever answers: the words that OSRM and Valhalla have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.io.servers.exchange import Answer, Fault, Request
from app.model.scenario import Point
from solver.problem import UNREACHABLE

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Ways from some places to others.

    Parameters
    ----------
    distance, duration
        Shape ``(starts, ends)``, metres and seconds; `solver.problem.UNREACHABLE` where there is no way.
    """

    distance: IntArray
    duration: IntArray


class TooMuchError(Exception):
    """The server says that it was asked for more at once than it allows."""


class NoRoadError(Exception):
    """The server says that one of the places, without saying which, is not near any road."""


class AnswerError(Exception):
    """There is no answer that can be used.

    Parameters
    ----------
    fault
        Why.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.name)
        self.fault = fault


class TravelApi(Protocol):
    """How one kind of server is asked, and how its answers are read."""

    @property
    def most(self) -> int:
        """Places in one request that such servers usually allow."""

    def table_request(self, address: str, profile: str, starts: FloatArray, ends: FloatArray) -> Request:
        """Return what asks for the ways from some places, shape ``(starts, 2)`` in degrees, to others."""

    def read_table(self, answer: Answer, starts: int, ends: int) -> Table:
        """Return the table of an answer.

        Raises
        ------
        TooMuchError, NoRoadError, AnswerError
            If there is none.
        """

    def route_request(self, address: str, profile: str, start: Point, end: Point) -> Request:
        """Return what asks for the shape of the way from one place to another."""

    def read_route(self, answer: Answer) -> FloatArray:
        """Return the corners of the way in an answer, shape ``(corners, 2)``; none where there is no way.

        Raises
        ------
        TooMuchError, NoRoadError, AnswerError
            If there is none.
        """


def numbers(rows: Any, starts: int, ends: int, scale: float = 1.0) -> IntArray:
    """Return a table of an answer as whole numbers; null is `UNREACHABLE`.

    Parameters
    ----------
    rows
        From JSON: a list of lists of numbers, if the server does as it should.
    starts, ends
        How many rows and columns it should have.
    scale
        What each number is multiplied by.

    Raises
    ------
    AnswerError
        If it has another shape, or anything in it is no number that a way can have.
    """
    if not _list_of(rows, starts) or not all(_list_of(row, ends) for row in rows):
        raise AnswerError(Fault.GARBAGE)
    flat = [value for row in rows for value in row]
    if not all(
        value is None or (isinstance(value, int | float) and value is not True and value is not False) for value in flat
    ):
        raise AnswerError(Fault.GARBAGE)
    try:
        values = np.array([np.nan if value is None else value for value in flat], dtype=np.float64) * scale
    except OverflowError:
        raise AnswerError(Fault.GARBAGE) from None
    none = np.array([value is None for value in flat], dtype=np.bool_)
    finite = values[~none]
    if not (np.isfinite(finite).all() and (finite >= 0).all() and (finite < UNREACHABLE).all()):
        raise AnswerError(Fault.GARBAGE)
    whole = np.where(none, UNREACHABLE, np.rint(np.where(none, 0.0, values))).astype(np.int64)
    return whole.reshape(starts, ends)


def table_of(distance: IntArray, duration: IntArray) -> Table:
    """Return a table in which a way without either number is none."""
    none = (distance >= UNREACHABLE) | (duration >= UNREACHABLE)
    return Table(np.where(none, UNREACHABLE, distance), np.where(none, UNREACHABLE, duration))


def no_way(starts: int, ends: int) -> Table:
    """Return a table of places that no way connects."""
    nothing = np.full((starts, ends), UNREACHABLE, dtype=np.int64)
    return Table(nothing, nothing.copy())


def no_shape() -> FloatArray:
    """Return the shape of no way."""
    return np.empty((0, 2))


def _list_of(value: object, size: int) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes) and len(value) == size

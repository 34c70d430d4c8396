"""What has become of each address of a list: found, to be chosen, not found, placed by hand or left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from app.io.geocoding.addresses import Address
from app.io.geocoding.candidates import Candidate, sure, without_doubles
from app.io.geocoding.offline import MOST
from app.model.scenario import Point


class State(Enum):
    """Where an address stands."""

    WAITING = auto()
    SURE = auto()
    CHOSEN = auto()
    BY_HAND = auto()
    OPEN = auto()  # there are candidates, and somebody has to choose
    NOT_FOUND = auto()
    LEFT_OUT = auto()


PLACED = frozenset({State.SURE, State.CHOSEN, State.BY_HAND})
"""These have a place."""
TO_DO = frozenset({State.OPEN, State.NOT_FOUND})
"""These somebody has to look at."""


@dataclass(slots=True)
class Choice:
    """One address.

    Parameters
    ----------
    address
        As the file says it.
    candidates
        The best first.
    state
        Where it stands.
    point
        Its place, if it has one.
    label
        What is known there; "" for a place by hand.
    """

    address: Address
    candidates: tuple[Candidate, ...] = ()
    state: State = State.WAITING
    point: Point | None = None
    label: str = ""


@dataclass(slots=True)
class Choices:
    """All addresses of a list, by the line of their row.

    Parameters
    ----------
    rows
        In the order of the file.
    """

    rows: dict[int, Choice] = field(default_factory=dict)

    @classmethod
    def of(cls, addresses: Mapping[int, Address], known: Mapping[int, Point]) -> Choices:
        """Return the choices of a list of which some places are known already."""
        rows = {line: Choice(address) for line, address in addresses.items()}
        for line, point in known.items():
            if line in rows:
                rows[line].state, rows[line].point = State.BY_HAND, point
        return cls(rows)

    @property
    def places(self) -> dict[int, Point]:
        """The places of those that have one, by line."""
        return {line: row.point for line, row in self.rows.items() if row.state in PLACED and row.point is not None}

    def count(self, states: frozenset[State]) -> int:
        """Return how many addresses are in some states."""
        return sum(row.state in states for row in self.rows.values())

    def hear(self, line: int, candidates: tuple[Candidate, ...]) -> None:
        """Take what was found of an address; what was settled by a person stays so."""
        row = self.rows[line]
        merged = sorted((*candidates, *row.candidates), key=lambda one: -one.score)
        row.candidates = tuple(without_doubles(merged, MOST))
        if row.state in (State.CHOSEN, State.BY_HAND, State.LEFT_OUT):
            return
        best = sure(row.candidates)
        if best is not None:
            row.state, row.point, row.label = State.SURE, best.point, best.label
        else:
            row.state, row.point, row.label = (State.OPEN if row.candidates else State.NOT_FOUND), None, ""

    def choose(self, line: int, place: int) -> None:
        """Take a candidate."""
        row = self.rows[line]
        one = row.candidates[place]
        row.state, row.point, row.label = State.CHOSEN, one.point, one.label

    def put(self, line: int, point: Point) -> None:
        """Place an address by hand."""
        row = self.rows[line]
        row.state, row.point, row.label = State.BY_HAND, point, ""

    def leave_out(self, line: int) -> None:
        """Leave an address out, or take it in again when it was."""
        row = self.rows[line]
        if row.state is State.LEFT_OUT:
            row.state = State.WAITING
            self.hear(line, ())
        else:
            row.state, row.point, row.label = State.LEFT_OUT, None, ""

    def next(self, line: int, wanted: Callable[[Choice], bool]) -> int | None:
        """Return the next line after one, or the first, of which something is true; None when there is none."""
        lines = list(self.rows)
        start = lines.index(line) + 1 if line in self.rows else 0
        return next((one for one in (*lines[start:], *lines[:start]) if wanted(self.rows[one])), None)

"""Completions that were judged, and the best of them."""

from __future__ import annotations

import numpy as np

from solver.explain.completions import FULL, NOBODY, FloatArray, Rows
from solver.explain.orders import RULES
from solver.problem import Rule

HEAVY = 1e9
"""Of a unit by which a rule is broken more than now: whatever breaks less comes first, and then what costs less."""

_LATE = RULES.index(Rule.TIME_WINDOW)


def scores(rows: Rows, level: int) -> FloatArray:
    """Return what completions are compared by at a level, shape ``(rows,)``; less is better."""
    made: FloatArray = rows.cost[:, level] + HEAVY * rows.over(level)
    return made


class Pool:
    """Holds completions.

    Parameters
    ----------
    leads_to
        Where the leg goes that is explained: a place among the clients, or `NOBODY` for home.
    """

    def __init__(self, leads_to: int) -> None:
        self._leads_to = leads_to
        self._rows: list[Rows] = []
        self._best: dict[tuple[int, bool, bool], tuple[float, Rows]] = {}

    def add(self, rows: Rows) -> None:
        """Take completions in."""
        if not len(rows.orders):
            return
        self._rows.append(rows)
        leads, joins = rows.next == self._leads_to, rows.joined != NOBODY
        every = rows.cost + HEAVY * rows.over_each
        for key in ((a, b) for a in (True, False) for b in (True, False)):
            chosen = np.flatnonzero((leads == key[0]) & (joins == key[1]))
            if not len(chosen):
                continue
            for level, at in enumerate(chosen[np.argmin(every[chosen], axis=0)].tolist()):
                score, known = float(every[at, level]), self._best.get((level, *key))
                if known is None or score < known[0]:
                    self._best[level, *key] = score, rows.at(slice(at, at + 1))

    def best(self, level: int, leads: bool, joined: bool | None = None) -> Rows | None:
        """Return the best completion at a level, None when there is none.

        Parameters
        ----------
        level
            Index into `solver.explain.completions.LEVELS`.
        leads
            Whether it goes where the leg goes, or elsewhere.
        joined
            Whether somebody joins; None looks at both.
        """
        found = [
            known
            for other in ((True, False) if joined is None else (joined,))
            if (known := self._best.get((level, leads, other))) is not None
        ]
        return min(found, key=lambda one: one[0])[1] if found else None

    def leads(self, level: int, same: float) -> bool:
        """Tell whether the best completion at a level goes where the leg goes; costs may differ by ``same``."""
        here, elsewhere = self.best(level, True), self.best(level, False)
        if here is None or elsewhere is None:
            return elsewhere is None
        return bool(scores(here, level)[0] <= scores(elsewhere, level)[0] + same)

    def after(self, client: int, level: int) -> Rows | None:
        """Return the best at a level of those that go to a client next and that nobody else joins."""
        found = None
        for rows in self._rows:
            chosen = np.flatnonzero((rows.next == client) & _alone(rows))
            if len(chosen):
                score = scores(rows, level)
                at = int(chosen[np.argmin(score[chosen])])
                if found is None or score[at] < found[0]:
                    found = score[at], rows.at(slice(at, at + 1))
        return None if found is None else found[1]

    def by_next(self) -> list[Rows]:
        """Return the best for each other client who can come next, where nobody else joins; the best first.

        They are ranked by how many rules would be broken more than now, by lateness, and then by cost.
        """
        kept = [
            np.flatnonzero(_alone(rows) & (rows.next != self._leads_to) & (rows.next != NOBODY)) for rows in self._rows
        ]
        if not any(map(len, kept)):
            return []
        chosen = list(zip(self._rows, kept, strict=True))
        excess = np.concatenate([rows.excess[at] for rows, at in chosen])
        cost = np.concatenate([rows.cost[at, FULL] for rows, at in chosen])
        after = np.concatenate([rows.next[at] for rows, at in chosen])
        where = np.concatenate(kept)
        whose = np.repeat(np.arange(len(kept)), [len(at) for at in kept])
        order = np.lexsort((cost, excess[:, _LATE], (excess > 0).sum(axis=1)))
        _, first = np.unique(after[order], return_index=True)
        best = order[np.sort(first)].tolist()
        return [self._rows[whose[at]].at(slice(where[at], where[at] + 1)) for at in best]


def _alone(rows: Rows) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell of which completions nobody joins but who comes next."""
    alone: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (rows.joined == NOBODY) | (rows.joined == rows.next)
    return alone

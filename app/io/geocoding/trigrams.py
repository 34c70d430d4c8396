"""Which of many names are like one that may be misspelt: by the groups of three letters that they share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


class Trigrams:
    """An index of names.

    Parameters
    ----------
    names
        Made alike already, see `app.io.geocoding.addresses.folded`.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._number: dict[str, int] = {}
        groups, holders = [], []
        self._sizes = np.zeros(len(names), dtype=np.int64)
        for place, name in enumerate(names):
            mine = _groups(name)
            self._sizes[place] = len(mine)
            for group in mine:
                groups.append(self._number.setdefault(group, len(self._number)))
                holders.append(place)
        numbers = np.array(groups, dtype=np.int64)
        order = np.argsort(numbers, kind="stable")
        self._holders = np.array(holders, dtype=np.int64)[order]
        self._first = np.searchsorted(numbers[order], np.arange(len(self._number) + 1))

    def alike(self, name: str, least: float, most: int) -> list[tuple[int, float]]:
        """Return which names are like another one, the most alike first.

        Parameters
        ----------
        name
            Made alike already.
        least
            Likeness, from 0 for nothing in common to 1 for the same.
        most
            How many are returned at most.

        Returns
        -------
        list
            Places of names, and how alike they are.
        """
        mine = _groups(name)
        known = [self._number[group] for group in mine if group in self._number]
        if not known:
            return []
        found = np.concatenate([self._holders[self._first[one] : self._first[one + 1]] for one in known])
        common = np.bincount(found, minlength=len(self._sizes))
        likeness = 2.0 * common / (self._sizes + len(mine))
        good = np.flatnonzero(likeness >= least)
        best = good[np.argsort(-likeness[good], kind="stable")][:most]
        return [(int(place), float(likeness[place])) for place in best]


def _groups(name: str) -> set[str]:
    """Return the groups of a name; its beginning weighs more than its end, as people read it."""
    padded = f"  {name} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}

"""Addresses from a road network: its houses, and the names of its streets. Nothing leaves this computer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from app.io.geocoding.addresses import Address, folded, number_of, parsed
from app.io.geocoding.candidates import Candidate, Quality, metres, without_doubles
from app.io.geocoding.trigrams import Trigrams
from app.model.scenario import Point
from solver.roads.network import DEGREE, Network

MOST = 8
"""Candidates of an address."""

STREETS = 10
"""Names that are looked at for one address."""

LIKE = 0.5
"""Likeness of names that may be meant."""

CELL = 2e5
"""Units of a place: streets of one name in cells of 0.02 degrees that do not touch are different streets."""

_WORTH = {Quality.HOUSE: 1.0, Quality.BETWEEN: 0.95, Quality.STREET: 0.75, Quality.AREA: 0.5}
_OTHER_LETTER = 0.98  # 12 for 12 A: the same gate, or the next one
_UNSAID, _OTHER_AREA = 0.98, 0.6  # the map does not say the town, or says another one

Rows = NDArray[np.intp]


class NetworkGeocoder:
    """A `app.io.geocoding.candidates.Geocoder` of one network. Making one takes a moment; asking it does not.

    Parameters
    ----------
    network
        Of which addresses and names are known.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._source = " · ".join(part for part in (network.source, network.attribution) if part)
        names = network.names
        of_address, of_way = network.address_text[:, 0], network.way_name[network.segment_way]
        used = np.unique(np.concatenate([of_address[of_address >= 0], of_way[of_way >= 0]]))
        self._streets: dict[str, list[int]] = {}  # names by what they are when they are made alike
        for name in used.tolist():
            self._streets.setdefault(folded(names[name]), []).append(name)
        self._keys = list(self._streets)
        self._index = Trigrams(self._keys)
        self._houses = _Groups(of_address, len(names))
        self._segments = _Groups(of_way, len(names))
        self._areas = [_Groups(network.address_text[:, column], len(names)) for column in (3, 2)]
        self._area_names: list[dict[str, list[int]]] = [{}, {}]
        for at, column in enumerate((3, 2)):
            texts = network.address_text[:, column]
            for name in np.unique(texts[texts >= 0]).tolist():
                self._area_names[at].setdefault(folded(names[name]), []).append(name)

    def candidates(self, query: Address | str, near: Point | None = None) -> list[Candidate]:
        """Return where an address may be, the best first."""
        asked = parsed(query) if isinstance(query, str) else query
        found = list(self._in_streets(asked)) if asked.street else []
        if not found:
            found = list(self._in_areas(asked))
        found.sort(key=lambda one: (-round(one.score, 2), 0.0 if near is None else metres(near, one.point)))
        return without_doubles(found, MOST)

    def _in_streets(self, asked: Address) -> Iterator[Candidate]:
        key = folded(asked.street)
        alike = self._index.alike(key, LIKE, STREETS)
        whole = [one for one in alike if self._keys[one[0]] == key]
        for street, likeness in whole or alike:
            names = self._streets[self._keys[street]]
            houses = self._houses.rows(names)
            if len(houses):
                yield from self._among(houses, asked, likeness)
            else:
                yield from self._along(self._segments.rows(names), asked, likeness)

    def _among(self, houses: Rows, asked: Address, likeness: float) -> Iterator[Candidate]:
        """Yield what the houses of a street say."""
        wanted = number_of(asked.number)
        places = self._network.address_place[houses]
        if wanted is None:
            for group in _clusters(places):
                yield self._street(houses[group], asked, likeness)
            return
        numbers = [self._number(row) for row in houses]
        exact = [at for at, number in enumerate(numbers) if number is not None and number[0] <= wanted[0] <= number[2]]
        for at in exact:
            number = numbers[at]
            assert number is not None
            letter = 1.0 if number[1] == wanted[1] and number[0] == wanted[0] else _OTHER_LETTER
            yield self._house(houses[at], Quality.HOUSE, asked, likeness * letter)
        near_exact = places[exact].astype(np.int64)
        for group in _clusters(places):
            if len(near_exact) and _touches(places[group], near_exact):
                continue  # that street has the house
            known = [(number[0], at) for at in group.tolist() if (number := numbers[at]) is not None]
            place = _between(wanted[0], known, places)
            if place is None:
                yield self._street(houses[group], asked, likeness)
            else:
                score = likeness * self._area(houses[group[0]], asked) * _WORTH[Quality.BETWEEN]
                label = self._label(houses[group[0]], asked.number)
                yield Candidate(place, label, Quality.BETWEEN, score, self._source)

    def _along(self, segments: Rows, asked: Address, likeness: float) -> Iterator[Candidate]:
        """Yield what the streets of a name say that have no houses."""
        network = self._network
        middle = network.shape[(network.segment_shape[segments] + network.segment_shape[segments + 1]) // 2]
        for group in _clusters(middle):
            name = network.names[network.way_name[network.segment_way[segments[group[0]]]]]
            missed = 1.0 if not (asked.city or asked.postcode) else _UNSAID
            score = likeness * missed * _WORTH[Quality.STREET]
            yield Candidate(_middle(middle[group]), name, Quality.STREET, score, self._source)

    def _in_areas(self, asked: Address) -> Iterator[Candidate]:
        """Yield towns and postcodes; where nothing else is said, the street may be a town."""
        for at, text in enumerate((asked.postcode, asked.city or asked.street)):
            names = self._area_names[at].get(folded(text), []) if text else []
            houses = self._areas[at].rows(names)
            if not len(houses):
                continue
            score = _WORTH[Quality.AREA] * (1.0 if not asked.street else 0.8)
            name = self._network.names[names[0]]
            yield Candidate(_middle(self._network.address_place[houses]), name, Quality.AREA, score, self._source)
            return

    def _house(self, house: int, quality: Quality, asked: Address, likeness: float) -> Candidate:
        lat, lon = (self._network.address_place[house] / DEGREE).tolist()
        score = likeness * self._area(house, asked) * _WORTH[quality]
        return Candidate((lat, lon), self._label(house), quality, score, self._source)

    def _street(self, houses: Rows, asked: Address, likeness: float) -> Candidate:
        place = _middle(self._network.address_place[houses])
        score = likeness * self._area(houses[0], asked) * _WORTH[Quality.STREET]
        return Candidate(place, self._label(houses[0], ""), Quality.STREET, score, self._source)

    def _area(self, house: int, asked: Address) -> float:
        """Return how well town and postcode of a house fit."""
        worth = 1.0
        for column, text in ((3, asked.postcode), (2, asked.city)):
            said = self._text(house, column)
            if text and not said:
                worth *= _UNSAID
            elif text and folded(said).replace(" ", "") != folded(text).replace(" ", ""):
                worth *= _OTHER_AREA
        return worth

    def _label(self, house: int, number: str | None = None) -> str:
        shown = self._text(house, 1) if number is None else number
        return str(Address(self._text(house, 0), shown, self._text(house, 3), self._text(house, 2)))

    def _number(self, house: int) -> tuple[int, str, int] | None:
        return number_of(self._text(house, 1))

    def _text(self, house: int, column: int) -> str:
        name = int(self._network.address_text[house, column])
        return self._network.names[name] if name >= 0 else ""


class _Groups:
    """Rows by a number that each of them has."""

    def __init__(self, numbers: NDArray[np.int32], count: int) -> None:
        self._order = np.argsort(numbers, kind="stable")
        self._first = np.searchsorted(numbers[self._order], np.arange(count + 1))

    def rows(self, numbers: Iterable[int]) -> Rows:
        found = [self._order[self._first[one] : self._first[one + 1]] for one in numbers]
        return np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.intp)


def _clusters(places: NDArray[np.int32]) -> list[Rows]:
    """Return groups of places that hang together: different streets may have one name."""
    cells = np.floor_divide(places.astype(np.int64), int(CELL))
    of: dict[tuple[int, int], list[int]] = {}
    for at, (row, column) in enumerate(cells.tolist()):
        of.setdefault((row, column), []).append(at)
    groups: list[Rows] = []
    while of:
        cell, members = of.popitem()
        waiting = [cell]
        while waiting:
            row, column = waiting.pop()
            for other in [(row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)]:
                if other in of:
                    members = members + of.pop(other)
                    waiting.append(other)
        groups.append(np.array(sorted(members), dtype=np.intp))
    return sorted(groups, key=lambda group: int(group[0]))


def _touches(places: NDArray[np.int32], others: NDArray[np.int64]) -> bool:
    low, high = places.min(axis=0) - CELL, places.max(axis=0) + CELL
    return bool(((others >= low) & (others <= high)).all(axis=1).any())


def _between(wanted: int, known: list[tuple[int, int]], places: NDArray[np.int32]) -> Point | None:
    """Return the place between the two nearest numbers on the same side of the street; None at its ends."""
    side = sorted(one for one in known if one[0] % 2 == wanted % 2)
    below = [one for one in side if one[0] < wanted]
    above = [one for one in side if one[0] > wanted]
    if not below or not above:
        return None
    (low, start), (high, end) = below[-1], above[0]
    share = (wanted - low) / (high - low)
    lat, lon = ((places[start] + share * (places[end].astype(np.float64) - places[start])) / DEGREE).tolist()
    return lat, lon


def _middle(places: NDArray[np.int32]) -> Point:
    """Return the place that is nearest to the middle of them all, so that it is on the street."""
    values = places.astype(np.float64)
    nearest = int(np.abs(values - np.median(values, axis=0)).sum(axis=1).argmin())
    lat, lon = (places[nearest] / DEGREE).tolist()
    return lat, lon

"""From small maps made by hand to ways: what a map says of a street is what the router does.

Every map has a street of three parts from west to east and a way around the middle one, three times as long::

        E ---- F
        |      |
    A - B ---- C - D
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from solver.problem import UNREACHABLE
from solver.roads.islands import Cut
from solver.roads.modes import BUILT_IN, Mode, ModeKind
from solver.roads.osm import read_osm
from solver.roads.router import Router
from tests.solver.roads.osm.maps import SOUTH, STEP, WEST, Map, ways_of

ALONG, AROUND = 111, 334
"""Metres from the middle of the first part to that of the last one."""

FIRST, MIDDLE, LAST = 101, 102, 103
"""Ways."""

MODES = {**BUILT_IN, "chemicals": Mode("chemicals", ModeKind.TRUCK, hazmat=True)}


def street(around: bool = True, **tags: str) -> Map:
    """Return the map, with tags on the middle part."""
    made = Map()
    a, b, c, d = made.line(4)
    made.way(a, b)
    made.way(b, c, **{"highway": "residential", **tags})
    made.way(c, d)
    if around:
        e, f = made.node(1, 1), made.node(1, 2)
        made.way(b, e, f, c)
    return made


def places(*columns: float) -> np.ndarray:
    """Return places on the street, in lengths of a part from its beginning."""
    return np.array([[SOUTH, WEST + column * STEP] for column in columns])


def there_and_back(made: Map, folder: Path, mode: str, pace: float = 1.0) -> tuple[int, int]:
    """Return metres from the first part to the last one, and back, with the middle one at some pace."""
    network = read_osm(made.write(folder))
    state = np.ones(network.segments)
    state[ways_of(network)[MIDDLE]] = pace
    distance = Router(network, MODES[mode], state).matrix(places(0.5, 2.5)).distance
    return int(distance[0, 1]), int(distance[1, 0])


@pytest.mark.parametrize(
    ("tags", "around", "along"),
    [
        ({}, "", "car van truck bicycle foot chemicals"),
        ({"maxheight": "3.5"}, "truck", "car van bicycle foot chemicals"),
        ({"maxwidth": "2.2"}, "truck", "car van bicycle foot"),
        ({"maxlength": "8"}, "truck", "car van bicycle foot"),
        ({"maxweight": "7.5"}, "truck", "car van bicycle foot"),
        ({"maxweight": "2"}, "truck van", "car bicycle foot"),
        ({"hgv": "no"}, "truck chemicals", "car van bicycle foot"),
        ({"hazmat": "no"}, "chemicals", "car truck"),
        ({"motor_vehicle": "no"}, "car van truck", "bicycle foot"),
        ({"bicycle": "no"}, "bicycle", "car foot"),
        ({"highway": "footway"}, "car van truck", "foot"),
        ({"access": "private"}, "car truck bicycle foot", ""),
        ({"motor_vehicle": "destination"}, "car truck", "bicycle foot"),
    ],
)
def test_rights_and_limits(tags: dict[str, str], around: str, along: str, tmp_path: Path) -> None:
    made = street(**tags)
    for mode in around.split():
        assert there_and_back(made, tmp_path, mode) == pytest.approx((AROUND, AROUND), abs=2), mode
    for mode in along.split():
        assert there_and_back(made, tmp_path, mode) == pytest.approx((ALONG, ALONG), abs=2), mode


@pytest.mark.parametrize(("oneway", "wanted"), [("yes", (ALONG, AROUND)), ("-1", (AROUND, ALONG))])
def test_one_ways(oneway: str, wanted: tuple[int, int], tmp_path: Path) -> None:
    made = street(oneway=oneway)
    assert there_and_back(made, tmp_path, "car") == pytest.approx(wanted, abs=2)
    assert there_and_back(made, tmp_path, "foot") == pytest.approx((ALONG, ALONG), abs=2)


@pytest.mark.parametrize("restriction", ["no_straight_on", "only_left_turn"])
def test_turn_restrictions(restriction: str, tmp_path: Path) -> None:
    made = street()
    after = MIDDLE if restriction.startswith("no") else 104
    made.restriction(FIRST, 2, after, restriction=restriction)
    assert there_and_back(made, tmp_path, "car") == pytest.approx((AROUND, ALONG), abs=2)
    assert there_and_back(made, tmp_path, "foot") == pytest.approx((ALONG, ALONG), abs=2)


def test_a_private_street_leads_to_who_lives_there(tmp_path: Path) -> None:
    network = read_osm(street(access="private").write(tmp_path))
    distance = Router(network, MODES["car"]).matrix(places(0.5, 1.5)).distance
    assert distance == pytest.approx(np.array([[0, 56], [56, 0]]), abs=1)


def test_closures(tmp_path: Path) -> None:
    assert there_and_back(street(), tmp_path, "van", pace=0.0) == pytest.approx((AROUND, AROUND), abs=2)
    assert there_and_back(street(), tmp_path, "van", pace=0.5) == pytest.approx((ALONG, ALONG), abs=2)
    assert there_and_back(street(), tmp_path, "van", pace=0.1) == pytest.approx((AROUND, AROUND), abs=2)
    assert there_and_back(street(around=False), tmp_path, "van", pace=0.0) == (UNREACHABLE, UNREACHABLE)


def test_who_is_on_a_closed_street_is_told_so(tmp_path: Path) -> None:
    network = read_osm(street().write(tmp_path))
    pace = np.ones(network.segments)
    pace[ways_of(network)[MIDDLE]] = 0
    one, other = Router(network, MODES["van"], pace).cut_off(places(0.5, 1.6))
    assert one is None
    assert other is not None
    assert other.cut is Cut.CLOSED
    assert other.place == pytest.approx((SOUTH, WEST + 2 * STEP), abs=1e-6)
    assert other.distance == pytest.approx(22, abs=1)

"""Who may use a street, by the tags' hierarchy and its direction."""

from __future__ import annotations

from pathlib import Path

import pytest

from solver.roads.modes import Access
from solver.roads.osm import OsmFileError, read_osm
from solver.roads.osm.rights import EVERYBODY, MOTOR, VEHICLES
from tests.solver.roads.osm.maps import Map, rights_of

NONE, CAR, TRUCK, BICYCLE, FOOT = Access.NONE, Access.CAR, Access.TRUCK, Access.BICYCLE, Access.FOOT


def rights(tags: dict[str, str], folder: Path) -> tuple[Access, Access, Access]:
    """Return the rights on a way with these tags."""
    made = Map()
    street = made.line(2)
    number = made.way(*street, **tags)
    return rights_of(read_osm(made.write(folder)), number)


@pytest.mark.parametrize(
    ("tags", "forward", "backward"),
    [
        ({}, EVERYBODY, EVERYBODY),
        ({"oneway": "yes"}, EVERYBODY, FOOT),
        ({"oneway": "1"}, EVERYBODY, FOOT),
        ({"oneway": "-1"}, FOOT, EVERYBODY),
        ({"oneway": "no", "junction": "roundabout"}, EVERYBODY, EVERYBODY),
        ({"oneway": "reversible"}, FOOT, FOOT),
        ({"junction": "roundabout"}, EVERYBODY, FOOT),
        ({"highway": "motorway"}, MOTOR, NONE),
        ({"highway": "motorway_link"}, MOTOR, MOTOR),
        ({"highway": "motorway_link", "motorroad": "yes", "oneway": "yes"}, MOTOR, NONE),
        ({"oneway": "yes", "oneway__bicycle": "no"}, EVERYBODY, BICYCLE | FOOT),
        ({"oneway": "yes", "cycleway": "opposite_lane"}, EVERYBODY, BICYCLE | FOOT),
        ({"oneway": "yes", "cycleway__left": "lane", "cycleway__left__oneway": "-1"}, EVERYBODY, BICYCLE | FOOT),
        ({"oneway": "yes", "bicycle__backward": "yes"}, EVERYBODY, BICYCLE | FOOT),
        ({"oneway__bicycle": "yes"}, EVERYBODY, MOTOR | FOOT),
        ({"oneway__hgv": "yes"}, EVERYBODY, EVERYBODY & ~TRUCK),
        ({"motor_vehicle__backward": "no"}, EVERYBODY, BICYCLE | FOOT),
        ({"highway": "steps", "oneway__foot": "yes"}, FOOT, NONE),
    ],
)
def test_directions(tags: dict[str, str], forward: Access, backward: Access, tmp_path: Path) -> None:
    assert rights(tags, tmp_path)[:2] == (forward, backward)


@pytest.mark.parametrize(
    ("tags", "allowed"),
    [
        ({"highway": "trunk", "motorroad": "yes"}, MOTOR),
        ({"highway": "pedestrian"}, FOOT),
        ({"highway": "pedestrian", "bicycle": "yes"}, BICYCLE | FOOT),
        ({"highway": "footway"}, FOOT),
        ({"highway": "footway", "access": "yes"}, FOOT),
        ({"highway": "cycleway"}, BICYCLE | FOOT),
        ({"highway": "cycleway", "foot": "no"}, BICYCLE),
        ({"highway": "path"}, BICYCLE | FOOT),
        ({"highway": "steps"}, FOOT),
        ({"highway": "track"}, EVERYBODY),
        ({"highway": "track", "motor_vehicle": "agricultural;forestry"}, BICYCLE | FOOT),
        ({"access": "no", "foot": "yes"}, FOOT),
        ({"access": "no", "bus": "yes", "bicycle": "designated"}, BICYCLE),
        ({"vehicle": "no"}, FOOT),
        ({"vehicle": "no", "bicycle": "yes"}, BICYCLE | FOOT),
        ({"motor_vehicle": "no"}, BICYCLE | FOOT),
        ({"motorcar": "no"}, TRUCK | BICYCLE | FOOT),
        ({"motor_vehicle": "no", "motorcar": "yes"}, CAR | BICYCLE | FOOT),
        ({"hgv": "no"}, CAR | BICYCLE | FOOT),
        ({"goods": "no"}, CAR | BICYCLE | FOOT),
        ({"motor_vehicle": "no", "hgv": "yes"}, EVERYBODY & ~CAR),
        ({"bicycle": "use_sidepath", "foot": "use_sidepath"}, MOTOR),
        ({"access": "something odd"}, EVERYBODY),
        ({"motor_vehicle": "no;destination"}, EVERYBODY),
        ({"highway": "service", "service": "emergency_access"}, BICYCLE | FOOT),
        ({"smoothness": "impassable"}, FOOT),
        ({"route": "ferry"}, EVERYBODY),
        ({"route": "ferry", "foot": "yes"}, BICYCLE | FOOT),
        ({"route": "ferry", "foot": "yes", "motor_vehicle": "yes"}, EVERYBODY),
        ({"route": "ferry", "motorcar": "no"}, BICYCLE | FOOT),
        ({"route": "ferry", "foot": "yes", "ferry": "trunk"}, EVERYBODY),
    ],
)
def test_who_may_use_it(tags: dict[str, str], allowed: Access, tmp_path: Path) -> None:
    assert rights(tags, tmp_path)[:2] == (allowed, allowed)


@pytest.mark.parametrize(
    ("tags", "allowed", "restricted"),
    [
        ({"access": "private"}, EVERYBODY, EVERYBODY),
        ({"access": "customers"}, EVERYBODY, EVERYBODY),
        ({"motor_vehicle": "destination"}, EVERYBODY, MOTOR),
        ({"hgv": "delivery"}, EVERYBODY, TRUCK),
        ({"access": "destination", "bicycle": "yes", "foot": "yes"}, EVERYBODY, MOTOR),
        ({"highway": "pedestrian", "vehicle": "delivery"}, EVERYBODY, VEHICLES),
        ({"highway": "footway", "access": "private"}, FOOT, FOOT),
        ({"access": "yes"}, EVERYBODY, NONE),
    ],
)
def test_who_may_use_it_to_get_somewhere_along_it_only(
    tags: dict[str, str], allowed: Access, restricted: Access, tmp_path: Path
) -> None:
    assert rights(tags, tmp_path) == (allowed, allowed, restricted)


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "construction"},
        {"highway": "proposed"},
        {"access": "no"},
        {"highway": "primary", "ice_road": "yes"},
        {"route": "bus"},
    ],
)
def test_what_is_no_street_for_anybody_is_not_read(tags: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(OsmFileError):
        rights(tags, tmp_path)

"""Turn restrictions and barriers become pairs of edges that may not follow each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from solver.roads.modes import Access
from solver.roads.osm import read_osm, read_osm_fully
from solver.roads.osm.rights import MOTOR, VEHICLES
from tests.solver.roads.osm.maps import Map, bans_of, check

LEFT, RIGHT, BELOW, ABOVE = 101, 102, 103, 104
"""The ways of a crossing; all are drawn towards its middle, so that an edge out of it is ``-``."""


def crossing() -> tuple[Map, int]:
    """Return four streets that meet, and the node where they do."""
    made = Map()
    middle = made.node(1, 1)
    for row, column in ((1, 0), (1, 2), (0, 1), (2, 1)):
        made.way(made.node(row, column), middle)
    return made, middle


def test_a_ban_is_one_pair(tmp_path: Path) -> None:
    made, middle = crossing()
    made.restriction(LEFT, middle, ABOVE, restriction="no_left_turn")
    network = read_osm(made.write(tmp_path))
    check(network)
    assert bans_of(network) == {("101+0", "104-0"): VEHICLES}


def test_an_order_bans_all_others_and_turning_round(tmp_path: Path) -> None:
    made, middle = crossing()
    made.restriction(LEFT, middle, RIGHT, restriction="only_straight_on")
    assert bans_of(read_osm(made.write(tmp_path))) == dict.fromkeys(
        [("101+0", "101-0"), ("101+0", "103-0"), ("101+0", "104-0")], VEHICLES
    )


def test_two_orders_allow_both(tmp_path: Path) -> None:
    made, middle = crossing()
    made.restriction(LEFT, middle, RIGHT, restriction="only_straight_on")
    made.restriction(LEFT, middle, BELOW, restriction="only_right_turn")
    assert set(bans_of(read_osm(made.write(tmp_path)))) == {("101+0", "101-0"), ("101+0", "104-0")}


def test_turning_round(tmp_path: Path) -> None:
    made, middle = crossing()
    made.restriction(LEFT, middle, LEFT, restriction="no_u_turn")
    assert bans_of(read_osm(made.write(tmp_path))) == {("101+0", "101-0"): VEHICLES}


@pytest.mark.parametrize(
    ("tags", "modes"),
    [
        ({"restriction": "no_left_turn", "except": "bicycle"}, MOTOR),
        ({"restriction": "no_left_turn", "except": "psv; hgv"}, Access.CAR | Access.BICYCLE),
        ({"restriction": "no_left_turn", "except": "motor_vehicle"}, Access.BICYCLE),
        ({"restriction__hgv": "no_left_turn"}, Access.TRUCK),
        ({"restriction__bicycle": "no_left_turn", "restriction": "no_left_turn", "except": "bicycle"}, VEHICLES),
    ],
)
def test_whom_it_binds(tags: dict[str, str], modes: Access, tmp_path: Path) -> None:
    made, middle = crossing()
    made.restriction(LEFT, middle, ABOVE, **tags)
    assert bans_of(read_osm(made.write(tmp_path))) == {("101+0", "104-0"): modes}


def test_no_entry_from_several_streets(tmp_path: Path) -> None:
    made, middle = crossing()
    made.relation(
        ("from", "way", LEFT), ("from", "way", RIGHT), ("via", "node", middle), ("to", "way", BELOW),
        type="restriction", restriction="no_entry",
    )  # fmt: skip
    assert set(bans_of(read_osm(made.write(tmp_path)))) == {("101+0", "103-0"), ("102+0", "103-0")}


@pytest.mark.parametrize(
    "tags",
    [
        {"restriction": "no_left_turn", "except": "motor_vehicle;bicycle"},  # nobody is left
        {"restriction": "give_way"},
        {"restriction__conditional": "no_left_turn @ (07:00-09:00)"},
    ],
)
def test_what_binds_nobody_always_is_no_ban(tags: dict[str, str], tmp_path: Path) -> None:
    made, middle = crossing()
    made.restriction(LEFT, middle, ABOVE, **tags)
    reading = read_osm_fully(made.write(tmp_path))
    assert bans_of(reading.network) == {}
    assert reading.left == 0


def test_from_which_side_of_a_through_street_must_be_said(tmp_path: Path) -> None:
    made = Map()
    street = made.line(3)
    through = made.way(*street)
    side = made.way(street[1], made.node(1, 1))
    made.restriction(through, street[1], side, restriction="no_left_turn")
    reading = read_osm_fully(made.write(tmp_path))
    assert (reading.restrictions, reading.left) == (1, 1)
    assert bans_of(reading.network) == {}
    made.ways.clear()
    made.way(*street, oneway="yes")
    made.way(street[1], 4)
    one_way = read_osm(made.write(tmp_path))
    assert set(bans_of(one_way)) == {("101+0", "102+0")}


def test_a_restriction_whose_streets_do_not_meet_is_counted(tmp_path: Path) -> None:
    made, middle = crossing()
    lone = made.way(made.node(5, 5), made.node(5, 6))
    made.restriction(LEFT, middle, lone, restriction="no_left_turn")
    made.restriction(LEFT, 99, ABOVE, restriction="no_left_turn")
    reading = read_osm_fully(made.write(tmp_path))
    assert (reading.restrictions, reading.left) == (2, 2)


def test_turning_round_over_a_link_that_has_no_other_use(tmp_path: Path) -> None:
    made = Map()
    a, b, c = made.line(3)
    d, e, f = made.line(3, row=1)
    there, on = made.way(a, b, oneway="yes"), made.way(b, c, oneway="yes")
    link = made.way(b, e)
    back, home = made.way(f, e, oneway="yes"), made.way(e, d, oneway="yes")
    made.restriction(there, link, home, restriction="no_u_turn")
    network = read_osm(made.write(tmp_path))
    assert set(bans_of(network)) == {(f"{link}+0", f"{home}+0")}
    assert {on, back} <= set(network.way_id.tolist())


def test_a_ban_by_way_of_a_street_that_others_use_is_counted(tmp_path: Path) -> None:
    made = Map()
    left, right = crossing_pair(made)
    made.restriction(left[0], left[1], right, restriction="no_u_turn")
    reading = read_osm_fully(made.write(tmp_path))
    assert reading.left == 1
    assert bans_of(reading.network) == {}


def crossing_pair(made: Map) -> tuple[tuple[int, int], int]:
    """Add two crossings joined by a street; return a street into it and itself, and one out at its end."""
    a, b = made.node(1, 1), made.node(1, 2)
    link_ends = [made.way(made.node(0, 1), a), made.way(made.node(2, 1), a)]
    link = made.way(a, b)
    out = made.way(b, made.node(0, 2))
    made.way(b, made.node(2, 2))
    return (link_ends[0], link), out


def test_a_bollard_in_the_middle_parts_a_street(tmp_path: Path) -> None:
    made = Map()
    made.way(*made.line(3, barrier="bollard"))
    network = read_osm(made.write(tmp_path))
    check(network)
    assert network.segments == 2
    assert bans_of(network) == {("101+0", "101+1"): MOTOR, ("101-1", "101-0"): MOTOR}
    assert (network.access == 15).all()


@pytest.mark.parametrize(
    ("tags", "closed"),
    [
        ({"barrier": "gate"}, Access.NONE),
        ({"barrier": "gate", "locked": "yes"}, VEHICLES),
        ({"barrier": "gate", "access": "no", "foot": "yes"}, VEHICLES),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, Access.NONE),
        ({"barrier": "bollard", "hgv": "yes"}, Access.CAR),
        ({"barrier": "stile"}, VEHICLES),
        ({"barrier": "wall"}, VEHICLES | Access.FOOT),
        ({"barrier": "lift_gate", "vehicle": "no", "bicycle": "yes"}, MOTOR),
    ],
)
def test_whom_a_barrier_stops(tags: dict[str, str], closed: Access, tmp_path: Path) -> None:
    made = Map()
    made.way(*made.line(3, **tags))
    found = bans_of(read_osm(made.write(tmp_path)))
    assert set(found.values()) == ({closed} if closed else set())


def test_a_gate_for_residents_makes_a_street_theirs(tmp_path: Path) -> None:
    made = Map()
    made.way(*made.line(3, barrier="gate", motor_vehicle="private"))
    network = read_osm(made.write(tmp_path))
    assert network.restricted.tolist() == [MOTOR, MOTOR]
    assert not len(network.turn)


def test_a_barrier_at_a_crossing_parts_all_its_streets(tmp_path: Path) -> None:
    made = Map()
    street = made.line(3, barrier="block")
    made.way(*street)
    made.way(street[1], made.node(1, 1))
    assert len(bans_of(read_osm(made.write(tmp_path)))) == 6

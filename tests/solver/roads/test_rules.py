"""What binds a driver binds the router: one-ways, bans, limits, delays, restricted streets, closures, ferries.

Streets are those of `grid`: hundred metres each, at 30 km/h, so 12 seconds; those to the east come first, row by row.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver.problem import UNREACHABLE
from solver.roads.islands import Cut
from solver.roads.modes import BUILT_IN, Mode, ModeKind, RoadClass, Surface
from solver.roads.network import DEGREE, Network
from solver.roads.router import Router
from tests.solver.roads.grids import grid, one_way

QUICK = Mode("quick", turn_delay=0, u_turn_delay=0, signal_delay=0)
CAR = BUILT_IN["car"]


def middle(network: Network, segment: int) -> np.ndarray:
    """Return the place in the middle of a segment."""
    return network.node_place[network.segment_node[segment]].mean(axis=0) / DEGREE


def trip(network: Network, mode: Mode, start: int, end: int, pace: np.ndarray | None = None) -> tuple[int, int]:
    """Return metres and seconds from the middle of a segment to that of another one."""
    matrix = Router(network, mode, pace).matrix([middle(network, start), middle(network, end)])
    return int(matrix.distance[0, 1]), int(matrix.duration[0, 1])


def changed(network: Network, name: str, segment: int, value: object) -> Network:
    """Return the network with another value of a segment (or its way, which has the same number)."""
    array = getattr(network, name).copy()
    array[segment] = value
    return replace(network, **{name: array})


def test_straight_on_takes_the_length_at_its_speed() -> None:
    assert trip(grid(1, 3), CAR, 0, 1) == (100, 12)


def test_a_one_way_street_is_gone_around() -> None:
    network = one_way(grid(2, 3), 1)
    assert trip(network, QUICK, 0, 1) == (100, 12)
    assert trip(network, QUICK, 1, 0) == (300 + 100, 48 - 12 + 12)


def test_turns_cost_by_their_angle_and_only_where_something_branches_off() -> None:
    bend, junction = grid(2, 2), grid(3, 3)
    assert trip(bend, CAR, 0, 3) == (100, 12)
    assert trip(junction, CAR, 0, 7) == (100, 15)  # by a right angle
    assert trip(junction, CAR, 0, 1) == (100, 12)  # straight on


def test_where_a_turn_is_banned_and_nothing_leads_around_there_is_no_way() -> None:
    banned = replace(
        grid(1, 3, metres=400), turn=np.array([[0, 2]], dtype=np.int32), turn_modes=np.array([1], dtype=np.uint8)
    )
    assert trip(banned, CAR, 0, 1) == (UNREACHABLE, UNREACHABLE)
    assert trip(banned, CAR, 1, 0) == (400, 48)


def test_a_way_may_begin_in_both_directions_of_its_street() -> None:
    matrix = Router(grid(1, 3), CAR).matrix([[60.0, 25.0005], [60.0, 25.0010], [60.0, 25.0026]])
    np.testing.assert_array_equal(matrix.duration, matrix.duration.T)
    assert matrix.duration[1, 0] == pytest.approx(matrix.duration[0, 2] - matrix.duration[1, 2], abs=1)


def test_a_banned_turn_is_gone_around_by_those_whom_it_binds() -> None:
    network = grid(3, 3)
    banned = replace(network, turn=np.array([[0, 2]], dtype=np.int32), turn_modes=np.array([1], dtype=np.uint8))
    assert trip(network, CAR, 0, 1) == (100, 12)
    assert trip(banned, CAR, 0, 1) == (400, 48 + 3 * 3)  # round the block, with three turns at junctions
    # up, round at the next junction, and down again
    assert trip(banned, replace(CAR, u_turn_delay=5), 0, 1) == (300, 36 + 5 + 2 * 3)
    assert trip(banned, BUILT_IN["bicycle"], 0, 1)[0] == 100


def test_signals_cost() -> None:
    network = changed(grid(1, 3), "signals", 0, (2, 0))
    assert trip(network, CAR, 0, 1) == (100, 12 + 2 * 8)
    assert trip(network, CAR, 1, 0) == (100, 12)


@pytest.mark.parametrize(
    ("limit", "value", "mode"),
    [
        ("way_height", 350, BUILT_IN["truck"]),
        ("way_width", 250, BUILT_IN["truck"]),
        ("way_length", 900, BUILT_IN["truck"]),
        ("way_weight", 750, BUILT_IN["truck"]),
        ("way_hazmat", True, Mode("chemicals", hazmat=True)),
    ],
)
def test_limits_bind_vehicles_that_are_over_them(limit: str, value: object, mode: Mode) -> None:
    network = changed(grid(2, 4), limit, 1, value)
    free = replace(mode, height=0, width=0, length=0, weight=0, hazmat=False)
    assert trip(network, free, 0, 2)[0] == 200
    assert trip(network, mode, 0, 2)[0] == 400
    assert trip(network, CAR, 0, 2)[0] == 200


def test_a_vehicle_that_is_just_as_high_fits() -> None:
    network = changed(grid(2, 4), "way_height", 1, 380)
    assert trip(network, BUILT_IN["truck"], 0, 2)[0] == 200


def test_rights_are_those_of_the_kind() -> None:
    network = changed(grid(2, 4), "access", 1, 8)
    assert [trip(network, mode, 0, 2)[0] for mode in BUILT_IN.values()] == [400, 400, 400, 400, 200]


def test_restricted_streets_are_no_short_cut_but_lead_to_those_who_live_there() -> None:
    network = changed(grid(2, 4), "restricted", 1, 15)
    assert trip(network, CAR, 0, 2)[0] == 400
    assert trip(network, QUICK, 0, 1) == (100, 12)
    assert trip(network, QUICK, 1, 2) == (100, 12)


def test_a_restricted_street_is_gone_through_where_nothing_else_leads() -> None:
    network = changed(grid(1, 4), "restricted", 1, 15)
    assert trip(network, QUICK, 0, 2) == (200, 24)


def test_a_closed_street_is_gone_around_and_a_slow_one_counts() -> None:
    network = grid(2, 4)
    pace = np.ones(network.segments, dtype=np.float32)
    pace[1] = 0
    assert trip(network, QUICK, 0, 2, pace)[0] == 400
    pace[1] = 0.5
    assert trip(network, QUICK, 0, 2, pace) == (200, 36)
    pace[1] = 0.1
    assert trip(network, QUICK, 0, 2, pace)[0] == 400


def test_points_on_a_street() -> None:
    network = one_way(grid(2, 2), 0)
    west, east = np.array([60.0, 25.0004]), np.array([60.0, 25.0012])
    matrix = Router(network, QUICK).matrix([west, east, west])
    there, back = matrix.distance[0, 1], matrix.distance[1, 0]
    assert 40 < there < 50
    assert there + back == pytest.approx(400, abs=1)  # round the block
    assert matrix.distance[0, 2] == 0
    assert matrix.duration[0, 2] == 0


def test_ferries_take_their_time() -> None:
    network = changed(changed(grid(1, 4), "way_class", 1, RoadClass.FERRY), "way_speed", 1, (0, 0))
    assert trip(network, QUICK, 0, 2) == (200, 12 + 20)
    assert trip(changed(network, "way_speed", 1, (9, 9)), QUICK, 0, 2) == (200, 12 + 40)


@pytest.mark.parametrize("road", [RoadClass.FERRY, RoadClass.MOTORWAY])
def test_nobody_stops_on_a_ferry_or_a_motorway(road: RoadClass) -> None:
    network = changed(grid(1, 4, metres=400), "way_class", 1, road)
    snaps = Router(network, CAR).snap([middle(network, 1), middle(network, 2)])
    assert snaps.segment[0] in (0, 2)
    assert snaps.distance[0] == pytest.approx(200, abs=1)
    assert snaps.segment[1] == 2


def test_bad_surfaces_and_slow_modes() -> None:
    network = changed(grid(1, 3), "way_surface", 1, Surface.COBBLED)
    assert trip(network, QUICK, 0, 1) == (100, round(6 + 6 / 0.8))
    assert trip(network, replace(QUICK, speed_factor=0.5), 0, 1) == (100, round(12 + 12 / 0.8))
    assert trip(network, BUILT_IN["foot"], 0, 1) == (100, 72)


def test_speed_limits_of_great_roads_are_what_is_driven() -> None:
    network = changed(changed(grid(1, 3), "way_class", 1, RoadClass.PRIMARY), "way_speed", 1, (100, 50))
    assert trip(network, QUICK, 0, 1) == (100, round(6 + 50 * 3.6 / 85))
    assert trip(network, Mode("lorry", ModeKind.TRUCK), 0, 1) == (100, round(50 * 3.6 / 25 + 50 * 3.6 / 80))


def test_who_is_cut_off_and_why() -> None:
    network = grid(2, 7)
    access = network.access.copy()
    access[[1, 7]] = 8  # columns 0 and 1 are an island of those who drive
    network = replace(network, access=access)
    pace = np.ones(network.segments, dtype=np.float32)
    pace[[5, 11]] = 0  # what leads to the last street to the north
    points = np.array([middle(network, segment) for segment in (3, 0, 5, 18, 16)] + [[60.5, 25.0]])
    cut = Router(network, QUICK, pace).cut_off(points)
    assert [None if one is None else one.cut for one in cut] == [
        None,
        Cut.ISLAND,
        Cut.CLOSED,
        Cut.SURROUNDED,
        None,
        Cut.FAR,
    ]


def test_the_nearest_reachable_road_is_one_to_stop_on() -> None:
    network = changed(grid(1, 5, metres=800), "way_class", 3, RoadClass.MOTORWAY)
    pace = np.ones(network.segments)
    pace[2] = 0.5
    beyond = network.node_place[4] / DEGREE + [0, 0.02]
    for router in (Router(network, QUICK), Router(network, QUICK, np.where(np.arange(4) == 0, 0.0, pace))):
        (cut,) = router.cut_off([beyond])
        assert cut is not None
        assert cut.cut is Cut.FAR
        assert cut.place == pytest.approx(tuple(network.node_place[3] / DEGREE), abs=1e-6)
        assert router.cut_off([cut.place]) == (None,)


def test_an_island_says_how_far_the_nearest_road_is() -> None:
    east = grid(3, 3)
    network = grid(2, 2)
    both = _side_by_side(east, network, 0.02)
    router = Router(both, QUICK)
    cut = router.cut_off([middle(both, 0), middle(both, both.segments - 1)])
    assert cut[0] is None
    assert cut[1] is not None
    assert cut[1].cut is Cut.ISLAND
    assert cut[1].place is not None
    assert 800 < cut[1].distance < 1200
    assert router.cut_off([cut[1].place]) == (None,)
    matrix = router.matrix([middle(both, 0), middle(both, both.segments - 1)])
    assert matrix.distance[0, 1] == UNREACHABLE
    assert matrix.snaps.connected.tolist() == [True, False]
    assert not len(router.path(middle(both, 0), middle(both, both.segments - 1)))


def _side_by_side(one: Network, other: Network, degrees: float) -> Network:
    """Return both networks, the other one moved to the east."""
    move = np.array([0, round(degrees * DEGREE)], dtype=np.int32)
    other = replace(
        other,
        node_place=other.node_place + move,
        shape=other.shape + move,
        segment_node=other.segment_node + one.nodes,
        segment_way=other.segment_way + len(one.way_class),
        segment_shape=other.segment_shape[1:] + len(one.shape),
    )
    joined = {
        name: np.concatenate([getattr(one, name), getattr(other, name)])
        for name in Network.__dataclass_fields__
        if isinstance(getattr(one, name), np.ndarray)
    }
    return replace(one, **joined)

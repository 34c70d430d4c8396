"""Roads are read from OpenStreetMap files: cut at junctions and at the edge, with their names and addresses."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from solver.roads.modes import RoadClass, Surface
from solver.roads.network import DEGREE
from solver.roads.osm import OsmFileError, OsmProblem, Stage, StoppedError, read_osm
from tests.solver.roads.osm.maps import SOUTH, STEP, WEST, Map, check, ways_of

HELSINKI = Path(__file__).parents[4] / "resources" / "roads" / "helsinki-centre.osm.pbf"


def test_a_street_is_cut_where_another_meets_it(tmp_path: Path) -> None:
    made = Map()
    street = made.line(5)
    side = made.node(1, 2)
    main = made.way(*street, name="Main Street")
    lane = made.way(street[2], side, name="Lane")
    network = read_osm(made.write(tmp_path))
    check(network)
    assert {way: len(segments) for way, segments in ways_of(network).items()} == {main: 2, lane: 1}
    assert network.nodes == 4
    assert {network.names[name] for name in network.way_name} == {"Main Street", "Lane"}
    assert network.segment_length[ways_of(network)[lane][0]] == pytest.approx(1112, abs=1)


def test_a_way_that_ends_where_another_begins_is_cut_there(tmp_path: Path) -> None:
    made = Map()
    street = made.line(3)
    made.way(*street[:2])
    made.way(*street[1:])
    network = read_osm(made.write(tmp_path))
    check(network)
    assert (network.nodes, network.segments) == (3, 2)


def test_a_ring_and_a_street_that_crosses_itself(tmp_path: Path) -> None:
    made = Map()
    a, b, c, d = (made.node(*place) for place in ((0, 0), (0, 1), (1, 1), (1, 0)))
    ring = made.way(a, b, c, a)
    eight = made.way(d, b, c, d, a)
    network = read_osm(made.write(tmp_path))
    check(network)
    found = ways_of(network)
    assert len(found[ring]) == 3
    assert len(found[eight]) == 4


def test_streets_reach_to_the_first_node_outside(tmp_path: Path) -> None:
    made = Map()
    street = made.line(8)
    through = made.way(*street)
    beyond = made.line(3, row=5)
    made.way(*beyond)
    bounds = (SOUTH - STEP, WEST + 2.5 * STEP, SOUTH + STEP, WEST + 4.5 * STEP)
    network = read_osm(made.write(tmp_path), bounds)
    check(network)
    assert ways_of(network) == {through: [0]}
    lon = np.rint((network.shape[:, 1] / DEGREE - WEST) / STEP).astype(int)
    assert lon.tolist() == [2, 3, 4, 5]


def test_a_street_that_leaves_the_area_and_comes_back_is_two(tmp_path: Path) -> None:
    made = Map()
    nodes = [made.node(*place) for place in ((0, 0), (0, 1), (5, 1), (5, 2), (0, 2), (0, 3))]
    made.way(*nodes)
    network = read_osm(made.write(tmp_path), (SOUTH - STEP, WEST - STEP, SOUTH + STEP, WEST + 4 * STEP))
    check(network)
    assert network.segments == 2
    assert np.diff(network.segment_shape).tolist() == [3, 3]


def test_nodes_that_an_extract_lacks_end_a_street(tmp_path: Path) -> None:
    made = Map()
    nodes = made.line(4)
    made.way(nodes[0], nodes[1], 77, nodes[2], nodes[3])
    network = read_osm(made.write(tmp_path))
    check(network)
    assert network.segments == 2
    assert network.nodes == 4


def test_kinds_surfaces_speeds_and_limits(tmp_path: Path) -> None:
    made = Map()
    nodes = made.line(7)
    tags: list[dict[str, str]] = [
        {"highway": "motorway_link", "maxspeed": "50 mph"},
        {"highway": "primary", "maxspeed": "60", "maxspeed__backward": "40", "surface": "sett", "maxheight": "3.8 m"},
        {"highway": "track", "tracktype": "grade4", "maxweight": "7.5", "maxlength": "12", "maxwidth": "2.3"},
        {"highway": "living_street", "source__maxspeed": "DE:zone:20", "hazmat": "no", "surface": "gravel;sand"},
        {"highway": "footway"},
        {"highway": "tertiary", "ref": "L 12"},
    ]
    for start, end, one in zip(nodes, nodes[1:], tags, strict=False):
        made.way(start, end, **one)
    network = read_osm(made.write(tmp_path))
    check(network)
    assert network.way_class.tolist() == [
        RoadClass.MOTORWAY, RoadClass.PRIMARY, RoadClass.TRACK, RoadClass.LIVING_STREET, RoadClass.PEDESTRIAN,
        RoadClass.TERTIARY,
    ]  # fmt: skip
    assert network.way_surface.tolist() == [
        Surface.PAVED, Surface.COBBLED, Surface.ROUGH, Surface.UNPAVED, Surface.PAVED, Surface.PAVED,
    ]  # fmt: skip
    assert network.way_speed.tolist() == [[80, 80], [60, 40], [0, 0], [20, 20], [0, 0], [0, 0]]
    assert network.way_height.tolist() == [0, 380, 0, 0, 0, 0]
    assert network.way_weight.tolist() == [0, 0, 750, 0, 0, 0]
    assert network.way_length.tolist() == [0, 0, 1200, 0, 0, 0]
    assert network.way_width.tolist() == [0, 0, 230, 0, 0, 0]
    assert network.way_hazmat.tolist() == [False, False, False, True, False, False]
    assert network.names == ("L 12",)


def test_a_ferry_is_as_fast_as_it_says(tmp_path: Path) -> None:
    made = Map()
    harbour, island = made.node(0, 0), made.node(10, 0)
    made.way(harbour, island, route="ferry", duration="0:06")
    network = read_osm(made.write(tmp_path))
    assert network.way_class.tolist() == [RoadClass.FERRY]
    assert network.way_speed.tolist() == [[11, 11]]  # 1112 m in six minutes


def test_signals_are_counted_in_their_direction_and_not_where_one_sets_out(tmp_path: Path) -> None:
    made = Map()
    a = made.node(0, 0, highway="traffic_signals")
    b = made.node(0, 1, highway="traffic_signals", traffic_signals__direction="forward")
    c = made.node(0, 2, highway="traffic_signals", traffic_signals__direction="backward")
    d = made.node(0, 3, highway="traffic_signals")
    made.way(a, b, c, d)
    network = read_osm(made.write(tmp_path))
    assert network.signals.tolist() == [[2, 2]]


def test_addresses_of_nodes_and_of_buildings(tmp_path: Path) -> None:
    made = Map()
    made.way(*made.line(2))
    made.node(1, 1, addr__street="Main Street", addr__housenumber="7", addr__city="Town", addr__postcode="00100")
    corners = [made.node(*place) for place in ((2, 0), (2, 1), (3, 1), (3, 0))]
    made.way(*corners, corners[0], building="yes", addr__place="Farm", addr__housenumber="1")
    made.node(50, 50, addr__street="Far Street", addr__housenumber="1")
    network = read_osm(made.write(tmp_path), (SOUTH - STEP, WEST - STEP, SOUTH + 5 * STEP, WEST + 5 * STEP))
    check(network)
    texts = [tuple(network.names[i] if i >= 0 else "" for i in row) for row in network.address_text.tolist()]
    places = ((network.address_place / DEGREE - (SOUTH, WEST)) / STEP).round(3).tolist()
    assert dict(zip(texts, places, strict=True)) == {
        ("Main Street", "7", "Town", "00100"): [1, 1],
        ("Farm", "1", "", ""): [2.5, 0.5],
    }
    assert "Far Street" not in network.names


def test_packed_files_read_the_same(tmp_path: Path) -> None:
    made = Map()
    made.way(*made.line(3))
    plain = read_osm(made.write(tmp_path))
    packed = tmp_path / "map.osm.gz"
    packed.write_bytes(gzip.compress(made.text().encode()))
    np.testing.assert_array_equal(read_osm(packed).shape, plain.shape)


def test_progress_grows_to_the_whole(tmp_path: Path) -> None:
    made = Map()
    made.way(*made.line(3))
    told: list[tuple[float, Stage]] = []
    read_osm(made.write(tmp_path), progress=lambda share, stage: told.append((share, stage)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert list(dict.fromkeys(stage for _, stage in told)) == [Stage.WAYS, Stage.NODES, Stage.NETWORK]


def test_it_stops_when_it_is_asked_to(tmp_path: Path) -> None:
    made = Map()
    made.way(*made.line(3))
    with pytest.raises(StoppedError):
        read_osm(made.write(tmp_path), stopped=lambda: True)


def test_a_map_without_roads_or_with_none_in_the_area(tmp_path: Path) -> None:
    made = Map()
    made.way(*made.line(3), building="yes")
    with pytest.raises(OsmFileError) as none:
        read_osm(made.write(tmp_path))
    assert none.value.problem is OsmProblem.NO_ROADS
    made.way(1, 2)
    with pytest.raises(OsmFileError) as elsewhere:
        read_osm(made.write(tmp_path), (0.0, 0.0, 1.0, 1.0))
    assert elsewhere.value.problem is OsmProblem.ELSEWHERE

"""Streets as lines for the map, their names, and that they are drawn."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from app.map import street_layer
from app.map import streets as streets_module
from app.map.projection import Mercator
from app.map.street_names import AGAIN, APART, Stretch, placed
from app.map.streets import RANKS, Streets, Strokes
from app.map.theme import DARK_THEME, LIGHT_THEME
from app.map.view import MapView
from solver.roads.modes import RoadClass
from solver.roads.network import DEGREE, Network
from tests.solver.roads.grids import grid

EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)
RANK = next(place for place, rank in enumerate(RANKS) if RoadClass.RESIDENTIAL in rank.classes)


def named(network: Network, *names: str) -> Network:
    """Return the network with its ways called so, in turn."""
    return replace(network, names=names, way_name=(np.arange(len(network.way_name)) % len(names)).astype(np.int32))


def lengths(strokes: Strokes) -> float:
    joined = np.flatnonzero(strokes.connect)
    return float(np.hypot(strokes.x[joined + 1] - strokes.x[joined], strokes.y[joined + 1] - strokes.y[joined]).sum())


def test_all_streets_of_a_rank_are_drawn_where_they_are() -> None:
    network = grid(3, 4)
    strokes = Streets(network).strokes(RANK, EVERYWHERE, 0.0)
    metres = lengths(strokes) * Mercator().metres_per_unit(float(strokes.y.mean()))
    assert metres == pytest.approx(network.segment_length.sum() / 10, rel=0.01)
    places = np.column_stack(Mercator().to_map(*(network.node_place / DEGREE).T))
    drawn = np.column_stack([strokes.x, strokes.y])
    assert np.hypot(*(places[:, None] - drawn[None]).transpose(2, 0, 1)).min(axis=1).max() < 0.05
    assert not any(len(Streets(network).strokes(rank, EVERYWHERE, 0.0).x) for rank in range(len(RANKS)) if rank != RANK)


def test_segments_of_a_way_are_one_street() -> None:
    network = grid(1, 5)
    one = replace(network, segment_way=np.zeros(4, dtype=np.int32))
    strokes = Streets(one).strokes(RANK, EVERYWHERE, -1.0)
    assert strokes.connect.tolist() == [1, 1, 1, 1, 0]
    assert len(Streets(one).names) == 1
    assert len(Streets(network).names) == 4
    straight = Streets(one).strokes(RANK, EVERYWHERE, 1.0)
    assert straight.connect.tolist() == [1, 0]


def test_only_what_reaches_into_the_view_is_drawn() -> None:
    network = grid(3, 3)
    x, y = (float(value) for value in Mercator().to_map(*(network.node_place[0] / DEGREE)))
    strokes = Streets(network).strokes(RANK, (x - 5, y - 5, x + 5, y + 5), 0.0)
    assert len(set(strokes.streets.tolist())) == 2


def test_of_a_huge_network_only_greater_streets_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    network = grid(3, 3)
    classes = network.way_class.copy()
    classes[:2] = RoadClass.PRIMARY
    mixed = replace(network, way_class=classes)
    assert len(Streets(mixed).names) == 12
    monkeypatch.setattr(streets_module, "MOST_SEGMENTS", 5)
    assert len(Streets(mixed).names) == 2


def test_a_network_without_streets_is_nothing() -> None:
    network = grid(2, 2)
    ferries = replace(network, way_class=np.full_like(network.way_class, RoadClass.FERRY))
    assert len(Streets(ferries).strokes(RANK, EVERYWHERE, 0.0).x) == 0


def test_names_stand_on_streets_with_room_and_clear_of_each_other() -> None:
    random = np.random.default_rng(3)
    ends = random.uniform(0, 900, (200, 4)).tolist()
    stretches = [Stretch(f"Street {number % 30}", (ax, ay), (bx, by)) for number, (ax, ay, bx, by) in enumerate(ends)]
    spots = placed(stretches, lambda text: 8.0 * len(text))
    assert len(spots) > 5
    for place, one in enumerate(spots):
        assert -90 <= one.angle < 90
        for other in spots[:place]:
            apart = math.dist((one.x, one.y), (other.x, other.y))
            assert apart >= (AGAIN if one.text == other.text else APART)
    assert placed([Stretch("Long name", (0, 0), (40, 0))], lambda _: 60.0) == []
    (backwards,) = placed([Stretch("Way", (200, 100), (0, 100))], lambda _: 30.0)
    assert (backwards.x, backwards.y, backwards.angle) == (100, 100, 0)


def test_they_are_drawn_in_both_appearances(view: MapView) -> None:
    network = named(grid(6, 6, lat=60.17, lon=24.95), "Aleksanterinkatu", "Unioninkatu")
    south, west, north, east = network.bounds
    x, y = Mercator().to_map([south, north], [west, east])
    pictures = []
    for theme in (LIGHT_THEME, DARK_THEME):
        view.set_theme(theme)
        view.set_streets(None)
        view.canvas.fit((x[0], y[0], x[1], y[1]))
        assert not view.canvas.streets.attribution
        without = view.grab_image()
        view.set_streets(Streets(network))
        assert view.canvas.streets.attribution == network.attribution
        pictures.append(view.grab_image())
        assert pictures[-1] != without
    assert pictures[0] != pictures[1]
    view.canvas.pan(3, 3)
    assert view.grab_image() != pictures[1]
    view.canvas.zoom(1.3)
    stretched = view.grab_image()
    view.canvas.streets._settling.stop()
    assert view.grab_image() != stretched


def test_a_crowd_of_streets_is_drawn_thin(view: MapView, monkeypatch: pytest.MonkeyPatch) -> None:
    network = grid(6, 6, lat=60.17, lon=24.95)
    x, y = Mercator().to_map(*(network.node_place[14] / DEGREE))
    view.set_streets(Streets(network))
    view.canvas.fit((float(x) - 100, float(y) - 100, float(x) + 100, float(y) + 100))
    wide = view.grab_image()
    monkeypatch.setattr(street_layer, "SMOOTH_POINTS", 10)
    view.canvas.streets.forget_picture()
    assert view.grab_image() != wide

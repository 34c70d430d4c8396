"""Routers and matrices are kept as long as there is room."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from app.model import road_routers
from app.model.road_keys import RoadKey
from app.model.road_routers import Routers
from solver.roads.modes import Mode, ModeKind, RoadClass
from solver.roads.network import DEGREE
from tests.app.model.fake_roads import FakeLibrary, FakeRouter, roads
from tests.solver.roads.grids import grid

NETWORK = grid(2, 3)
POINTS = NETWORK.node_place / DEGREE
CAR, FOOT = RoadKey("town", Mode("")), RoadKey("town", Mode("", ModeKind.FOOT))


@pytest.fixture
def library() -> Iterator[FakeLibrary]:
    with roads(town=NETWORK) as (made, _):
        yield made


@pytest.fixture
def made() -> list[FakeRouter]:
    return []


@pytest.fixture
def routers(library: FakeLibrary, made: list[FakeRouter], monkeypatch: pytest.MonkeyPatch) -> Routers:
    monkeypatch.setattr(road_routers, "MOST_SEGMENTS", NETWORK.segments)
    monkeypatch.setattr(road_routers, "MOST_PAIRS", 2 * len(POINTS) ** 2)

    def make(network, mode, order):  # type: ignore[no-untyped-def]
        made.append(FakeRouter(network, mode))
        return made[-1]

    return Routers(make)


def test_the_newest_router_stays(routers: Routers, made: list[FakeRouter]) -> None:
    assert routers.router(CAR) is routers.router(CAR)
    routers.router(FOOT)
    routers.router(CAR)
    assert [one.mode.kind for one in made] == [ModeKind.CAR, ModeKind.FOOT, ModeKind.CAR]


def test_a_matrix_of_a_router_that_is_gone_is_not_extended_by_another(routers: Routers, made: list[FakeRouter]) -> None:
    routers.ways(CAR, POINTS[:4])
    routers.router(FOOT)
    routers.ways(CAR, POINTS[:5])
    assert [one.computed[0] for one in made] == [4, 0, 5]
    routers.ways(CAR, POINTS)
    assert made[-1].computed[0] == 6


def test_a_matrix_is_at_hand_without_a_computation(routers: Routers, made: list[FakeRouter]) -> None:
    assert routers.at_hand(CAR) is None
    found = routers.ways(CAR, POINTS)
    known = routers.at_hand(CAR)
    assert known is not None
    assert known[1] is found
    assert made[0].computed[0] == len(POINTS)


def test_old_matrices_go(routers: Routers) -> None:
    third = RoadKey("town", Mode("", ModeKind.BICYCLE))
    for key in (CAR, FOOT, third):
        routers.ways(key, POINTS)
    assert [routers.at_hand(key) is not None for key in (CAR, FOOT, third)] == [False, True, True]


def test_hours_are_computed_once(routers: Routers, made: list[FakeRouter]) -> None:
    factors = np.ones((2, len(RoadClass)))
    found = routers.durations(CAR, POINTS, factors)
    assert routers.durations(CAR, POINTS, factors) is found
    assert routers.durations(CAR, POINTS, factors * 0.5) is not found


def test_an_order_that_does_not_fit_is_found_anew(library: FakeLibrary) -> None:
    given: list[object] = []

    def make(network, mode, order):  # type: ignore[no-untyped-def]
        given.append(order)
        return FakeRouter(network, mode)

    library.orders["town"] = np.arange(3, dtype=np.int32)
    Routers(make).router(CAR)
    assert given == [None]
    assert len(library.orders["town"]) == NETWORK.segments
    Routers(make).router(CAR)
    assert given[-1] is library.orders["town"]


def test_there_is_no_router_without_a_network(routers: Routers, library: FakeLibrary) -> None:
    assert routers.router(CAR) is not None
    del library.networks["town"]
    assert routers.router(CAR) is None
    assert routers.ways(CAR, POINTS) is None
    assert routers.durations(CAR, POINTS, np.ones((1, len(RoadClass)))) is None

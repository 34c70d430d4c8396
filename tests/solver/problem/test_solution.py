"""Solutions as values."""

from __future__ import annotations

import numpy as np
import pytest

from solver.problem import ANY, Route, Solution


def test_routes_without_clients_are_dropped_and_numbers_are_plain() -> None:
    solution = Solution.of([(np.int64(1), np.array([2, 0])), (0, ())])
    assert solution == Solution((Route(1, (2, 0)),))
    assert type(solution.routes[0].clients[0]) is int


def test_who_is_served() -> None:
    assert Solution.of([(0, (1, 2)), (1, (0,))]).served == {0, 1, 2}
    assert Solution().served == frozenset()


def test_routes_are_taken_as_they_are() -> None:
    route = Route(0, (4, 1, 2), vehicle=1, reloads=(1,))
    assert Solution.of([route, Route(1, ()), (1, (0,))]).routes == (route, Route(1, (0,)))
    assert Route(1, (0,)).vehicle == ANY


def test_a_route_is_cut_into_trips() -> None:
    assert Route(0, (4, 1, 2, 7), reloads=(1, 3)).trips == ((4,), (1, 2), (7,))
    assert Route(0, (4, 1)).trips == ((4, 1),)
    assert Route(0, ()).trips == ((),)


@pytest.mark.parametrize("reloads", [(0,), (3,), (2, 1), (1, 1), (-1,)])
def test_no_trip_is_without_clients(reloads: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected ascending positions between the 3 clients"):
        Route(0, (4, 1, 2), reloads=reloads)


def test_a_vehicle_is_counted_from_zero() -> None:
    with pytest.raises(ValueError, match="vehicle is -2"):
        Route(0, (), vehicle=-2)

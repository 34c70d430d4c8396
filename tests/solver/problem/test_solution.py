"""Solutions as values."""

from __future__ import annotations

import numpy as np

from solver.problem import Route, Solution


def test_routes_without_clients_are_dropped_and_numbers_are_plain() -> None:
    solution = Solution.of([(np.int64(1), np.array([2, 0])), (0, ())])
    assert solution == Solution((Route(1, (2, 0)),))
    assert type(solution.routes[0].clients[0]) is int


def test_who_is_served() -> None:
    assert Solution.of([(0, (1, 2)), (1, (0,))]).served == {0, 1, 2}
    assert Solution().served == frozenset()

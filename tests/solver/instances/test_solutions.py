"""Writing solutions, reading them back, and the best-known costs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.instances import InstanceError, best_known, read_instance, read_sol, write_sol
from solver.problem import Solution, check
from tests.solver.instances.test_reader import CVRP, RICH, saved


def test_routes_stand_at_the_place_of_their_vehicle(tmp_path: Path) -> None:
    instance = read_instance(saved(tmp_path, RICH, "MDVRPTW"))
    target = tmp_path / "deep" / "one.sol"
    write_sol(target, instance, Solution.of([(2, [1]), (0, [0, 2])]), 1234.0)
    assert target.read_text() == "Route #1: 2 4\nRoute #2:\nRoute #3:\nRoute #4: 3\nCost 1234\n"
    with pytest.raises(ValueError, match="more routes than vehicles of type 1"):
        write_sol(target, instance, Solution.of([(1, [1]), (1, [0])]), 0.5)


@settings(max_examples=60, deadline=None)
@given(
    order=st.permutations(range(3)), kinds=st.permutations([0, 0, 1, 2]), cuts=st.lists(st.integers(0, 3), max_size=3)
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], kinds: list[int], cuts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("s")
    instance = read_instance(saved(folder, RICH, "MDVRPTW"))
    bounds = [0, *sorted(cuts), 3]
    solution = Solution.of(
        (kind, order[a:b]) for kind, a, b in zip(kinds[: len(bounds) - 1], bounds[:-1], bounds[1:], strict=True)
    )
    cost = check(instance.problem, solution).costs.total
    path = folder / "MDVRPTW" / "one.sol"
    write_sol(path, instance, solution, cost)
    assert sorted(read_sol(path, instance).routes, key=str) == sorted(solution.routes, key=str)
    assert best_known(instance.path, "MDVRPTW") == cost


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Cost 12\n", "no routes, expected lines"),
        ("Route #1: 1 4\n", "line 1: visit '4', expected a client 1 to 3"),
        ("Route #1: 1\nRoute #2: 0\n", "line 2: visit '0', expected a client 1 to 3"),
        ("Route #1: 1 x\n", "visit 'x'"),
        ("Route #1: 1\n" * 4, "line 4: more routes than vehicles, expected at most 3"),
    ],
)
def test_solutions_that_are_none(tmp_path: Path, text: str, message: str) -> None:
    instance = read_instance(saved(tmp_path, CVRP))
    path = saved(tmp_path, text, name="one.sol")
    with pytest.raises(InstanceError) as caught:
        read_sol(path, instance)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "line", "cost"),
    [
        ("CVRP", "Cost 27591", 27591),
        ("VRPTW", "Cost 41337.8", 413378),
        ("SOLOMON", "Cost 8273", 8273),
        ("HFVRP", "Cost: 35170.24", 3517024),
        ("HFVRP", "Cost: 3517024", 3517024),
        ("MDVRPTW", "cost: 12", 12),
    ],
)
def test_best_known_costs_are_in_whole_units(tmp_path: Path, kind: str, line: str, cost: float) -> None:
    path = saved(tmp_path, f"Route #1: 1\n{line}\n", kind, "one.sol")
    assert best_known(path.with_suffix(".vrp"), kind) == cost
    assert best_known(tmp_path / "other.vrp", kind) is None
    path.write_text("Route #1: 1\n")
    with pytest.raises(InstanceError, match="no cost"):
        best_known(path, kind)

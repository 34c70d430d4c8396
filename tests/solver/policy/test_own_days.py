"""Parts of a day are problems like the day itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver.policy.days import Mix
from solver.policy.own_days import LEAST_SHARE, OwnDays, parts_apart, set_apart
from solver.problem import PlaneMatrix, Problem, make_problem
from solver.problem.validate import faults_of
from tests.solver.policy.policies import MIXES, crowd, day

MOST = 500


def ids_of(problem: Problem) -> list[int]:
    return [int(name) - 1 for name in problem.clients.ids]


@pytest.mark.parametrize("mix", MIXES)
def test_a_part_of_a_day_is_the_day_without_some_clients(mix: Mix) -> None:
    whole = day(3, 30, mix)
    part = OwnDays((whole,)).draw(np.random.default_rng(1), MOST)
    chosen = ids_of(part)
    assert faults_of(part) == []
    assert LEAST_SHARE * 30 <= part.clients.number < 30
    assert chosen == sorted(chosen)
    for name in ("delivery", "pickup", "service", "windows", "required", "prize", "allowed", "preference"):
        np.testing.assert_array_equal(getattr(part.clients, name), getattr(whole.clients, name)[chosen])
    before = np.concatenate((whole.depots.location, whole.clients.location[chosen]))
    after = np.concatenate((part.depots.location, part.clients.location))
    for name in ("distance", "duration"):
        old, new = getattr(whole.travel, name), getattr(part.travel, name)
        np.testing.assert_array_equal(new[:, after[:, None], after], old[:, before[:, None], before])
    assert part.travel.locations == len(before)  # what is not visited is not carried along
    assert part.vehicles is whole.vehicles


def test_parts_are_of_every_day_and_of_many_sizes_within_bounds() -> None:
    own = OwnDays((day(1, 40), day(2, 20)))
    random = np.random.default_rng(1)
    parts = [own.draw(random, 30) for _ in range(60)]
    sizes = {part.clients.number for part in parts}
    assert max(sizes) == 30
    assert min(sizes) >= LEAST_SHARE * 20
    assert len(sizes) > 8
    vehicles = {id(part.vehicles) for part in parts}
    assert vehicles == {id(one.vehicles) for one in own.days}


def test_a_part_has_two_clients_at_least() -> None:
    part = OwnDays((day(1, 2),)).draw(np.random.default_rng(1), MOST)
    assert part.clients.number == 2


def test_a_part_of_a_day_in_a_plane_has_a_matrix() -> None:
    whole = make_problem(distance=PlaneMatrix(np.random.default_rng(1).uniform(0, 99, (13, 2))))
    part = OwnDays((whole,)).draw(np.random.default_rng(1), MOST)
    chosen = np.concatenate(([0], np.array(ids_of(part)) + 1))
    np.testing.assert_array_equal(part.travel.distance[0], whole.travel.distance[0, chosen[:, None], chosen])


def test_a_digest_tells_days_apart() -> None:
    one, other = day(1, 10), day(2, 10)
    dearer = replace(one, vehicles=replace(one.vehicles, fixed_cost=one.vehicles.fixed_cost + 1.0))
    digests = [OwnDays(days).digest() for days in ((one,), (other,), (one, other), (other, one), (dearer,))]
    assert len(set(digests)) == len(digests)
    assert OwnDays((day(1, 10),)).digest() == digests[0]


def test_one_day_in_five_is_set_apart_and_of_a_single_one_parts() -> None:
    assert set_apart(1, 1) == ([0], [0])
    for days, number in ((2, 1), (5, 1), (9, 1), (10, 2), (25, 5)):
        learned, apart = set_apart(days, 1)
        assert len(apart) == number
        assert sorted(learned + apart) == list(range(days))
    assert set_apart(25, 1) == set_apart(25, 1) != set_apart(25, 2)


def test_parts_to_judge_by_are_of_all_days_set_apart_and_are_not_learned_from() -> None:
    days = crowd(1, 3)
    parts = parts_apart(days, 1, 2 * len(days), MOST)
    assert [part.vehicles is days[turn % len(days)].vehicles for turn, part in enumerate(parts)] == [True] * len(parts)
    again, other = parts_apart(days, 1, 6, MOST), parts_apart(days, 2, 6, MOST)
    assert [part.clients.ids for part in again] == [part.clients.ids for part in parts[:6]]
    assert [part.clients.ids for part in other] != [part.clients.ids for part in again]

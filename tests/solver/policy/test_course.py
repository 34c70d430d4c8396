"""A course can be cut and taken up again, and says how it stands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from solver.policy import course as course_module
from solver.policy import imitation, reinforcement
from solver.policy.course import Course, Mark, Plan
from solver.policy.curve import LEFT, RIGHT, TOP, WIDTH, draw_curve
from solver.policy.days import PLAIN, City, Mix, draw_day
from solver.policy.examples import Examples
from solver.policy.reinforcement import ALL_EACH, FEWEST_PROBLEMS, GROWTH, LEADER, LEARNED_EACH, Reinforcement
from solver.policy.training import advantages
from solver.policy.weights import WeightsError
from solver.problem import Problem
from solver.problem.validate import faults_of
from tests.solver.policy.policies import MIXES, odd_weights
from tests.solver.policy.test_imitation import expert

STEP = FEWEST_PROBLEMS * ALL_EACH
PLAN = Plan(rollouts=4 * STEP, sizes=(8,), seed=3)
TWO_STAGES = Plan(rollouts=3 * STEP, sizes=(8,), seed=3, examples=5, guided=40)

STAGES_AT = (("imitation", 0), ("imitation", 500), ("reinforcement", 700), ("reinforcement", 1000))
"""Stages of marks, and their rollouts so far."""

draw = partial(draw_day, mix=Mix())


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reinforcement, "CLIENTS_A_STEP", 1)  # so a step has `FEWEST_PROBLEMS`
    monkeypatch.setattr(imitation, "CLIENTS_A_STEP", 80)  # and here it has a few examples
    monkeypatch.setattr(course_module, "JUDGED_EVERY", 2)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Examples:
    made = Examples(TWO_STAGES.examples, draw, TWO_STAGES.seed, TWO_STAGES.sizes)
    with ThreadPoolExecutor(2) as pool:
        list(made.make(expert, tmp_path_factory.mktemp("course") / "examples.jsonl", pool))
    return made


def begun(plan: Plan = PLAN, examples: Examples | None = None) -> Course:
    apart = [(draw_day(np.random.default_rng((plan.seed, 9)), 8, PLAIN), 1000.0) for _ in range(2)]
    return Course(plan, draw, apart, examples=examples)


def test_a_course_goes_through_its_plan_and_says_how_it_stands() -> None:
    course = begun()
    marks = list(course.run())
    assert [mark.step for mark in marks] == [0, 2, 4]
    assert marks[-1].rollouts == course.rollouts == PLAN.rollouts
    assert all(0 < mark.best <= mark.greedy for mark in marks)
    assert marks[-1].seconds > 0
    assert marks[-1].drawing > 0
    assert marks[-1].learning > 0
    first, last = begun().weights(), course.weights()
    assert any((first[name] != last[name]).any() for name in first)


def test_imitation_comes_first_and_its_end_is_marked(examples: Examples) -> None:
    marks = list(begun(TWO_STAGES, examples).run())
    stages = [mark.stage for mark in marks]
    imitated = [mark for mark in marks if mark.stage == "imitation"]
    assert stages == ["imitation"] * len(imitated) + ["reinforcement"] * (len(marks) - len(imitated))
    assert imitated[-1].rollouts >= TWO_STAGES.guided > imitated[-2].rollouts
    assert marks[-1].rollouts == imitated[-1].rollouts + TWO_STAGES.rollouts
    assert len({mark.step for mark in marks}) == len(marks)


def test_a_course_may_be_imitation_only(examples: Examples) -> None:
    marks = list(begun(Plan(rollouts=0, sizes=(8,), seed=3, examples=5, guided=40), examples).run())
    assert {mark.stage for mark in marks} == {"imitation"}
    assert marks[-1].rollouts >= 40


def test_a_course_that_is_taken_up_again_ends_as_if_it_had_never_stopped(tmp_path: Path, examples: Examples) -> None:
    whole = begun(TWO_STAGES, examples)
    imitated = [mark.step for mark in whole.run() if mark.stage == "imitation"][-1]
    assert 1 < imitated < whole.step - 1
    for cut in (1, imitated, imitated + 1):
        part, saved = begun(TWO_STAGES, examples), tmp_path / "course.safetensors"
        list(part.run(should_stop=lambda course=part, cut=cut: course.step >= cut))  # type: ignore[misc]
        assert part.step == cut
        part.save(saved)
        rest = begun(TWO_STAGES, examples)
        rest.resume(saved)
        list(rest.run())
        assert (rest.step, rest.rollouts) == (whole.step, whole.rollouts)
        for name, array in whole.weights().items():
            np.testing.assert_array_equal(rest.weights()[name], array)


def test_a_saved_course_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    saved = tmp_path / "course.safetensors"
    begun().save(saved)
    with pytest.raises(WeightsError, match=f"another plan: rollouts is {4 * STEP} there and 10 here, seed is 3 there"):
        begun(Plan(rollouts=10, sizes=(8,))).resume(saved)
    saved.write_bytes(saved.read_bytes()[:100])
    with pytest.raises(WeightsError, match="no saved course"):
        begun().resume(saved)


def test_problems_grow_and_the_learning_rate_falls() -> None:
    stage = Reinforcement(100, 1e-3, draw)
    assert stage.sizes_at(0.0) == GROWTH[0][1]
    assert stage.sizes_at(1.0) == GROWTH[-1][1]
    assert [max(sizes) for _, sizes in GROWTH] == sorted(max(sizes) for _, sizes in GROWTH)
    rates = [stage.rate_at(1000, fraction) for fraction in (0.0, 0.3, 0.8, 1.0)]
    assert rates[0] == rates[1] == stage.rate
    assert rates[1] > rates[2] > rates[3] == pytest.approx(0.03 * stage.rate)
    assert stage.rate_at(0, 0.0) < stage.rate


def test_a_step_has_more_of_small_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reinforcement, "CLIENTS_A_STEP", 60)
    random = np.random.default_rng(1)
    with ThreadPoolExecutor(2) as pool:
        for size, number in ((5, 12), (40, FEWEST_PROBLEMS)):
            batch, weight = Reinforcement(1, 1e-3, draw, (size,)).rehearse(random, 0.0, odd_weights(1), pool)
            assert [world.n for world in batch.worlds] == [size] * number
            assert weight.shape == (len(batch.rollouts),)


def test_a_step_learns_from_the_rollouts_that_stand_out_and_most_from_the_cheapest() -> None:
    random = np.random.default_rng(1)
    with ThreadPoolExecutor(2) as pool:
        batch, weight = Reinforcement(1, 1e-3, draw, (20,)).rehearse(random, 0.0, odd_weights(1), pool)
    gain, rows = advantages(batch.cost), weight.reshape(batch.cost.shape)
    assert batch.cost.shape == (FEWEST_PROBLEMS, ALL_EACH)
    for gains, row in zip(gain, rows, strict=True):
        kept, leader = np.flatnonzero(row), int(gains.argmin())
        assert leader in kept
        assert len(kept) == LEARNED_EACH
        assert row[leader] == LEADER * gains[leader]
        others = kept[kept != leader]
        np.testing.assert_array_equal(row[others], gains[others])
        assert np.abs(gains[others]).min() >= np.abs(np.delete(gains, kept)).max()


def test_the_curve_is_a_picture_also_of_a_course_that_has_only_begun() -> None:
    marks = [Mark("", 0, 0, 0.0, 0.0, 0.0, 1.2, 1.1, 0.0), Mark("", 100, 5000, 9.0, 1.0, 1.0, 1.1, 1.05, 0.5)]
    for some in (marks[:1], marks):
        root = ElementTree.fromstring(draw_curve(some, "A <b>"))
        assert root.tag.endswith("svg")
        assert any(text.text == "A <b>" for text in root.iter())


def test_the_curve_says_where_a_stage_begins() -> None:
    marks = [Mark(stage, 0, rollouts, 0.0, 0.0, 0.0, 1.2, 1.1, 0.0) for stage, rollouts in STAGES_AT]
    one_stage, both = draw_curve([replace(mark, stage="imitation") for mark in marks], ""), draw_curve(marks, "")
    assert "imitation" not in one_stage
    (label,) = (text for text in ElementTree.fromstring(both).iter() if text.text == "reinforcement")
    halfway = LEFT + (WIDTH - LEFT - RIGHT) / 2
    assert float(label.attrib["x"]) == pytest.approx(halfway)
    assert f'<path d="M{halfway:.1f} {TOP}V' in both


@pytest.mark.parametrize("mix", MIXES)
@pytest.mark.parametrize("clients", [2, 30])
def test_drawn_days_are_sound_problems(mix: Mix, clients: int) -> None:
    for seed in range(3):
        problem = draw_day(np.random.default_rng(seed), clients, mix)
        assert problem.clients.number == clients
        assert faults_of(problem) == []


def test_days_of_a_city_visit_its_addresses() -> None:
    random = np.random.default_rng(1)
    city = City.draw(random, 60)
    legs: list[Problem] = [city.day(random, 40, PLAIN) for _ in range(2)]
    known = np.round(np.hypot(*(city.points[:, None] - city.depot).T)).astype(int).ravel()
    for day in legs:
        assert np.isin(np.asarray(day.travel.distance)[0, 0, 1:], known).all()
    assert not np.array_equal(legs[0].travel.distance, legs[1].travel.distance)

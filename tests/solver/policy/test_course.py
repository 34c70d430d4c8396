"""A course can be cut and taken up again, and says how it stands."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from solver.policy import course as course_module
from solver.policy.course import STAGES, Course, Mark, Plan, days_apart
from solver.policy.curve import draw_curve
from solver.policy.days import PLAIN, City, Mix, draw_day
from solver.policy.weights import WeightsError
from solver.problem import Problem
from solver.problem.validate import faults_of
from tests.solver.policy.policies import MIXES

PLAN = Plan(rollouts=4 * 64, sizes=(8,), seed=3)


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course_module, "CLIENTS_A_STEP", 1)  # so a step has `FEWEST_PROBLEMS`
    monkeypatch.setattr(course_module, "JUDGED_EVERY", 2)


def begun(plan: Plan = PLAN) -> Course:
    apart = [(problem, 1000.0) for problem in days_apart(plan.seed, 2, 8, PLAIN)]
    return Course(plan, partial(draw_day, mix=Mix()), apart)


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


def test_a_course_that_is_taken_up_again_ends_as_if_it_had_never_stopped(tmp_path: Path) -> None:
    whole = begun()
    list(whole.run())
    part, saved = begun(), tmp_path / "course.safetensors"
    list(part.run(should_stop=lambda: part.step >= 2))
    assert part.step == 2
    part.save(saved)
    rest = begun()
    rest.resume(saved)
    list(rest.run())
    assert rest.step == whole.step
    for name, array in whole.weights().items():
        np.testing.assert_array_equal(rest.weights()[name], array)


def test_a_saved_course_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    saved = tmp_path / "course.safetensors"
    begun().save(saved)
    with pytest.raises(WeightsError, match="another plan"):
        begun(Plan(rollouts=10, sizes=(8,))).resume(saved)
    saved.write_bytes(saved.read_bytes()[:100])
    with pytest.raises(WeightsError, match="no saved course"):
        begun().resume(saved)


def test_problems_grow_and_the_learning_rate_falls() -> None:
    plan = Plan(rollouts=100)
    assert plan.sizes_at(0.0) == STAGES[0][1]
    assert plan.sizes_at(1.0) == STAGES[-1][1]
    assert [max(sizes) for _, sizes in STAGES] == sorted(max(sizes) for _, sizes in STAGES)
    rates = [plan.rate_at(1000, fraction) for fraction in (0.0, 0.5, 0.8, 1.0)]
    assert rates[0] == rates[1] == plan.rate
    assert rates[1] > rates[2] > rates[3] > 0
    assert plan.rate_at(0, 0.0) < plan.rate


def test_the_curve_is_a_picture_also_of_a_course_that_has_only_begun() -> None:
    marks = [Mark(0, 0, 0.0, 0.0, 0.0, 1.2, 1.1, 0.0), Mark(100, 5000, 9.0, 1.0, 1.0, 1.1, 1.05, 0.5)]
    for some in (marks[:1], marks):
        root = ElementTree.fromstring(draw_curve(some, "A <b>"))
        assert root.tag.endswith("svg")
        assert any(text.text == "A <b>" for text in root.iter())


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

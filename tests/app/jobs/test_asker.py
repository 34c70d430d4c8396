"""Questions that are answered beside the window, with a process and a small engine in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.jobs import asker as asking
from app.jobs.asker import Asker
from app.jobs.solve_controller import SolveController
from app.model.changes import EditRefusedError, set_settings
from app.model.evaluation import to_solution
from app.model.locks import with_plan
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.why.evidence import Evidence
from app.model.why.explanation import Explanation
from app.model.why.facts import NOW, Measure, say
from app.model.why.questions import WhyUnassigned, WhyVehicle
from app.model.why.searching import Answering, Progress, Search
from solver.problem import Problem, check
from tests.app.conftest import MakeController
from tests.app.jobs.lines import PATIENCE, on_a_line
from tests.app.jobs.pricing_engine import serve_ordering

LOOKS, SEARCHES, REFUSES, BREAKS = (WhyVehicle("C1"), WhyUnassigned("C1"), WhyUnassigned("C9"), WhyVehicle("C9"))


def answer(question: Any, state: State, problem: Problem) -> Answering:
    evidence = Evidence(state, problem)
    if question == REFUSES:
        raise EditRefusedError("There is no C9.")
    if question == BREAKS:
        raise RuntimeError
    yield Progress(0, 1, Explanation(question, "?", (), evidence=evidence.states, complete=False))
    if question == SEARCHES:
        found = yield Search(state, with_plan(problem, state.plan), None, 0.05)
        assert found is not None
        evidence.add("then", State(state.scenario, found.plan), report=found.report)
        yield Progress(1, 1)
    else:
        evidence.add("then", state)
    saved = evidence.number(Measure.COST, "then", NOW)
    return Explanation(question, "?", (say("{saved}", saved=saved),), evidence=evidence.states)


@pytest.fixture(autouse=True)
def _answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "answer", answer)


@pytest.fixture
def controller(make_controller: MakeController) -> SolveController:
    """One van that serves in the wrong order."""
    return make_controller(
        on_a_line(6), Plan((PlannedRoute("van", ("C6", "C2", "C3", "C4", "C1", "C5"), 1),)), serve_ordering
    )


@pytest.fixture
def asker(controller: SolveController) -> Iterator[Asker]:
    made = Asker(controller)
    yield made
    made.close()


def test_an_answer_comes_in_parts_and_its_search_is_the_engines(
    asker: Asker, controller: SolveController, qtbot: QtBot
) -> None:
    heard: list[Explanation] = []
    told: list[tuple[int, int]] = []
    asker.answered.connect(heard.append)
    asker.progressed.connect(lambda done, of: told.append((done, of)))
    before = controller.session.document.state
    with qtbot.waitSignal(asker.ended, timeout=PATIENCE) as ended:
        asker.ask(SEARCHES)
        assert asker.busy
    assert ended.args == [True]
    assert not asker.busy
    assert told == [(0, 1), (1, 1)]
    assert [one.complete for one in heard] == [False, True]
    then, (saved,) = heard[1].evidence["then"], heard[1].numbers
    assert then.plan.routes[0].stops == ("C1", "C2", "C3", "C4", "C5", "C6")
    problem = controller.evaluations.compiled(before.scenario)
    costs = [check(problem, to_solution(problem, plan)).costs.total for plan in (then.plan, before.plan)]
    assert saved.value == pytest.approx(costs[0] - costs[1])
    assert saved.value < 0
    assert controller.session.document.state is before


def test_a_question_without_searches_is_answered_while_a_solve_runs(
    asker: Asker, controller: SolveController, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(controller.progressed, timeout=PATIENCE):
        controller.start(seconds=30.0)
    controller.session.hold()  # so that no offer changes what is asked about
    with qtbot.waitSignal(asker.ended, timeout=PATIENCE) as ended:
        asker.ask(LOOKS)
    assert ended.args == [True]
    controller.session.release()
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        controller.stop()


def test_a_search_waits_for_a_solve_and_is_then_about_what_that_found(
    asker: Asker, controller: SolveController, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(controller.progressed, timeout=PATIENCE):
        controller.start(seconds=0.3)
    asker.ask(SEARCHES)
    heard: list[Explanation] = []
    asker.answered.connect(heard.append)
    with qtbot.waitSignals([controller.ended, asker.ended], timeout=PATIENCE):
        pass
    assert heard[-1].complete
    assert heard[-1].state is controller.session.state
    assert heard[-1].state.plan.routes[0].stops == ("C1", "C2", "C3", "C4", "C5", "C6")


def test_a_solve_takes_the_engine_and_the_search_begins_anew_afterwards(
    asker: Asker, controller: SolveController, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(asker.progressed, timeout=PATIENCE):
        asker.ask(SEARCHES)
    qtbot.waitUntil(lambda: controller.client.job is not None, timeout=PATIENCE)
    with qtbot.waitSignals([controller.ended, asker.ended], timeout=PATIENCE):
        controller.start(seconds=0.05)


def test_an_edit_ends_a_search_with_a_word(asker: Asker, controller: SolveController, qtbot: QtBot) -> None:
    with qtbot.waitSignal(asker.progressed, timeout=PATIENCE):
        asker.ask(SEARCHES)
    qtbot.waitUntil(lambda: controller.client.job is not None, timeout=PATIENCE)
    session = controller.session
    settings = replace(session.scenario.settings, detour=2.0)
    with qtbot.waitSignals([asker.message, asker.ended], timeout=PATIENCE):
        session.do(*set_settings(session.state, settings))
    assert not asker.busy
    assert controller.client.job is None


@pytest.mark.parametrize("question", [REFUSES, BREAKS])
def test_what_cannot_be_answered_is_said(asker: Asker, question: Any, qtbot: QtBot) -> None:
    with qtbot.waitSignals([asker.message, asker.ended], timeout=PATIENCE):
        asker.ask(question)
    assert not asker.busy


def test_a_search_waits_for_that_of_another_and_begins_when_it_is_given_up(
    asker: Asker, controller: SolveController, qtbot: QtBot
) -> None:
    other = Asker(controller)
    other.ask(SEARCHES)
    qtbot.waitUntil(lambda: controller.client.job is not None, timeout=PATIENCE)
    with qtbot.waitSignal(asker.waits, timeout=PATIENCE):
        asker.ask(SEARCHES)
    with qtbot.waitSignal(asker.ended, timeout=PATIENCE) as ended:
        other.stop()
    assert ended.args == [True]
    other.close()


def test_the_newest_question_is_answered(asker: Asker, qtbot: QtBot) -> None:
    heard: list[Explanation] = []
    asker.answered.connect(heard.append)
    asker.ask(SEARCHES)
    with qtbot.waitSignal(asker.ended, timeout=PATIENCE):
        asker.ask(LOOKS)
    assert {one.question for one in heard if one.complete} == {LOOKS}

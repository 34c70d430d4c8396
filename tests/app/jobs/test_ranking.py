"""Offers are worked out beside the window; only the newest answer is heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.ranking import Ranking
from app.jobs.solve_controller import SolveController
from app.model.offers import Offer, assignments
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.proposal import Pricing
from tests.app.jobs.scenarios import make_scenario

MakeController = Callable[..., SolveController]


@pytest.fixture
def controller(make_controller: MakeController) -> SolveController:
    scenario = make_scenario(6)
    return make_controller(scenario, Plan((PlannedRoute("van", ("C0", "C1"), 1), PlannedRoute("van", ("C2", "C3"), 2))))


@pytest.fixture
def ranking(controller: SolveController) -> Iterator[Ranking]:
    made = Ranking(controller.evaluations)
    yield made
    made.close()


def offers_for(customer: str) -> Callable[[Pricing], Iterator[Offer]]:
    return lambda pricing: assignments(pricing, [customer])


def test_offers_come_ranked(ranking: Ranking, controller: SolveController, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ranking.ranked) as heard:
        ranking.ask(controller.session.state, offers_for("C5"))
        assert ranking.busy
    (offers,) = heard.args
    assert {one.route for one in offers} == {0, 1, None}
    assert [one.proposal.rank for one in offers] == sorted(one.proposal.rank for one in offers)
    assert not ranking.busy


def test_only_the_newest_answer_is_heard(ranking: Ranking, controller: SolveController, qtbot: QtBot) -> None:
    started, go_on, heard = Event(), Event(), []

    def slow(pricing: Pricing) -> Iterator[Offer]:
        started.set()
        go_on.wait(10)
        yield from assignments(pricing, ["C4"])
        raise AssertionError("it was given up and went on all the same")

    ranking.ranked.connect(heard.append)
    ranking.ask(controller.session.state, slow)
    assert started.wait(10)
    ranking.ask(controller.session.state, offers_for("C5"))
    go_on.set()
    qtbot.waitUntil(lambda: not ranking.busy)
    (offers,) = heard
    assert all("C5" in one.proposal.draft.plan.served for one in offers)


def test_a_sentence_says_why_there_are_no_offers(
    ranking: Ranking, controller: SolveController, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: Pricing) -> Iterator[Offer]:
        raise RuntimeError("0xdeadbeef")

    state = controller.session.state
    incomplete = State(replace(state.scenario, depots={}), state.plan)
    for asked, offers in ((state, offers_for("gone")), (incomplete, offers_for("C5")), (state, fails)):
        with qtbot.waitSignal(ranking.refused) as heard:
            ranking.ask(asked, offers)
        (sentence,) = heard.args
        assert sentence.endswith(".")
        assert "0xdeadbeef" not in sentence
    assert "0xdeadbeef" in caplog.text


def test_nothing_is_heard_after_it_was_dropped(ranking: Ranking, controller: SolveController, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(ranking.ranked, wait=100):
        ranking.ask(controller.session.state, offers_for("C5"))
        ranking.drop()

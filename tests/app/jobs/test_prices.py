"""The prices of locks, with a process and a small engine in it that obeys them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.prices import Prices
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import Ending, SolveState
from app.model.changes import set_settings
from app.model.locks import lock, unlock
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.prices import PriceList
from app.model.relaxations import Relaxation, all_locks, lock_relaxations
from app.model.scenario import Customer, Scenario
from tests.app.conftest import MakeController
from tests.app.jobs.pricing_engine import serve_ordering
from tests.app.jobs.scenarios import make_scenario
from tests.solver import fake_engine

PATIENCE = 20_000
"""Milliseconds that a signal may take on a busy machine before the test gives up."""

MOMENT = 0.04
"""Seconds for each piece."""

SETTLING = 3
"""Searches with all locks; two for each piece follow."""


def on_a_line(number: int) -> Scenario:
    """Customers ever farther from the depot: the order of their numbers is the best."""
    customers = {f"C{n}": Customer(f"C{n}", lat=60.2 + 0.01 * n, lon=24.9, demand=(1.0,)) for n in range(1, number + 1)}
    vans = {key: replace(one, end_depot=None) for key, one in make_scenario(1).vehicles.items()}
    return replace(make_scenario(1), customers=customers, vehicles=vans)


def locks_on(plan: Plan, **kinds: Lock) -> State:
    state = State(on_a_line(6), plan)
    for key, kind in kinds.items():
        state = lock(state, {("customers", key)}, kind).patch.applied(state)
    return state


@pytest.fixture
def state() -> State:
    """C6 comes first, and that costs the way there and back; C1 comes last but one, which costs less."""
    plan = Plan((PlannedRoute("van", ("C6", "C2", "C3", "C4", "C1", "C5"), 1),))
    return locks_on(plan, C6=Lock.PLACE, C3=Lock.VEHICLE, C1=Lock.PLACE)


@pytest.fixture
def controller(make_controller: MakeController, state: State) -> SolveController:  # type: ignore[no-untyped-def]
    return make_controller(state.scenario, state.plan, serve_ordering)


@pytest.fixture
def prices(controller: SolveController) -> Iterator[Prices]:
    made = Prices(controller)
    yield made
    made.close()


def ask(prices: Prices, seconds: float = MOMENT) -> bool:
    state = prices._session.state
    return prices.ask(all_locks(state), lock_relaxations(state), seconds)


def test_each_lock_has_its_price_and_the_document_stays_as_it_is(
    prices: Prices, controller: SolveController, qtbot: QtBot
) -> None:
    told: list[tuple[int, int]] = []
    known: list[PriceList] = []
    prices.progressed.connect(lambda done, number: told.append((done, number)))
    prices.priced.connect(known.append)
    before = controller.session.document.state
    with qtbot.waitSignal(prices.ended, timeout=PATIENCE) as ended:
        assert ask(prices)
        assert prices.busy
        assert not ask(prices)  # one question at a time
    assert ended.args == [True]
    assert not prices.busy
    searches = SETTLING + 2 * (1 + 3)
    assert told == [(done, searches) for done in range(searches + 1)]
    ranked = known[-1].ranked
    assert [[key for _, key in one.relaxation.items] for one in ranked] == [["C6"], ["C1"], ["C3"]]
    assert [one.found for one in ranked] == [True, True, False]
    assert known[-1].together is not None
    assert known[-1].together.saved > ranked[0].saved > ranked[1].saved > 0
    assert controller.session.document.state is before
    assert controller.session.stack.count() == 0


def test_a_solve_goes_before_and_ends_it(prices: Prices, controller: SolveController, qtbot: QtBot) -> None:
    with qtbot.waitSignal(prices.progressed, check_params_cb=lambda done, _: done == 1, timeout=PATIENCE):
        ask(prices, 0.2)
    completed: list[bool] = []
    prices.ended.connect(completed.append)
    with qtbot.waitSignal(controller.progressed, timeout=PATIENCE):
        controller.start(seconds=0.1)
        assert completed == [False]
    assert not ask(prices)
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE) as over:
        pass
    assert over.args == [Ending.FINISHED]
    assert controller.session.plan.routes[0].stops == ("C6", "C2", "C3", "C4", "C1", "C5")  # as it is locked
    with qtbot.waitSignal(prices.ended, timeout=PATIENCE) as ended:
        assert ask(prices)
    assert ended.args == [True]


def test_an_edit_ends_it(prices: Prices, controller: SolveController, qtbot: QtBot) -> None:
    ask(prices)
    with qtbot.waitSignal(prices.ended, timeout=PATIENCE) as ended:
        controller.session.do(*unlock(controller.session.state, {("customers", "C1")}))
    assert ended.args == [False]
    assert controller.state is SolveState.IDLE
    assert not prices.busy


def test_stop_keeps_what_is_known(prices: Prices, qtbot: QtBot) -> None:
    known: list[PriceList] = []
    prices.priced.connect(known.append)
    with qtbot.waitSignal(prices.progressed, check_params_cb=lambda done, _: done == SETTLING + 4, timeout=PATIENCE):
        ask(prices)
    with qtbot.waitSignal(prices.ended) as ended:
        prices.stop()
    assert ended.args == [False]
    assert known[-1].together is not None
    assert [one.relaxation.items for one in known[-1].ranked] == [(("customers", "C6"),)]
    assert prices._client.job is None  # the engine is free


def test_whatever_can_be_left_out_of_a_state_has_a_price(
    prices: Prices, controller: SolveController, qtbot: QtBot
) -> None:
    """A window, a shift or a zone can be asked about as a lock can: here, what it costs to pay for driving."""

    def unpaid(state: State) -> State:
        vans = {key: replace(one, cost_per_hour=0.0) for key, one in state.scenario.vehicles.items()}
        return replace(state, scenario=replace(state.scenario, vehicles=vans))

    pay = Relaxation("Pay", (("vehicles", "van"),), unpaid)
    known: list[PriceList] = []
    prices.priced.connect(known.append)
    with qtbot.waitSignal(prices.ended, timeout=PATIENCE):
        prices.ask(pay, [pay], MOMENT)
    assert known[-1].together is not None
    assert known[-1].together.saved > 1.0


def test_what_cannot_be_solved_is_said_in_words(prices: Prices, controller: SolveController, qtbot: QtBot) -> None:
    state = controller.session.state
    controller.session.do(*set_settings(state, replace(state.scenario.settings, dimensions=())))
    with qtbot.waitSignals([prices.ended, prices.message], timeout=PATIENCE):
        ask(prices)
    assert not prices.busy


def test_a_failing_engine_and_a_dead_one_end_it(make_controller: MakeController, state: State, qtbot: QtBot) -> None:
    controller = make_controller(state.scenario, state.plan, fake_engine.serve_raising)
    few = replace(state.scenario, customers={"C1": state.scenario.customers["C1"]})
    controller.session.load(few, Plan((PlannedRoute("van", ("C1",), 1),), {"C1": Lock.VEHICLE}), saved=True)
    prices = Prices(controller)
    with qtbot.waitSignals([prices.ended, prices.message], timeout=PATIENCE):
        ask(prices)
    assert not prices.busy
    controller.session.load(state.scenario, state.plan, saved=True)
    with qtbot.waitSignal(controller.client.progress, timeout=PATIENCE):
        ask(prices, 30.0)
    with qtbot.waitSignals([prices.ended, controller.message], timeout=PATIENCE):
        controller.client.kill()
    assert not prices.busy
    prices.close()


def test_closing_in_the_middle_leaves_nothing(prices: Prices, qtbot: QtBot) -> None:
    with qtbot.waitSignal(prices.progressed, check_params_cb=lambda done, _: done == 1, timeout=PATIENCE):
        ask(prices)
    with qtbot.assertNotEmitted(prices.ended):
        prices.close()

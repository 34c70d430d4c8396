"""A drop is the change by hand that it stands for, whichever view it comes from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import moves
from app.model.changes import EditRefusedError
from app.model.compile import compile_scenario
from app.model.drops import (
    BestPlace,
    Destination,
    Exactly,
    LeftOut,
    NewRoute,
    Seen,
    changes_plan,
    proposed,
    target_of,
)
from app.model.patch import State
from app.model.proposal import Pricing
from tests.app.model.states import busy_states, small_state


def pricing_of(state: State) -> Pricing:
    return Pricing(compile_scenario(state.scenario), state)


def seen(state: State, route: int) -> Seen:
    return Seen(state.plan.routes[route].id, state.plan.routes[route].stops)


def test_a_drop_is_the_move_that_it_stands_for() -> None:
    state = small_state()
    pricing = pricing_of(state)
    exact = proposed(pricing, ["C4"], Exactly(seen(state, 0), 1))
    assert exact.draft == moves.move_stops(state, ["C4"], 0, 1)
    assert target_of(exact, Exactly(seen(state, 0), 1)) == 0
    best = proposed(pricing, ["C4"], BestPlace(seen(state, 0)))
    assert best.rank <= exact.rank
    new = proposed(pricing, ["C1"], NewRoute("bike"))
    assert new.draft.routes[2].stops == ("C1",)
    assert target_of(new, NewRoute("bike")) == 2
    out = proposed(pricing, ["C1", "C4"], LeftOut())
    assert out.draft == moves.unassign(state, ["C1", "C4"])
    assert target_of(out, LeftOut()) is None


@pytest.mark.parametrize(
    "destination",
    [
        Exactly(Seen("bike/1", ("C2", "C1")), 1),
        BestPlace(Seen("bike/1", ("C1",))),
        BestPlace(Seen("bike/7", ())),
        NewRoute("van"),
    ],
)
def test_what_is_no_more_as_it_is_seen_is_refused(destination: Destination) -> None:
    with pytest.raises(EditRefusedError):
        proposed(pricing_of(small_state()), ["C3"], destination)


def test_who_is_in_no_route_cannot_leave_one() -> None:
    with pytest.raises(EditRefusedError):
        proposed(pricing_of(small_state()), ["C3"], LeftOut())


@given(busy_states(), st.data())
def test_dropped_stops_are_where_they_were_dropped(state: State, data: st.DataObject) -> None:
    if not state.plan.routes:
        return
    customers = list(state.scenario.customers)
    moved = data.draw(st.lists(st.sampled_from(customers), min_size=1, unique=True))
    route = data.draw(st.integers(0, len(state.plan.routes) - 1))
    stops = state.plan.routes[route].stops
    position = data.draw(st.integers(0, len(stops)))
    destination = Exactly(seen(state, route), position)
    proposal = proposed(pricing_of(state), moved, destination)
    laid = proposal.draft.routes[route].stops
    begin = laid.index(moved[0])
    assert laid[begin : begin + len(moved)] == tuple(moved)
    assert laid[:begin] == tuple(stop for stop in stops[:position] if stop not in moved)
    assert changes_plan(proposal) == bool(proposal.draft.edit.patch)

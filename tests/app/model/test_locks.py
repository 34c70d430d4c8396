"""Locks as edits and as what the solver is told; and which vehicle of a type drives what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.document import load_document, save_document
from app.model.changes import EditRefusedError, delete, rename, set_plan
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate, to_plan, to_solution
from app.model.fleet import idle, labels
from app.model.identity import numbers, settled_like
from app.model.locks import held, lock, lockable, locked, unlock, unlock_all, with_plan
from app.model.moves import move_stops, reverse_route, start_route, swap_vehicles, unassign
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Access, Profile, ProfileRule
from solver.problem import ANY
from tests.app.jobs.scenarios import make_scenario


def customers(*keys: str) -> set[tuple[str, str]]:
    return {("customers", key) for key in keys}


@pytest.fixture
def state() -> State:
    """Two routes of one type of vehicle, three stops each, and C6 in none."""
    routes = (PlannedRoute("van", ("C0", "C1", "C2"), 1), PlannedRoute("van", ("C3", "C4", "C5"), 2))
    return State(make_scenario(7), Plan(routes))


def after(state: State, *edits: object) -> State:
    for edit in edits:
        state = edit.patch.applied(state)  # type: ignore[attr-defined]
    return state


def test_what_is_locked_is_locked_where_the_plan_has_it(state: State) -> None:
    state = after(state, lock(state, customers("C1"), Lock.PLACE))
    state = after(state, lock(state, customers("C4"), Lock.VEHICLE))
    compiled = compile_scenario(state.scenario)
    problem = with_plan(compiled, state.plan)
    assert problem.locks.vehicle.tolist() == [ANY, 0, ANY, ANY, 1, ANY, ANY]
    assert problem.locks.position.tolist() == [ANY, 1, ANY, ANY, ANY, ANY, ANY]
    assert not problem.locks.driven.any()
    free = replace(state.plan, locks={})
    assert (
        evaluate(state.scenario, compiled, state.plan).violations == evaluate(state.scenario, compiled, free).violations
    )


@pytest.mark.parametrize("kind", Lock)
def test_a_lock_goes_before_who_may_serve_whom_and_the_broken_rule_is_told(state: State, kind: Lock) -> None:
    forbidden = Profile("P", rules={"van": ProfileRule(Access.FORBIDDEN)})
    whom = {**state.scenario.customers, "C0": replace(state.scenario.customers["C0"], profile="P")}
    state = State(replace(state.scenario, profiles={"P": forbidden}, customers=whom), state.plan)
    compiled = compile_scenario(state.scenario)
    free = evaluate(state.scenario, compiled, state.plan)
    assert "C0" in {one.customer for one in free.violations}
    state = after(state, lock(state, customers("C0"), kind))
    problem = with_plan(compiled, state.plan)  # is a valid one
    assert problem.clients.allowed[0, 0]
    assert not compiled.clients.allowed[0, 0]
    broken = {one.customer for one in evaluate(state.scenario, compiled, state.plan).violations}
    assert ("C0" in broken) is (kind is not Lock.DRIVEN)  # what has been driven is history


def test_a_vehicle_that_drives_two_routes_is_bound_by_one(state: State) -> None:
    twice = replace(state.plan, routes=tuple(replace(route, number=1) for route in state.plan.routes))
    bound = twice.with_locks({"C0": Lock.PLACE, "C3": Lock.PLACE})
    problem = with_plan(compile_scenario(state.scenario), bound)
    assert problem.locks.vehicle.tolist()[:4] == [0, ANY, ANY, ANY]


def test_what_can_be_locked_and_unlocked(state: State) -> None:
    everybody = {("routes", "van/1"), ("customers", "C6")}
    assert lockable(state, everybody) == set(Lock)
    assert lockable(state, customers("C6")) == lockable(state, set()) == set()
    state = after(state, lock(state, customers("C0", "C1", "C2"), Lock.PLACE))
    assert lockable(state, everybody) == {Lock.DRIVEN}
    assert locked(state, everybody | customers("C4")) == ("C0", "C1", "C2")
    state = after(state, unlock(state, customers("C1", "C6")))
    assert lockable(state, everybody) == set(Lock)
    with pytest.raises(EditRefusedError):
        unlock(state, customers("C1"))


def test_figures_say_what_is_locked(state: State) -> None:
    state = after(state, lock(state, customers("C1"), Lock.DRIVEN))
    state = after(state, lock(state, customers("C2"), Lock.PLACE))
    state = after(state, lock(state, customers("C4"), Lock.VEHICLE))
    one, other = evaluate(state.scenario, compile_scenario(state.scenario), state.plan).routes
    assert [visit.lock for visit in one.visits] == [Lock.DRIVEN, Lock.DRIVEN, Lock.PLACE]
    assert [visit.lock for visit in other.visits] == [None, Lock.VEHICLE, None]
    assert (one.locked, one.driven, other.locked, other.driven) == (3, 2, 1, 0)


def test_a_file_with_locks_has_its_vehicles_settled(state: State, tmp_path: object) -> None:
    loose = Plan((replace(state.plan.routes[0], number=2), replace(state.plan.routes[1], number=0)))
    loose = replace(loose, locks={"C4": Lock.PLACE})
    path = tmp_path / "day.routewright"  # type: ignore[operator]
    save_document(path, state.scenario, loose)
    loaded = load_document(path)
    assert [(route.number, route.stops[0]) for route in loaded.plan.routes] == [(1, "C3"), (2, "C0")]
    lawful = evaluate(state.scenario, compile_scenario(state.scenario), replace(loaded.plan, locks={}))
    assert evaluate(state.scenario, compile_scenario(state.scenario), loaded.plan).violations == lawful.violations


def test_nothing_locked_is_the_same_problem(state: State) -> None:
    problem = compile_scenario(state.scenario)
    assert with_plan(problem, state.plan) is problem
    kept = with_plan(problem, state.plan, keep_weight=3.0)
    assert kept.published.vehicle.tolist() == [0, 0, 0, 1, 1, 1, ANY]
    assert kept.published.weight == 3.0


def test_what_has_been_driven_is_a_beginning_of_the_route(state: State) -> None:
    state = after(state, lock(state, customers("C1", "C3"), Lock.DRIVEN))
    assert set(state.plan.locks) == {"C0", "C1", "C3"}
    problem = with_plan(compile_scenario(state.scenario), state.plan)
    assert problem.locks.driven.tolist() == [True, True, False, True, False, False, False]
    state = after(state, unlock(state, customers("C0")))
    assert set(state.plan.locks) == {"C3"}  # C1 comes after C0


def test_a_stop_keeps_a_stronger_lock(state: State) -> None:
    state = after(state, lock(state, customers("C1"), Lock.PLACE))
    assert not lock(state, customers("C1"), Lock.VEHICLE).patch
    state = after(state, lock(state, {("routes", "van/1")}, Lock.VEHICLE))
    assert state.plan.locks == {"C0": Lock.VEHICLE, "C1": Lock.PLACE, "C2": Lock.VEHICLE}
    assert not after(state, unlock_all(state)).plan.locks


def test_who_is_in_no_route_cannot_be_locked(state: State) -> None:
    with pytest.raises(EditRefusedError):
        lock(state, customers("C6"), Lock.VEHICLE)
    with pytest.raises(EditRefusedError):
        unlock(state, set())


def test_what_has_been_driven_is_not_moved_by_hand(state: State) -> None:
    state = after(state, lock(state, customers("C1"), Lock.DRIVEN))
    for change in (
        lambda: move_stops(state, ["C5"], 0, 1),
        lambda: move_stops(state, ["C0"], 1, 1),
        lambda: unassign(state, ["C0"]),
        lambda: swap_vehicles(replace(state, plan=_other_type(state.plan)), 0, 1),
    ):
        with pytest.raises(EditRefusedError):
            change()
    assert move_stops(state, ["C5"], 0, 2).plan.routes[0].stops == ("C0", "C1", "C5", "C2")
    turned = after(state, lock(state, customers("C0"), Lock.DRIVEN))
    assert reverse_route(turned, 0).plan.routes[0].stops == ("C0", "C1", "C2")


def _other_type(plan: Plan) -> Plan:
    return replace(plan, routes=(plan.routes[0], replace(plan.routes[1], vehicle="truck")))


def test_other_locks_go_along_with_their_stops(state: State) -> None:
    state = after(state, lock(state, customers("C1"), Lock.PLACE))
    moved = after(state, move_stops(state, ["C1"], 1, 3).edit)
    assert held(moved.plan) == {"C1": (Lock.PLACE, "van", 2, 3)}
    assert not after(moved, unassign(moved, ["C1"]).edit).plan.locks
    assert not after(moved, delete(moved, customers("C1"))).plan.locks
    assert set(after(moved, rename(moved, "customers", "C1", "new")).plan.locks) == {"new"}


def test_what_is_moved_by_hand_while_a_search_runs_is_held(state: State) -> None:
    exactly_here = after(state, move_stops(state, ["C1"], 1, 2).held_edit)
    assert held(exactly_here.plan) == {"C1": (Lock.PLACE, "van", 2, 2)}
    new_route = after(state, start_route(state, ["C6"], "van").held_edit)
    assert held(new_route.plan) == {"C6": (Lock.VEHICLE, "van", 3, ANY)}
    assert not move_stops(state, ["C0"], 0, 0).held_edit.patch  # nothing moves, so nothing is held


def test_vehicles_without_a_number_take_those_that_are_left(state: State) -> None:
    routes = (PlannedRoute("van", ("C0", "C1", "C2"), 2), PlannedRoute("van", ("C3", "C4", "C5")))
    assert numbers(routes) == [2, 1]
    settled = State(state.scenario, Plan(routes))
    assert labels(settled) == ["Van 1", "Van 2"]
    assert [route.stops[0] for route in settled.plan.routes] == ["C3", "C0"]
    assert idle(settled, "van") == [3]
    assert idle(settled, "van", ["C0", "C1", "C2"]) == [2, 3]


def test_a_vehicle_keeps_its_number_from_one_plan_to_the_next(state: State) -> None:
    problem = compile_scenario(state.scenario)
    one, other = (replace(route, number=0) for route in state.plan.routes)
    made = to_plan(problem, to_solution(problem, Plan((PlannedRoute("van", ("C6",)), other, one))), state.plan)
    assert [(route.stops[0], route.number) for route in made.routes] == [("C0", 1), ("C3", 2), ("C6", 3)]


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 4)), max_size=6),
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 4)), max_size=6),
)
def test_numbers_are_all_different(routes: list[tuple[str, int]], former: list[tuple[str, int]]) -> None:
    def made(kinds: list[tuple[str, int]]) -> list[PlannedRoute]:
        taken = set()
        routes = []
        for place, (kind, number) in enumerate(kinds):
            number = 0 if (kind, number) in taken else number
            taken.add((kind, number))
            routes.append(PlannedRoute(kind, (str(place % 3),), number))
        return routes

    settled = settled_like(made(routes), made(former))
    pairs = [(route.vehicle, route.number) for route in settled]
    assert len(set(pairs)) == len(pairs)
    assert all(number > 0 for _, number in pairs)
    assert all(new.number == old.number for new, old in zip(settled, made(routes), strict=True) if old.number)


def test_locks_and_numbers_are_saved(state: State, tmp_path: object) -> None:
    state = after(state, lock(state, customers("C1"), Lock.DRIVEN))
    state = after(state, lock(state, customers("C4"), Lock.PLACE))
    path = tmp_path / "day.routewright"  # type: ignore[operator]
    save_document(path, state.scenario, state.plan)
    loaded = load_document(path)
    assert not loaded.issues
    assert loaded.plan == state.plan


def test_a_plan_taken_over_keeps_the_locks_of_who_is_left(state: State) -> None:
    state = after(state, lock(state, customers("C1", "C4"), Lock.VEHICLE))
    fewer = after(state, delete(state, customers("C4")))
    assert set(after(fewer, set_plan(fewer, state.plan)).plan.locks) == {"C1"}

"""A dispatcher's day at random: five hundred edits, moves, locks, solves, undos, saves and openings, step by step."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from PySide6.QtWidgets import QApplication

from app.edits.session import EditSession
from app.io import load_document, save_variants
from app.model import changes, locks, moves
from app.model.changes import Edit, EditRefusedError
from app.model.document import Document
from app.model.identity import in_order
from app.model.moves import Draft
from app.model.patch import TABLES, State, table_of
from app.model.plan import Lock, PlannedRoute
from app.model.scenario import Access, Customer, Depot, ProfileRule, Vehicle
from tests.app.model.states import small_state

STEPS = 500
DAYS = 3

TURN = st.integers(0, 1 << 30)
"""What is taken of all that could be: the same number always takes the same."""


class Desk(RuleBasedStateMachine):
    """Keeps its own record of what the document held after each step, and holds the undo stack and the file to it."""

    def __init__(self) -> None:
        super().__init__()
        QApplication.instance() or QApplication([])
        self.folder = tempfile.TemporaryDirectory()
        self.session = EditSession(Document())
        self.record: list[State] = []
        self.count = 0

    @initialize()
    def open_a_day(self) -> None:
        state = small_state()
        self.session.load(state.scenario, state.plan, saved=True)
        self.begin()

    def teardown(self) -> None:
        self.session.close()
        self.folder.cleanup()

    def begin(self) -> None:
        """Start a new record: nothing that came before can be undone."""
        self.record = [self.session.document.state]

    def note(self, before: int) -> None:
        """Write down what has been done since step ``before``: one step, or what a search had found and one step."""
        stack, last = self.session.stack, self.session.document.state
        done = stack.index() - before
        assert 0 <= done <= 2
        if not done:
            return
        self.record[before + 1 :] = [last] * done
        if done == 2:
            landed = State(self.record[before].scenario, self.landed)
            self.record[before + 1] = changes.set_plan(self.record[before], landed.plan).patch.applied(
                self.record[before]
            )
        assert stack.count() == len(self.record) - 1

    def do(self, make: Callable[[State], Edit]) -> None:
        before, self.landed = self.session.stack.index(), self.session.plan
        with suppress(EditRefusedError):
            self.session.do(*make(self.session.state))
        self.note(before)

    def move(self, make: Callable[[State], Draft]) -> None:
        before, self.landed = self.session.stack.index(), self.session.plan
        with suppress(EditRefusedError):
            self.session.move(make(self.session.state))
        self.note(before)

    def pick(self, kind: str, turn: int) -> str:
        keys = list(table_of(self.session.scenario, kind))
        return keys[turn % len(keys)] if keys else "none"

    def pick_route(self, turn: int) -> str:
        routes = self.session.plan.routes
        return routes[turn % len(routes)].id if routes else "none/1"

    def load(self, amount: int) -> tuple[float, ...]:
        return (float(amount),) * len(self.session.scenario.settings.dimensions)

    @rule(turn=TURN)
    def add_a_customer(self, turn: int) -> None:
        self.count += 1
        new = Customer(f"N{self.count}", f"=Name, {turn}", 60.1 + turn % 100 / 1000, 24.9, self.load(turn % 7))
        self.do(lambda state: changes.add(state, "customers", [new], row=turn % 3 or None))

    @rule(turn=TURN)
    def add_a_vehicle_or_a_depot(self, turn: int) -> None:
        self.count += 1
        depot = self.pick("depots", turn)
        if turn % 2:
            new = Vehicle(f"W{self.count}", "", 1 + turn % 3, self.load(9), depot, depot if turn % 3 else None)
            self.do(lambda state: changes.add(state, "vehicles", [new]))
        else:
            self.do(lambda state: changes.add(state, "depots", [Depot(f"E{self.count}", "", 60.1, 24.8)]))

    @rule(turn=TURN, kind=st.sampled_from((*TABLES, "routes")))
    def delete(self, turn: int, kind: str) -> None:
        if kind in ("customers", "routes") or len(table_of(self.session.scenario, kind)) > 1:
            key = self.pick_route(turn) if kind == "routes" else self.pick(kind, turn)
            self.do(lambda state: changes.delete(state, {(kind, key)}))

    @rule(turn=TURN, kind=st.sampled_from(TABLES))
    def rename(self, turn: int, kind: str) -> None:
        self.do(lambda state: changes.rename(state, kind, self.pick(kind, turn), f"R{turn % 40}"))

    @rule(turn=TURN)
    def change_a_customer(self, turn: int) -> None:
        field, value = (
            ("name", f"Name {turn % 9}"),
            ("windows", ((8 * 3600, 9 * 3600 + turn % 600),)),
            ("required", turn % 2 == 0),
            ("service", turn % 900),
            ("notes", 'a "quoted", line\nand one more'),
        )[turn % 5]
        self.do(lambda state: changes.set_field(state, "customers", [self.pick("customers", turn)], field, value))

    @rule(turn=TURN)
    def relocate(self, turn: int) -> None:
        kind = ("customers", "depots", "zones")[turn % 3]
        self.do(lambda state: changes.move(state, {(kind, self.pick(kind, turn))}, 0.001, -0.002))

    @rule(turn=TURN)
    def change_a_rule(self, turn: int) -> None:
        rule = ProfileRule(list(Access)[turn % 3], float(turn % 4), 1.0)
        profile, vehicle = self.pick("profiles", turn), self.pick("vehicles", turn)
        self.do(lambda state: changes.set_rule(state, profile, vehicle, rule))

    @rule(turn=TURN)
    def change_the_settings(self, turn: int) -> None:
        dimensions = (("kg",), ("kg", "m3"), ("m3",))[turn % 3]
        chosen = replace(self.session.scenario.settings, dimensions=dimensions, detour=1.0 + turn % 5 / 10)
        self.do(lambda state: changes.set_settings(state, chosen))

    @rule(turn=TURN, chosen=st.integers(0, 6))
    def move_by_hand(self, turn: int, chosen: int) -> None:
        stops = [self.pick("customers", turn), self.pick("customers", turn // 7)][: 1 + turn % 2]
        vehicle, route, place = self.pick("vehicles", turn), turn % 3, turn % 4
        drafts: tuple[Callable[[State], Draft], ...] = (
            lambda state: moves.move_stops(state, stops, route, place),
            lambda state: moves.move_stops(state, stops, route, 0),
            lambda state: moves.start_route(state, stops, vehicle),
            lambda state: moves.unassign(state, stops),
            lambda state: moves.reverse_route(state, route),
            lambda state: moves.swap_vehicles(state, route, (route + 1) % 3),
            lambda state: moves.shift_stops(state, stops, later=turn % 2 == 0),
        )
        self.move(drafts[chosen])

    @rule(turn=TURN, lock=st.sampled_from((*Lock, None)))
    def lock_or_unlock(self, turn: int, lock: Lock | None) -> None:
        items = {("customers", self.pick("customers", turn)), ("routes", self.pick_route(turn))} if turn % 3 else set()
        if lock is None:
            self.do(lambda state: locks.unlock(state, items))
        else:
            self.do(lambda state: locks.lock(state, items, lock))

    @rule(turn=TURN)
    def find_a_plan(self, turn: int) -> None:
        """Let a search find something, which the next edit lands on."""
        scenario = self.session.scenario
        free = sorted(
            scenario.customers.keys() - self.session.plan.locks.keys(), key=lambda key: (turn * len(key), key)
        )
        kept = [
            replace(route, stops=tuple(stop for stop in route.stops if stop in self.session.plan.locks))
            for route in self.session.plan.routes
        ]
        new = PlannedRoute(self.pick("vehicles", turn), tuple(free[: turn % 5]))
        routes = (route for route in (*kept, new) if route.stops)
        plan = in_order(self.session.plan.with_routes(routes), scenario.vehicles)
        self.session.searching = True
        self.session.offer(plan)
        assert self.session.plan == plan

    @rule()
    def end_the_search(self) -> None:
        before, self.landed = self.session.stack.index(), self.session.plan
        self.session.searching = False
        self.session.land()
        self.note(before)

    @rule(times=st.integers(1, 9))
    def undo(self, times: int) -> None:
        self.session.drop_offer()
        for _ in range(times):
            self.session.undo()

    @rule(times=st.integers(1, 9))
    def redo(self, times: int) -> None:
        self.session.drop_offer()
        for _ in range(times):
            self.session.redo()

    @rule()
    def undo_everything_and_redo_it(self) -> None:
        self.session.drop_offer()
        here = self.session.stack.index()
        while self.session.stack.canUndo():
            self.session.undo()
        assert self.session.document.state == self.record[0]
        while self.session.stack.index() < here:
            self.session.stack.redo()

    @rule(anew=st.booleans())
    def save_and_perhaps_open_again(self, anew: bool) -> None:
        path = Path(self.folder.name) / "day.routewright"
        held = self.session.whole
        save_variants(path, held)
        loaded = load_document(path)
        assert loaded.issues == ()
        assert loaded.variants == held
        self.session.mark_saved(held)
        if anew:
            self.session.searching = False
            self.session.load_variants(loaded.variants, saved=True)
            self.begin()

    @invariant()
    def what_is_held_is_what_was_written_down(self) -> None:
        if self.record:
            assert self.session.document.state == self.record[self.session.stack.index()]

    @invariant()
    def the_plan_fits_the_scenario(self) -> None:
        scenario, plan = self.session.scenario, self.session.plan
        stops = [stop for route in plan.routes for stop in route.stops]
        assert len(stops) == len(set(stops))
        assert set(stops) <= scenario.customers.keys()
        assert all(route.vehicle in scenario.vehicles for route in plan.routes)
        assert plan.locks.keys() <= set(stops)
        kinds = list(scenario.vehicles)
        vehicles = [(kinds.index(route.vehicle), route.number) for route in plan.routes]
        assert vehicles == sorted(set(vehicles))
        assert all(number > 0 for _, number in vehicles)


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=DAYS, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
)

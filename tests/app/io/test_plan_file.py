"""Plans from files: what was exported is read again, and what is wrong is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.io import save_document
from app.io.export import stops_csv
from app.io.plan_file import read_plan
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.locks import lock
from app.model.patch import State
from app.model.plan import Lock, Plan
from tests.app.model.states import busy_states, small_state


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(busy_states(), st.data())
def test_what_was_exported_is_read_again(tmp_path: Path, state: State, data: st.DataObject) -> None:
    scenario = state.scenario
    there = [route for route in state.plan.routes if route.number <= scenario.vehicles[route.vehicle].count]
    state = replace(state, plan=Plan(tuple(there)))
    for stop in data.draw(st.lists(st.sampled_from(sorted(state.plan.served)), max_size=3)) if there else ():
        state = lock(state, [("customers", stop)], data.draw(st.sampled_from(Lock))).patch.applied(state)
    plan = state.plan
    evaluation = evaluate(scenario, compile_scenario(scenario), plan)
    (tmp_path / "stops.csv").write_bytes(stops_csv(scenario, evaluation))
    found, issues = read_plan(tmp_path / "stops.csv", scenario)
    assert not issues
    assert found == plan


def test_the_plan_of_a_document_has_to_be_one_of_the_scenario(tmp_path: Path) -> None:
    state = small_state()
    save_document(tmp_path / "day.routewright", state.scenario, state.plan)
    found, issues = read_plan(tmp_path / "day.routewright", state.scenario)
    assert [route.stops for route in found.routes] == [route.stops for route in state.plan.routes]
    assert not issues
    fewer = {key: one for key, one in state.scenario.customers.items() if key != "C2"}
    found, issues = read_plan(tmp_path / "day.routewright", replace(state.scenario, customers=fewer))
    assert [issue.value for issue in issues] == ["C2"]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("vehicle,customer\nbike,C1\n", "route", ""),
        ("route,vehicle,customer\n1,cart,C1\n", "vehicle", "cart"),
        ("route,vehicle,customer\n1,bike,C1\n1,van,C2\n", "vehicle", "van"),
        ("route,vehicle,customer\n1,bike,C9\n", "customer", "C9"),
        ("route,vehicle,customer\n1,bike,C1\n2,van,C1\n", "customer", "C1"),
        ("route,vehicle,customer,lock\n1,bike,C1,soft\n", "lock", "soft"),
        ("", "route", ""),
    ],
)
def test_what_is_wrong_in_a_table_is_named(tmp_path: Path, table: str, column: str, value: str) -> None:
    (tmp_path / "stops.csv").write_text(table)
    _, issues = read_plan(tmp_path / "stops.csv", small_state().scenario)
    assert (issues[0].file, issues[0].column, issues[0].value) == ("stops.csv", column, value)


def test_who_is_in_no_route_may_stand_below(tmp_path: Path) -> None:
    (tmp_path / "stops.csv").write_text("route,vehicle,customer\n1,bike,C1\n,,C2\n")
    found, issues = read_plan(tmp_path / "stops.csv", small_state().scenario)
    assert not issues
    assert found.served == {"C1"}


@pytest.mark.parametrize("name", ["none.csv", "folder", "nul\0.csv"])
def test_what_cannot_be_read_is_an_issue(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    _, issues = read_plan(tmp_path / name, small_state().scenario)
    assert len(issues) == 1

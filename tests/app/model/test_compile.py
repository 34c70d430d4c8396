"""The compiled arrays, each entry against a plain recomputation from the scenario."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.compile import LOAD_SCALE, compile_scenario
from app.model.patch import State
from app.model.scenario import Access, Customer, Depot, Profile, ProfileRule, Scenario, Vehicle, Zone
from solver.problem import OPEN, UNLIMITED
from tests.app.model.states import small_scenario, states

HOUR = 3600


def test_ids_and_their_order_are_those_of_the_scenario() -> None:
    scenario = small_scenario()
    problem = compile_scenario(scenario)
    assert problem.name == "Small"
    assert problem.clients.ids == tuple(scenario.customers)
    assert problem.vehicles.ids == tuple(scenario.vehicles)
    assert problem.depots.ids == tuple(scenario.depots)
    assert problem.depots.location.tolist() == [0, 1]
    assert problem.clients.location.tolist() == [2, 3, 4, 5]


@given(states())
def test_references_keep_their_targets(state: State) -> None:
    scenario = state.scenario
    problem = compile_scenario(scenario)
    for index, vehicle in enumerate(scenario.vehicles.values()):
        assert problem.depots.ids[problem.vehicles.start_depot[index]] == vehicle.start_depot
        end = int(problem.vehicles.end_depot[index])
        assert (None if end == OPEN else problem.depots.ids[end]) == vehicle.end_depot


def test_units_become_metres_seconds_and_thousandths() -> None:
    scenario = small_scenario()
    van = replace(
        scenario.vehicles["van"], capacity=(500.5,), cost_per_km=2.0, cost_per_hour=36.0, fixed_cost=20.0,
        max_distance=12.5, max_duration=4 * HOUR, shift=(7 * HOUR, 15 * HOUR),
    )  # fmt: skip
    problem = compile_scenario(replace(scenario, vehicles={**scenario.vehicles, "van": van}))
    vehicles, clients = problem.vehicles, problem.clients
    assert LOAD_SCALE == 1000
    assert vehicles.capacity.tolist() == [[50_000], [500_500]]
    assert vehicles.distance_cost[1] == pytest.approx(0.002)
    assert vehicles.duration_cost[1] == pytest.approx(0.01)
    assert vehicles.fixed_cost.tolist() == [0.0, 20.0]
    assert vehicles.max_distance.tolist() == [UNLIMITED, 12_500]
    assert vehicles.max_duration.tolist() == [UNLIMITED, 4 * HOUR]
    assert vehicles.max_stops.tolist() == [UNLIMITED, UNLIMITED]
    assert (vehicles.shift_start[1], vehicles.shift_end[1]) == (7 * HOUR, 15 * HOUR)
    assert vehicles.count.tolist() == [2, 1]
    assert clients.delivery[:, 0].tolist() == [10_000, 20_000, 15_000, 30_000]
    assert clients.pickup[:, 0].tolist() == [0, 0, 5_000, 0]
    assert problem.depots.closing.tolist() == [24 * HOUR] * 2


def test_windows_are_as_many_for_everybody() -> None:
    scenario = small_scenario()
    twice = replace(scenario.customers["C2"], windows=((9 * HOUR, 10 * HOUR), (13 * HOUR, 14 * HOUR)))
    problem = compile_scenario(replace(scenario, customers={**scenario.customers, "C2": twice}))
    assert problem.clients.windows[:, 0].tolist() == [
        [[8 * HOUR, 10 * HOUR]] * 2,
        [[9 * HOUR, 10 * HOUR], [13 * HOUR, 14 * HOUR]],
        [[0, UNLIMITED]] * 2,
        [[0, UNLIMITED]] * 2,
    ]


def test_a_priority_becomes_a_prize() -> None:
    problem = compile_scenario(small_scenario())
    assert problem.clients.required.tolist() == [True, True, False, True]
    assert problem.clients.prize[2] == 2.0 * 10.0


rules = st.builds(ProfileRule, st.sampled_from(Access), st.integers(0, 9).map(float), st.sampled_from([0.5, 1.0, 1.25]))


@given(
    st.dictionaries(
        st.sampled_from(["A", "B", "C"]), st.dictionaries(st.sampled_from(["V1", "V2", "V3"]), rules), min_size=1
    ),
    st.lists(st.tuples(st.sampled_from(["", "A", "B", "C"]), st.integers(0, 999)), min_size=1, max_size=6),
)
def test_profiles_against_a_plain_reading(
    tables: dict[str, dict[str, ProfileRule]], customers: list[tuple[str, int]]
) -> None:
    scenario = Scenario(
        depots={"D": Depot("D")},
        vehicles={key: Vehicle(key, capacity=(1.0,), start_depot="D", end_depot="D") for key in ("V1", "V2", "V3")},
        profiles={key: Profile(key, rules=MappingProxyType(table)) for key, table in tables.items()},
        customers={
            str(n): Customer(str(n), profile=profile if profile in tables else "", service=service)
            for n, (profile, service) in enumerate(customers)
        },
    )
    clients = compile_scenario(scenario).clients
    for row, customer in enumerate(scenario.customers.values()):
        table = tables.get(customer.profile, {})
        best = max((rule.weight for rule in table.values() if rule.access is Access.PREFERRED), default=0.0)
        for column, vehicle in enumerate(scenario.vehicles):
            rule = table.get(vehicle, ProfileRule())
            own = rule.weight if rule.access is Access.PREFERRED else 0.0
            assert clients.preference[row, column] == best - own
            assert clients.allowed[row, column] == (rule.access is not Access.FORBIDDEN)
            assert clients.service[row, column] == round(customer.service * rule.service_factor)


def test_a_zone_forbids_as_a_profile_does() -> None:
    scenario = small_scenario()
    assert compile_scenario(scenario).clients.allowed.tolist() == [
        [True, False],  # a café: no van
        [True, True],
        [True, True],
        [True, True],
    ]
    around_c3 = Zone("Z2", ring=((60.15, 24.95), (60.15, 24.97), (60.17, 24.97)), forbidden=frozenset({"bike", "van"}))
    closed = compile_scenario(replace(scenario, zones={"Z2": around_c3}))
    assert closed.clients.allowed.tolist() == [[True, False], [True, True], [False, False], [True, True]]


def test_there_may_be_no_customers() -> None:
    problem = compile_scenario(replace(small_scenario(), customers={}))
    assert problem.clients.number == 0
    assert problem.dimensions == 1

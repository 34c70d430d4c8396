"""Who refers to whom in a scenario, and how references follow when an item is renamed or deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from app.model.patch import State
from app.model.scenario import Profile, ProfileRule, Scenario, Zone


def vehicles_of_depot(scenario: Scenario, depot: str) -> tuple[str, ...]:
    """Return the ids of the vehicles that start or end at a depot."""
    return tuple(key for key, one in scenario.vehicles.items() if depot in (one.start_depot, one.end_depot))


def without_vehicles(state: State, gone: frozenset[str]) -> State:
    """Take vehicles out of the rules of profiles, of zones and of the plan (their routes become unserved)."""
    scenario = state.scenario
    profiles = {
        key: _with_rules(profile, {v: rule for v, rule in profile.rules.items() if v not in gone})
        for key, profile in scenario.profiles.items()
    }
    zones = {
        key: zone if gone.isdisjoint((*zone.forbidden, *zone.hours)) else open_to(zone, gone)
        for key, zone in scenario.zones.items()
    }
    plan = state.plan.with_routes(route for route in state.plan.routes if route.vehicle not in gone)
    return State(replace(scenario, profiles=profiles, zones=zones), plan)


def open_to(zone: Zone, gone: frozenset[str]) -> Zone:
    """Return a zone that says nothing of some vehicles: they may enter at any time."""
    hours = {vehicle: spans for vehicle, spans in zone.hours.items() if vehicle not in gone}
    return replace(zone, forbidden=zone.forbidden - gone, hours=MappingProxyType(hours))


def without_profiles(state: State, gone: frozenset[str]) -> State:
    """Clear the profile of the customers that have one of these."""
    customers = {
        key: replace(one, profile="") if one.profile in gone else one for key, one in state.scenario.customers.items()
    }
    return State(replace(state.scenario, customers=customers), state.plan)


def with_renamed(state: State, kind: str, old: str, new: str) -> State:
    """Let every reference to an item follow its new id; the item itself is the caller's business."""
    scenario, plan = state.scenario, state.plan
    if kind == "depots":
        vehicles = {
            key: replace(
                one,
                start_depot=new if one.start_depot == old else one.start_depot,
                end_depot=new if one.end_depot == old else one.end_depot,
            )
            for key, one in scenario.vehicles.items()
        }
        return State(_with_matrix_id(replace(scenario, vehicles=vehicles), old, new), plan)
    if kind == "customers":
        routes = (replace(one, stops=tuple(new if s == old else s for s in one.stops)) for one in plan.routes)
        locks = {new if key == old else key: lock for key, lock in plan.locks.items()}
        return State(_with_matrix_id(scenario, old, new), replace(plan, routes=tuple(routes), locks=locks))
    if kind == "profiles":
        customers = {
            key: replace(one, profile=new) if one.profile == old else one for key, one in scenario.customers.items()
        }
        return State(replace(scenario, customers=customers), plan)
    if kind == "vehicles":
        profiles = {
            key: _with_rules(one, {new if v == old else v: rule for v, rule in one.rules.items()})
            for key, one in scenario.profiles.items()
        }
        zones = {
            key: _with_vehicle(one, old, new) if old in one.forbidden or old in one.hours else one
            for key, one in scenario.zones.items()
        }
        routes = (replace(one, vehicle=new) if one.vehicle == old else one for one in plan.routes)
        return State(replace(scenario, profiles=profiles, zones=zones), replace(plan, routes=tuple(routes)))
    return state


def _with_rules(profile: Profile, rules: Mapping[str, ProfileRule]) -> Profile:
    same = rules.keys() == profile.rules.keys()
    return profile if same else replace(profile, rules=MappingProxyType(dict(rules)))


def _with_vehicle(zone: Zone, old: str, new: str) -> Zone:
    hours = {new if vehicle == old else vehicle: spans for vehicle, spans in zone.hours.items()}
    forbidden = zone.forbidden - {old} | {new} if old in zone.forbidden else zone.forbidden
    return replace(zone, forbidden=forbidden, hours=MappingProxyType(hours))


def _with_matrix_id(scenario: Scenario, old: str, new: str) -> Scenario:
    matrix = scenario.matrix
    if matrix is None or old not in matrix.ids:
        return scenario
    ids = tuple(new if one == old else one for one in matrix.ids)
    return replace(scenario, matrix=replace(matrix, ids=ids))

"""A document whose names have no Latin letter, so that Latin ones on the screen are the program's."""

from __future__ import annotations

from pathlib import Path

from app.io.document import save_variants
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Access, Customer, Depot, Profile, ProfileRule, Scenario, Settings, Vehicle, Zone
from app.model.variants import Variant, Variants

CENTRE = (60.17, 24.94)


def foreign_scenario() -> Scenario:
    """Return a day with all that a scenario can have, in which not everybody can be served, or in time."""
    lat, lon = CENTRE
    depots = {"Д1": Depot("Д1", "Склад", lat, lon)}
    vehicles = {
        "М": Vehicle("М", "Машина", 3, (60.0,), "Д1", "Д1", fixed_cost=10.0, cost_per_hour=20.0, profile="авто"),
        "В": Vehicle("В", "Велосипед", 2, (9.0,), "Д1", None, speed=15.0, profile="вело", max_distance=300.0),
    }
    customers = {
        f"К{number}": Customer(
            f"К{number}",
            f"Магазин {number}",
            lat + (number % 5 - 2) / 60,
            lon + (number // 5 - 1) / 30,
            (float(number),),
            (0.0,),
            600,
            ((8 * 3600, 8 * 3600 + 60 * number),) if number % 3 == 0 else (),
            required=number % 4 != 0,
            profile="П" if number < 5 else "",
            notes="Звонок" if number == 1 else "",
        )
        for number in range(1, 16)
    }
    rules = {"М": ProfileRule(Access.PREFERRED, 5.0, 1.5), "В": ProfileRule(Access.FORBIDDEN)}
    profiles = {"П": Profile("П", "Хрупкое", rules)}
    ring = ((lat, lon), (lat + 0.02, lon), (lat + 0.02, lon + 0.03), (lat, lon + 0.03))
    zones = {"З1": Zone("З1", "Центр", ring, frozenset({"В"}))}
    return Scenario(depots, vehicles, customers, profiles, zones, Settings("День", "₽", ("кг",)))


def foreign_plan() -> Plan:
    """Return a plan that breaks rules, locks stops in every way and leaves customers out."""
    routes = (
        PlannedRoute("М", ("К1", "К2", "К3", "К6")),
        PlannedRoute("М", ("К4", "К5", "К9", "К10", "К11", "К15")),
        PlannedRoute("В", ("К7", "К8")),
    )
    return Plan(routes, {"К1": Lock.DRIVEN, "К5": Lock.VEHICLE, "К7": Lock.PLACE})


def save_foreign_document(path: Path) -> None:
    """Write a document with two variants of the day."""
    state = State(foreign_scenario(), foreign_plan())
    first, second, *rest = state.plan.routes
    moved = (
        PlannedRoute("М", (*first.stops[:-1], "К12")),
        PlannedRoute("М", (*reversed(second.stops[2:]), *second.stops[:2])),
        *rest,
    )
    other = State(state.scenario, Plan(moved, state.plan.locks))
    save_variants(path, Variants((Variant("Первый", state), Variant("Второй", other))))

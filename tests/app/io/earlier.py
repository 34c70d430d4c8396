"""What the files in ``tests/app/io/files`` say; `make` wrote them with the code of then, see the README there.

Each day uses all that its format knew of. Today's model makes the same calls into what the files have to mean.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from app.io import document
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import (
    Access,
    Customer,
    Depot,
    Matrix,
    Profile,
    ProfileRule,
    Rounding,
    Scenario,
    Settings,
    TravelSource,
    Vehicle,
    Zone,
)

RING = ((60.15, 24.9), (60.15, 25.0), (60.2, 25.0))


def scenario(format: int) -> Scenario:
    """Return a small day that says all that a format of documents can say."""
    customers = {
        "c1": Customer("c1", "Café Åström", 60.165, 24.935, (10.0, 0.1), (), 300, ((28800, 36000),)),
        "c2": Customer("c2", "'t Hooft", 60.172, 24.941, (5.5, 0.2), (1.0, 0.0), 90, ((28800, 30600), (50400, 54000))),
        "c3": Customer("c3", "=SUM(A1)", 60.18, 24.95, (7.0, 0.3), (), 0, (), False, 2.5, "shops", "ring; =1+1"),
        "c4": Customer("c4", "", 60.16, 24.92, extra=(("door", "4412"), ("floor", "-2"))),
        "c5": Customer("c5", "Kiosk", 60.17, 24.93, (1.0, 0.1)),
    }
    depots = {"hub": Depot("hub", "Hub", 60.17, 24.94, (5 * 3600, 22 * 3600)), "yard": Depot("yard", "", 60.2, 24.9)}
    ids = (*depots, *customers)
    legs = np.arange(len(ids) ** 2, dtype=np.int64).reshape(len(ids), -1) * 100
    zone = Zone("old", "Old town", RING, frozenset({"bike"}))
    settings = Settings("Monday", "£", ("kg", "m3"), TravelSource.MATRIX, Rounding.NEAREST, 1.4, 12.5, 20.0)
    if format >= 3:
        zone = replace(zone, hours=MappingProxyType({"van": ((6 * 3600, 10 * 3600), (18 * 3600, 20 * 3600))}))
    if format >= 4:
        zone = replace(zone, pace=0.5)
        settings = roads(settings)
    return Scenario(
        depots,
        {
            "van": Vehicle("van", "Van", 3, (800.0, 6.5), "hub", "hub", (21600, 57600), 40, 0.5, 22, 40, "truck"),
            "bike": Vehicle("bike", "Bike", 2, (80.0, 0.6), "yard", None, max_distance=40.5, max_duration=14400),
        },
        customers,
        {"shops": Profile("shops", "Shops", MappingProxyType({"van": ProfileRule(Access.PREFERRED, 5.5, 0.8)}))},
        {"old": zone},
        settings,
        Matrix(ids, legs, legs // 10),
    )


def roads(settings: Settings) -> Settings:
    """Return settings that say of roads what format 4 was raised for."""
    from app.model.scenario import ServerKind
    from app.model.traffic import Traffic
    from solver.roads.modes import Mode, ModeKind

    return replace(
        settings,
        travel=TravelSource.ROADS,
        network="town-0123",
        modes=(Mode("truck", ModeKind.TRUCK, 0.9, height=4.0, hazmat=True),),
        server="https://roads.example.org",
        server_kind=ServerKind.VALHALLA,
        traffic=Traffic(main=(0.8,) * 24),
    )


def plan(format: int) -> Plan:
    """Return a plan that says all that a format of documents can say."""
    routes = (PlannedRoute("van", ("c2", "c1")), PlannedRoute("van", ("c5",)), PlannedRoute("bike", ("c3",)))
    if format < 2:
        return Plan(routes)
    from app.model.plan import Lock

    numbered = tuple(replace(route, number=number) for route, number in zip(routes, (3, 1, 2), strict=True))
    return Plan(numbered, {"c2": Lock.DRIVEN, "c1": Lock.PLACE, "c3": Lock.VEHICLE})


def day(format: int) -> State:
    """Return what the only variant, or the first of two, holds."""
    return State(scenario(format), plan(format))


def variants(format: int) -> Any:
    """Return both variants of a day; the second, which is shown, has one customer less and another plan."""
    from app.model.variants import Variant, Variants

    first = day(format)
    fewer = {key: one for key, one in first.scenario.customers.items() if key != "c4"}
    other = State(replace(first.scenario, customers=fewer, zones={}), Plan((PlannedRoute("van", ("c5", "c3"), 2),)))
    return Variants((Variant("Monday", first), Variant("Rain", other)), 1)


def steps(format: int) -> list[tuple[str, Any, bool]]:
    """Return edits of a day, as a journal has them: a name, a patch, and whether it was undone."""
    from app.model import changes

    state, made = day(format), []
    for name, patch in (
        changes.set_field(state, "customers", ["c1"], "name", "Café Öst"),
        changes.delete(state, [("customers", "c4")]),
        changes.set_plan(state, Plan((PlannedRoute("van", ("c1", "c2", "c5")),)), "Solve"),
    ):
        made.append((name, patch, False))
    name, patch, _ = made[1]
    return [made[0], made[1], (name, patch.inverted(), True), made[2]]


def make(folder: Path) -> None:
    """Write the document and the journal of the format that the code on the path has."""
    from app.io.journal.records import FORMAT, Edited
    from app.io.journal.store import JournalStore
    from app.model.document import Step

    format = document.FORMAT_VERSION
    path = folder / f"format-{format}.routewright"
    if format == 1:
        document.save_document(path, *(getattr(day(1), name) for name in ("scenario", "plan")))
    else:
        document.save_variants(path, variants(format))
    store = JournalStore(folder / f"journal-{FORMAT}-of-format-{format}")
    alone = folder / "alone.routewright"
    state = day(format)
    document.save_document(alone, state.scenario, state.plan)
    store.begin(alone.read_bytes(), None)
    alone.unlink()
    for at, (name, patch, undone) in enumerate(steps(format)):
        store.append(Edited.of(Step(name, patch, undone), 1_790_000_000.0 + at))
    store.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]))

"""Days to test with: one by hand, and any by hypothesis."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, RouteFigures, VisitFigures, evaluate
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Matrix, Scenario, Settings, TravelSource, Vehicle
from app.timeline.day import Day

HOUR, MINUTE = 3600, 60

# Ten minutes from anywhere to anywhere.
PLACES = ("D", "A", "B", "C", "E")


def hand_scenario() -> Scenario:
    """One depot, four customers ten minutes from each other, three vans that work from eight to ten."""
    away = np.where(np.eye(len(PLACES), dtype=bool), 0, 600)
    windows = {
        "A": ((9 * HOUR, 10 * HOUR),),  # so that the van waits, or leaves late
        "B": ((8 * HOUR, 8 * HOUR + 30 * MINUTE), (9 * HOUR, 9 * HOUR + 20 * MINUTE)),
        "C": ((8 * HOUR, 8 * HOUR + 5 * MINUTE),),  # so that whoever comes second comes late
        "E": (),
    }
    return Scenario(
        depots={"D": Depot("D", "Depot")},
        vehicles={"van": Vehicle("van", "Van", 3, (10.0,), "D", "D", shift=(8 * HOUR, 10 * HOUR))},
        customers={
            key: Customer(key, f"Shop {key}" if key != "E" else "", demand=(4.0,), service=600, windows=windows[key])
            for key in PLACES[1:]
        },
        settings=Settings(travel=TravelSource.MATRIX, dimensions=("kg",)),
        matrix=Matrix(PLACES, away, away),
    )


def figures_of(scenario: Scenario, *routes: tuple[str, ...], **locks: Lock) -> Evaluation:
    """Return the figures of routes of vans, some stops of which are locked."""
    plan = Plan(tuple(PlannedRoute("van", stops, number) for number, stops in enumerate(routes, start=1)), locks)
    return evaluate(scenario, compile_scenario(scenario), plan)


def hand_evaluation(scenario: Scenario | None = None) -> Evaluation:
    """Two routes: A and then C, who is late; B and then E."""
    return figures_of(scenario or hand_scenario(), ("A", "C"), ("B", "E"))


seconds = st.integers(0, 2 * HOUR)


@st.composite
def route_figures(draw: st.DrawFn, number: int, least: int = 0) -> RouteFigures:
    """Any route whose times fit together."""
    start = now = draw(st.integers(0, 24 * HOUR))
    visits = []
    for place in range(draw(st.integers(least, 8))):
        leg, waiting, service = draw(seconds), draw(seconds), draw(seconds)
        arrival = now + leg
        now = arrival + waiting + service
        visits.append(
            VisitFigures(
                f"C{number}.{place}",
                arrival,
                arrival + waiting,
                now,
                waiting,
                draw(seconds),
                1.0,
                leg,
                (1.0,),
                draw(st.sampled_from([None, *Lock])),
            )
        )
    back = draw(seconds) if visits else 0
    open_ended = draw(st.booleans())
    return RouteFigures(
        id=f"van/{number}", vehicle="van", number=number, label=f"Van {number}", badge=str(number), colour=number - 1,
        stops=len(visits), cost=1.0, distance_km=1.0,
        duration_s=now + back - start, service_s=sum(one.departure_s - one.start_s for one in visits),
        waiting_s=sum(one.waiting_s for one in visits), start_s=start, end_s=now + back, load=(1.0,), capacity=(2.0,),
        visits=tuple(visits), start_depot="D", end_depot=None if open_ended and not back else "D", return_km=1.0,
        return_s=back,
    )  # fmt: skip


@st.composite
def evaluations(draw: st.DrawFn, least: int = 0) -> Evaluation:
    """Any plan of a few routes, some of them without stops unless ``least`` forbids it."""
    numbers = range(1, draw(st.integers(1 if least else 0, 5)) + 1)
    return Evaluation(routes=tuple(draw(route_figures(number, least)) for number in numbers))


def scenario_with(evaluation: Evaluation) -> Scenario:
    """Return a scenario of the customers of the routes, every other one with a window, and ten vans."""
    ids = [visit.customer for route in evaluation.routes for visit in route.visits]
    return Scenario(
        vehicles={"van": Vehicle("van", "Van", 10, (2.0,), "D", "D")},
        customers={
            key: Customer(key, windows=((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)) if place % 2 else ())
            for place, key in enumerate(ids)
        },
    )


def days(least: int = 0) -> st.SearchStrategy[Day]:
    """Any day."""
    return evaluations(least).map(lambda evaluation: Day.of(evaluation, scenario_with(evaluation)))

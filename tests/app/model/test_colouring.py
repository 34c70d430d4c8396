from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.colouring import NOT_PLANNED, ColourBy, Colouring, Tone, colouring_of
from app.model.evaluation import Evaluation, RouteFigures, VisitFigures
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Profile, Scenario, Settings, Vehicle


def scenario_of(
    *customers: Customer, dimensions: tuple[str, ...] = ("kg",), capacity: tuple[float, ...] = (100.0,)
) -> Scenario:
    return Scenario(
        vehicles={"van": Vehicle("van", "Van", capacity=capacity), "bike": Vehicle("bike", capacity=capacity)},
        customers={one.id: one for one in customers},
        profiles={"shop": Profile("shop", "Shop"), "cafe": Profile("cafe"), "old": Profile("old", "Old")},
        settings=Settings(dimensions=dimensions),
    )


def route(vehicle: str, **lateness: int) -> RouteFigures:
    """Return a route with this many seconds of lateness at each customer."""
    visits = tuple(VisitFigures(key, 0, 0, 0, 0, late, 1.0, 0, (1.0,)) for key, late in lateness.items())
    return RouteFigures(
        id=f"{vehicle}/1", vehicle=vehicle, number=1, label=vehicle, badge="1", colour=0,
        stops=len(visits), cost=1.0, distance_km=1.0, duration_s=0,
        service_s=0, waiting_s=0, start_s=0, end_s=0, load=(1.0,), capacity=(2.0,),
        visits=visits, start_depot="D", end_depot="D", return_km=1.0, return_s=0,
    )  # fmt: skip


def made(by: ColourBy, scenario: Scenario, plan: Plan | None = None, evaluation: Evaluation | None = None) -> Colouring:
    colouring = colouring_of(by, State(scenario, plan or Plan()), evaluation)
    assert colouring is not None
    return colouring


def names(colouring: Colouring) -> dict[str, str]:
    return {key: colouring.classes[place].name for key, place in colouring.place_of.items()}


def test_routes_need_no_classes() -> None:
    assert colouring_of(ColourBy.ROUTE, State(), None) is None


def test_profiles_keep_their_place_when_others_are_empty() -> None:
    customers = (Customer("a", profile="old"), Customer("b", profile="shop"), Customer("c"), Customer("d", profile="?"))
    colouring = made(ColourBy.PROFILE, scenario_of(*customers))
    assert names(colouring) == {"a": "Old", "b": "Shop", "c": "No profile", "d": "No profile"}
    assert [(one.name, one.tone, one.place) for one in colouring.classes] == [
        ("Shop", Tone.CATEGORY, 0),
        ("Old", Tone.CATEGORY, 2),
        ("No profile", Tone.NONE, 0),
    ]
    assert colouring.counts == (1, 1, 2)
    assert colouring.customers(2) == {"c", "d"}


def test_vehicles_are_those_of_the_figures_and_before_there_are_any_those_of_the_plan() -> None:
    scenario = scenario_of(*(Customer(key) for key in "abc"))
    plan = Plan((PlannedRoute("van", ("a",)), PlannedRoute("bike", ("b", "gone"))))
    assert names(made(ColourBy.VEHICLE, scenario, plan)) == {"a": "Van", "b": "bike", "c": NOT_PLANNED}
    newer = Evaluation(routes=(route("van", c=0),))
    assert names(made(ColourBy.VEHICLE, scenario, plan, newer)) == {"a": NOT_PLANNED, "b": NOT_PLANNED, "c": "Van"}


def test_lateness_has_fixed_classes() -> None:
    scenario = scenario_of(*(Customer(key) for key in "abcdef"))
    figures = Evaluation(routes=(route("van", a=0, b=1, c=15 * 60, d=15 * 60 + 1, e=3601),))
    colouring = made(ColourBy.LATENESS, scenario, evaluation=figures)
    tones = {
        key: (colouring.classes[place].tone, colouring.classes[place].place)
        for key, place in colouring.place_of.items()
    }
    assert tones == {
        "a": (Tone.CALM, 0),
        "b": (Tone.ALARM, 0),
        "c": (Tone.ALARM, 0),
        "d": (Tone.ALARM, 1),
        "e": (Tone.ALARM, 2),
        "f": (Tone.NONE, 0),
    }
    assert set(names(made(ColourBy.LATENESS, scenario)).values()) == {NOT_PLANNED}


def test_load_is_in_its_unit_or_where_units_differ_a_share_of_the_largest_vehicle() -> None:
    customers = [Customer(f"c{n}", demand=(float(n), 1.0), pickup=(0.0, 2.0)) for n in range(11)]
    one = made(ColourBy.LOAD, scenario_of(*customers))
    assert "kg" in one.title
    assert one.classes[0].name == "Up to 2"
    assert one.classes[-1].tone is Tone.NONE
    assert one.customers(len(one.classes) - 1) == {"c0"}
    both = made(ColourBy.LOAD, scenario_of(*customers, dimensions=("kg", "m3"), capacity=(100.0, 10.0)))
    assert "%" in both.title
    assert {class_.name for class_ in both.classes} == {"Up to 20"}


def test_windows_are_told_by_when_the_last_one_closes() -> None:
    hours = [9, 9, 10, 12, 14, 16, 18]
    customers = [Customer(f"c{n}", windows=((0, 3600), (7200, hour * 3600 - 60))) for n, hour in enumerate(hours)]
    colouring = made(ColourBy.WINDOW, scenario_of(*customers, Customer("any")))
    named = names(colouring)
    assert named["c0"] == "By 09:00"
    assert named["c6"].startswith("After ")
    assert colouring.classes[colouring.place_of["any"]].tone is Tone.NONE


AMOUNTS = st.floats(0, 1e6) | st.sampled_from([float("nan"), float("inf"), -5.0, 1e-9])


@given(amounts=st.lists(AMOUNTS, max_size=40))
@pytest.mark.parametrize("dimensions", [("kg",), ("kg", "m3")])
def test_more_is_never_in_a_lower_class(amounts: list[float], dimensions: tuple[str, ...]) -> None:
    customers = [Customer(f"c{n}", demand=(amount,)) for n, amount in enumerate(amounts)]
    colouring = made(ColourBy.LOAD, scenario_of(*customers, dimensions=dimensions, capacity=(50.0, 2.0)))
    assert colouring.place_of.keys() == {one.id for one in customers}
    assert all(colouring.counts)
    known = sorted(
        (one.demand[0], colouring.place_of[one.id]) for one in customers if 1e-6 < one.demand[0] < float("inf")
    )
    assert [place for _, place in known] == sorted(place for _, place in known)
    steps = [one for one in colouring.classes if one.tone is Tone.STEP]
    assert len(steps) <= 5
    assert [one.place for one in steps] == sorted({one.place for one in steps})

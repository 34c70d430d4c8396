"""Small scenarios to test with: one by hand, and any by hypothesis."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import strategies as st

from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import (
    Access,
    Customer,
    Depot,
    Profile,
    ProfileRule,
    Scenario,
    Settings,
    Vehicle,
    Zone,
)

HOUR = 3600


def small_scenario() -> Scenario:
    """Two depots, two vehicles, four customers, two profiles and a zone, all of them referring to one another."""
    return Scenario(
        depots={"D1": Depot("D1", "North", 60.20, 24.94), "D2": Depot("D2", "South", 60.15, 24.94)},
        vehicles={
            "bike": Vehicle("bike", "Bike", 2, (50.0,), "D1", "D1", speed=15.0),
            "van": Vehicle("van", "Van", 1, (500.0,), "D2", None, speed=30.0, fixed_cost=20.0, cost_per_hour=18.0),
        },
        customers={
            "C1": Customer("C1", "Aalto", 60.17, 24.93, (10.0,), profile="cafe", windows=((8 * HOUR, 10 * HOUR),)),
            "C2": Customer("C2", "Berg", 60.18, 24.95, (20.0,), service=300, profile="shop"),
            "C3": Customer("C3", "", 60.16, 24.96, (15.0,), (5.0,), required=False, priority=2.0),
            "C4": Customer("C4", "Dahl", 60.19, 24.92, (30.0,)),
        },
        profiles={
            "cafe": Profile("cafe", "Cafés", MappingProxyType({"van": ProfileRule(Access.FORBIDDEN)})),
            "shop": Profile("shop", "Shops", MappingProxyType({"bike": ProfileRule(Access.PREFERRED, 4.0, 1.5)})),
        },
        zones={
            "Z1": Zone("Z1", "Centre", ((60.165, 24.92), (60.165, 24.94), (60.175, 24.94)), frozenset({"van"})),
        },
        settings=Settings(name="Small", dimensions=("kg",)),
    )


def small_state() -> State:
    """The small scenario and a plan that leaves C3 out."""
    return State(small_scenario(), Plan((PlannedRoute("bike", ("C1", "C2")), PlannedRoute("van", ("C4",)))))


_IDS = {"depots": "D", "vehicles": "V", "customers": "C", "profiles": "P", "zones": "Z"}


def _ids(kind: str, least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.integers(1, 6).map(lambda n: f"{_IDS[kind]}{n}"), min_size=least, max_size=5, unique=True)


@st.composite
def states(draw: st.DrawFn) -> State:
    """Any consistent state: references are to items that are there, and no customer is planned twice."""
    depots, vehicles = draw(_ids("depots", 1)), draw(_ids("vehicles", 1))
    profiles, customers, zones = draw(_ids("profiles")), draw(_ids("customers")), draw(_ids("zones"))
    number = st.integers(0, 9).map(float)
    scenario = Scenario(
        depots={key: Depot(key, lat=draw(number), lon=draw(number)) for key in depots},
        vehicles={
            key: Vehicle(
                key, capacity=(9.0,), start_depot=draw(st.sampled_from(depots)),
                end_depot=draw(st.sampled_from([*depots, None])),
            )
            for key in vehicles
        },
        customers={
            key: Customer(key, lat=draw(number), lon=draw(number), profile=draw(st.sampled_from(["", *profiles])))
            for key in customers
        },
        profiles={
            key: Profile(
                key,
                rules=MappingProxyType(
                    {v: ProfileRule(Access.PREFERRED, draw(number)) for v in vehicles if draw(st.booleans())}
                ),
            )
            for key in profiles
        },
        zones={
            key: Zone(
                key,
                ring=((0.0, 0.0), (0.0, 5.0), (5.0, 5.0)),
                forbidden=frozenset(vehicles[:1]),
                hours=MappingProxyType(dict.fromkeys(vehicles[-1:], ((8 * HOUR, 9 * HOUR),))),
            )
            for key in zones
        },
        settings=Settings(dimensions=("kg",)),
    )  # fmt: skip
    stops = draw(st.permutations(customers))
    cut = draw(st.integers(0, len(stops)))
    routes = (PlannedRoute(draw(st.sampled_from(vehicles)), tuple(part)) for part in (stops[:cut], stops[cut + 1 :]))
    return State(scenario, Plan(tuple(route for route in routes if route.stops)))


@st.composite
def busy_states(draw: st.DrawFn) -> State:
    """A plan that is likely to be late, too heavy, forbidden somewhere and incomplete."""
    place = st.integers(0, 20).map(lambda step: 60.0 + step / 100)
    vehicles = {
        key: Vehicle(
            key, key, draw(st.integers(1, 2)), (draw(st.integers(2, 9)) * 1.0,), "D",
            draw(st.sampled_from(["D", None])), (8 * HOUR, draw(st.integers(9, 12)) * HOUR),
            fixed_cost=draw(st.integers(0, 9)), cost_per_km=draw(st.sampled_from([0.5, 1.0])),
            cost_per_hour=draw(st.sampled_from([0.0, 18.0])), max_distance=draw(st.sampled_from([None, 8.0])),
        )
        for key in ("bike", "van", "lorry")
    }  # fmt: skip
    customers = {
        f"C{number}": Customer(
            f"C{number}", "", draw(place), draw(place), (draw(st.integers(0, 4)) * 1.0,),
            service=draw(st.sampled_from([0, 600])), required=draw(st.booleans()), priority=draw(st.integers(0, 3)),
            windows=draw(st.sampled_from([(), ((8 * HOUR, 8 * HOUR + 1200),), ((9 * HOUR, 10 * HOUR),)])),
            profile=draw(st.sampled_from(["", "P"])),
        )
        for number in range(draw(st.integers(1, 8)))
    }  # fmt: skip
    rules = {"van": ProfileRule(Access.FORBIDDEN), "bike": ProfileRule(Access.PREFERRED, 5.0, 2.0)}
    hours = draw(
        st.dictionaries(
            st.sampled_from(list(vehicles)),
            st.sampled_from(
                [((0, 9 * HOUR),), ((8 * HOUR, 9 * HOUR), (10 * HOUR, 11 * HOUR)), ((20 * HOUR, 21 * HOUR),)]
            ),
        )
    )
    square = ((60.0, 60.0), (60.0, 60.12), (60.12, 60.12), (60.12, 60.0))
    scenario = Scenario(
        {"D": Depot("D", lat=60.1, lon=60.1)},
        vehicles,
        customers,
        {"P": Profile("P", rules=MappingProxyType(rules))},
        {"Z": Zone("Z", "Centre", square, hours=MappingProxyType(hours))},
    )
    stops = draw(st.permutations(list(customers)))
    cuts = sorted(draw(st.lists(st.integers(0, len(stops)), min_size=3, max_size=3)))
    parts = (stops[: cuts[0]], stops[cuts[0] : cuts[1]], stops[cuts[1] : cuts[2]])
    routes = (PlannedRoute(draw(st.sampled_from(list(vehicles))), tuple(part)) for part in parts)
    return State(scenario, Plan(tuple(route for route in routes if route.stops)))

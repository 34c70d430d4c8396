"""Sets of customers that a dispatcher speaks of: the late ones, those of a profile, those of a route."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from app.model.evaluation import Evaluation
from app.model.patch import State
from app.model.plan import Plan
from app.model.scenario import Scenario


class Trait(StrEnum):
    """What a customer is, or is not, in the present plan."""

    SERVED = "served"
    UNSERVED = "unserved"
    LATE = "late"
    LOCKED = "locked"
    WINDOWED = "with time windows"
    ANY_TIME = "at any time"

    @property
    def of_plan(self) -> bool:
        """Whether it changes with the plan."""
        return self in (Trait.SERVED, Trait.UNSERVED, Trait.LATE, Trait.LOCKED)


def with_trait(trait: Trait, state: State, evaluation: Evaluation | None) -> frozenset[str]:
    """Return the ids of all customers that have a trait.

    Parameters
    ----------
    trait
        Which.
    state
        Scenario and plan.
    evaluation
        Of the plan; says who is late. None is not known yet, and then nobody is.
    """
    customers = state.scenario.customers
    if trait is Trait.LATE:
        routes = () if evaluation is None else evaluation.routes
        late = (visit.customer for route in routes for visit in route.visits if visit.lateness_s > 0)
        return frozenset(key for key in late if key in customers)
    if trait is Trait.LOCKED:
        return frozenset(state.plan.locks.keys() & customers.keys())
    if trait.of_plan:
        served = state.plan.served & customers.keys()
        return frozenset(served if trait is Trait.SERVED else customers.keys() - served)
    return frozenset(key for key, one in customers.items() if bool(one.windows) is (trait is Trait.WINDOWED))


def of_profiles(scenario: Scenario, profiles: Collection[str]) -> frozenset[str]:
    """Return the ids of all customers that have one of these profiles; "" is that of those who have none."""
    return frozenset(key for key, one in scenario.customers.items() if one.profile in profiles)


def on_routes(plan: Plan, routes: Collection[str]) -> frozenset[str]:
    """Return the ids of all customers on these routes, by the routes' ids; others are passed over."""
    return frozenset(stop for route in plan.routes if route.id in routes for stop in route.stops)


def routes_of(plan: Plan, customers: Collection[str]) -> tuple[str, ...]:
    """Return the ids of all routes that visit one of these customers, in the order of the plan."""
    wanted = frozenset(customers)
    return tuple(route.id for route in plan.routes if not wanted.isdisjoint(route.stops))

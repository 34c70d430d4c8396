"""Planning a part anew: what may change, how firmly the plan is kept as it is, and what is proposed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.language import tr, trn
from app.model.changes import Edit, set_plan
from app.model.difference import PlanDifference, plan_difference
from app.model.evaluation import Evaluation
from app.model.fleet import label_of
from app.model.patch import State
from app.model.plan import Plan
from solver.problem.scope import Scope


class Part(StrEnum):
    """What may change."""

    EVERYTHING = "everything"
    ROUTES = "routes"
    INSERT = "insert"
    ORDER = "order"


FIRMNESS = (0.0, 0.05, 0.15, 0.5, 1.5, 5.0)
"""How firmly a plan is kept as it is, from not at all: shares of what a stop costs on average."""


@dataclass(frozen=True)
class Proposed:
    """A plan that is not in the document, beside the one that is; what several views ask of it is worked out once.

    Parameters
    ----------
    name
        What was asked, such as "Re-plan 2 routes".
    before, was
        The state that it was made for, and its figures.
    plan, will
        What is proposed, and its figures.
    """

    name: str
    before: State
    was: Evaluation
    plan: Plan
    will: Evaluation

    @cached_property
    def after(self) -> State:
        """The state as it would be."""
        return State(self.before.scenario, self.plan)

    @property
    def changes(self) -> bool:
        """Whether any vehicle would have other stops, or in another order."""
        return _tours(self.after.plan) != _tours(self.before.plan)

    @cached_property
    def difference(self) -> PlanDifference:
        """What is different, vehicle by vehicle."""
        return plan_difference(self.before.plan, self.after.plan)

    @property
    def edit(self) -> Edit:
        """The edit that makes it so."""
        return set_plan(self.before, self.plan, self.name)


def scope_of(part: Part, routes: Collection[int]) -> Scope:
    """Return what the engine may change.

    Parameters
    ----------
    part
        What was chosen.
    routes
        Places in the plan; only for `Part.ROUTES`.
    """
    match part:
        case Part.EVERYTHING:
            return Scope.everything()
        case Part.ROUTES:
            return Scope.routes(routes)
        case Part.INSERT:
            return Scope.insert_only()
        case Part.ORDER:
            return Scope.order_only()


def name_of_replan(state: State, part: Part, routes: Collection[int]) -> str:
    """Return what the undo menu calls it; routes as in `scope_of`."""
    match part:
        case Part.EVERYTHING:
            return tr("Re-plan everything")
        case Part.ROUTES:
            if len(routes) == 1:
                return tr("Re-plan {vehicle}", vehicle=label_of(state.scenario, state.plan.routes[min(routes)]))
            return trn("Re-plan {number} route", "Re-plan {number} routes", len(routes))
        case Part.INSERT:
            return tr("Insert unassigned customers")
        case Part.ORDER:
            return tr("Re-order stops within routes")


def keep_weight(plan: Evaluation, firmness: int) -> float:
    """Return what another vehicle for a customer has to save at least.

    Parameters
    ----------
    plan
        Figures of the plan that is to be kept.
    firmness
        A place in `FIRMNESS`.

    Returns
    -------
    float
        In the scenario's currency; 0 where there is nothing to keep.
    """
    stops = sum(route.stops for route in plan.routes)
    costs = plan.costs
    return FIRMNESS[firmness] * (costs.fixed + costs.distance + costs.duration) / stops if stops else 0.0


def _tours(plan: Plan) -> frozenset[tuple[str, tuple[str, ...]]]:
    return frozenset((route.id, route.stops) for route in plan.routes if route.stops)

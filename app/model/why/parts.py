"""What several answers are made of: the parts of a difference of cost, and what an alternative would break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.language import tr
from app.model.evaluation import to_solution
from app.model.moves import Draft
from app.model.patch import State
from app.model.plan import PlannedRoute
from app.model.proposal import Proposal
from app.model.scenario import Scenario
from app.model.violations import PlainViolation, plain_violation
from app.model.why.evidence import Evidence, excess_of, unit_of
from app.model.why.explanation import Bar
from app.model.why.facts import NOW, Measure, Number, Sentence, Unit
from solver.problem import Costs, Problem, Rule, Violation

PARTS = (
    (Measure.FIXED, "fixed", tr("Vehicles")),
    (Measure.DISTANCE_COST, "distance", tr("Distance")),
    (Measure.DURATION_COST, "duration", tr("Time")),
    (Measure.PREFERENCE, "preference", tr("Preferences missed")),
    (Measure.LEFT_OUT, "unserved", tr("Left out")),
)
"""Parts of a cost: what measures each, its name in `solver.problem.Costs`, and what the user reads."""


def state_after(draft: Draft) -> State:
    """Return what a draft leads to."""
    return State(draft.before.scenario, draft.plan)


def parts_between(evidence: Evidence, at: str, minus: str = NOW) -> tuple[Bar, ...]:
    """Return the difference in cost between two states by its parts; those that stay as they are, are left out."""
    made = (Bar(label, evidence.number(measure, at, minus)) for measure, _, label in PARTS)
    return tuple(bar for bar in made if bar.number.value)


def parts_of(costs: Costs, at: str, currency: str) -> tuple[Bar, ...]:
    """Return a difference in cost from now by its parts, where it is known already.

    Parameters
    ----------
    costs
        The difference.
    at
        Name of the state that it leads to.
    currency
        Of the scenario.
    """
    made = ((label, measure, float(getattr(costs, name))) for measure, name, label in PARTS)
    return tuple(
        Bar(label, Number(value, measure, at, NOW, currency=currency)) for label, measure, value in made if value
    )


def change_of_cost(proposal: Proposal, at: str) -> Number:
    """Return what a proposal would change the cost by.

    Parameters
    ----------
    proposal
        For the state that is asked about.
    at
        Name of the state that it leads to.
    """
    currency = proposal.draft.before.scenario.settings.currency
    return Number(proposal.cost, Measure.COST, at, NOW, currency=currency)


def broken_by(proposal: Proposal, at: str) -> tuple[Sentence, ...]:
    """Return what a proposal would break that is not broken now, or more than now."""
    routes = proposal.draft.routes
    scenario = proposal.draft.before.scenario
    return tuple(sentence_of(one, routes, at, scenario) for one in proposal.causes)


def broken_between(evidence: Evidence, at: str, minus: str = NOW, *, would: bool = True) -> tuple[Sentence, ...]:
    """Return what is broken in one state and not in another, or less; routes are told apart by who drives them.

    Parameters
    ----------
    evidence
        Has both.
    at, minus
        Names of the states.
    would
        Whether the first is only what would be, and not the plan as it is.
    """
    routes, problem = evidence.states[at].plan.routes, evidence.problem(at)
    amounts: dict[tuple[object, ...], int] = {}
    for one in evidence.report(minus).violations:
        key = _key(one, evidence.states[minus].plan.routes, evidence.problem(minus))
        amounts[key] = max(one.amount, amounts.get(key, 0))
    worse = (one for one in evidence.report(at).violations if one.amount > amounts.get(_key(one, routes, problem), 0))
    return _said(evidence, at, worse, would=would)


def broken_of_route(evidence: Evidence, at: str) -> tuple[Sentence, ...]:
    """Return what the routes of a state would break, and nothing about customers who are in none of them."""
    of_routes = (one for one in evidence.report(at).violations if one.rule is not Rule.UNSERVED)
    return _said(evidence, at, of_routes, would=True)


def _said(evidence: Evidence, at: str, violations: Iterable[Violation], *, would: bool) -> tuple[Sentence, ...]:
    state, problem = evidence.states[at], evidence.problem(at)
    solution = to_solution(problem, state.plan)
    plain = (plain_violation(state.scenario, problem, solution, one, would=would) for one in violations)
    return tuple(sentence_of(one, state.plan.routes, at, state.scenario) for one in plain)


def _key(one: Violation, routes: Sequence[PlannedRoute], problem: Problem) -> tuple[object, ...]:
    route = routes[one.route].driver if one.route >= 0 else None
    return one.rule, route, problem.clients.ids[one.client] if one.client >= 0 else "", one.dimension


def sentence_of(one: PlainViolation, routes: Sequence[PlannedRoute], at: str, scenario: Scenario) -> Sentence:
    """Return what is broken as a sentence whose number can be checked.

    Parameters
    ----------
    one
        What is broken.
    routes
        Those that its route is one of.
    at
        Name of the state in which it is broken.
    scenario
        That of the state.
    """
    violation, items = one.violation, (("customers", one.customer),) if one.customer else ()
    if violation is None:
        return Sentence(one.text, {}, items)
    unit = unit_of(violation.rule)
    route = routes[one.route].driver if one.route >= 0 else None
    dimension = max(violation.dimension, 0)
    names = scenario.settings.dimensions
    of = names[dimension] if unit is Unit.LOAD and dimension < len(names) else ""
    number = Number(
        excess_of(violation.rule, violation.amount),
        Measure.EXCESS,
        at,
        customer=one.customer,
        route=route,
        dimension=dimension,
        rule=violation.rule.value,
        unit=unit,
        currency=of,
    )
    numbers_said = {"amount": number}
    if violation.rule is Rule.CAPACITY and route is not None:
        room, kind = scenario.vehicles[route[0]].capacity, (route[0], 0)
        capacity = room[dimension] if dimension < len(room) else 0.0
        numbers_said["capacity"] = Number(capacity, Measure.CAPACITY, at, route=kind, dimension=dimension, currency=of)
    return Sentence(one.text, numbers_said, items)


def says_shut_out(proposal: Proposal) -> bool:
    """Whether a proposal would give a customer to somebody who may not serve it."""
    return any(one.violation is not None and one.violation.rule is Rule.NOT_ALLOWED for one in proposal.causes)

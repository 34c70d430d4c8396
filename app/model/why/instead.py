"""What it would be if another customer came next: the rest of the route in another order, and all else as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.language import tr
from app.model.changes import Edit
from app.model.fleet import labels
from app.model.moves import lay_out
from app.model.patch import State
from app.model.plan import Lock
from app.model.prices import NOTHING
from app.model.proposal import Pricing, Proposal
from app.model.why.explanation import Verdict
from app.model.why.facts import NOW, Measure, Number, Sentence, say
from app.model.why.parts import broken_by, change_of_cost, state_after
from app.model.why.standing import Items, Standing
from solver.problem import ANY, Problem, Rule


@dataclass(frozen=True, slots=True)
class Instead:
    """Another customer who comes next, and how the route would go on.

    Parameters
    ----------
    customer, name
        Id, and what the user reads.
    at
        Name of the evidence.
    proposal
        What it would change.
    unlocked
        What is locked and would not be where it is locked, as sentences.
    """

    customer: str
    name: str
    at: str
    proposal: Proposal
    unlocked: tuple[Sentence, ...]

    @property
    def broken(self) -> tuple[Sentence, ...]:
        """What would be broken that is not broken now, or more than now."""
        return (*self.unlocked, *broken_by(self.proposal, self.at))

    @property
    def edits(self) -> tuple[Edit, Edit]:
        """What makes it so, without and with a lock that keeps it so."""
        draft = self.proposal.draft
        locked = tr("Drive to {customer} next and lock it there", customer=self.name)
        return draft.edit, draft.held_edit._replace(name=locked)

    @property
    def rank(self) -> tuple[int, int, float]:
        """Smaller is better: nothing broken first, then in time, then cheap."""
        causes, lateness, cost = self.proposal.rank
        return len(self.unlocked) + causes, lateness, cost

    @property
    def state(self) -> State:
        """The state that it leads to."""
        return state_after(self.proposal.draft)

    @property
    def items(self) -> Items:
        """What is selected to see it."""
        return (("customers", self.customer),)


def instead(
    standing: Standing, pricing: Pricing, bound: Problem, customer: str, stops: Sequence[str], *, named: str = ""
) -> Instead:
    """Return what it would be if a customer came next.

    Parameters
    ----------
    standing
        Where the vehicle stands.
    pricing
        Of the state.
    bound
        What its scenario compiles to, with its locks.
    customer
        Id.
    stops
        All stops of the route as it would be. Whoever is in another route leaves it.
    named
        Name of the evidence; one of the customer when not given.

    Raises
    ------
    EditRefusedError
        If something that has been driven would change.
    """
    name = standing.name(customer)
    moved = (customer, *(stop for stop in stops if stop not in standing.stops and stop != customer))
    draft = lay_out(standing.state, moved, standing.index, stops, Lock.PLACE)
    draft = replace(draft, name=tr("Drive to {customer} next", customer=name))
    proposal = pricing.proposal(draft)
    unlocked = tuple(_unlocked(standing, bound, proposal))
    return Instead(customer, name, named or f"{customer} next", proposal, unlocked)


def _unlocked(standing: Standing, bound: Problem, proposal: Proposal) -> list[Sentence]:
    """Return who would not be where a lock holds it now; a lock goes along with a stop that is moved by hand."""
    state, locks = standing.state, bound.locks
    if not state.plan.locks:
        return []
    client = {key: one for one, key in enumerate(bound.clients.ids)}
    kind = {key: one for one, key in enumerate(bound.vehicles.ids)}
    made = []
    routes = proposal.draft.routes
    for route, before in zip(routes, [*state.plan.routes, *routes], strict=False):
        if route.stops == before.stops:
            continue
        vehicle = int(bound.vehicles.first_vehicle[kind[route.vehicle]]) + route.number - 1
        for place, stop in enumerate(route.stops):
            one = client[stop]
            if locks.vehicle[one] not in (ANY, vehicle) or locks.position[one] not in (ANY, place):
                text = tr("{customer} would not be where it is locked.")
                made.append(say(text, (("customers", stop),), customer=standing.name(stop)))
    return made


def change_of(one: Instead, measure: Measure) -> Number:
    """Return by how much cost, distance or duration of the plan would change."""
    proposal = one.proposal
    if measure is Measure.COST:
        return change_of_cost(proposal, one.at)
    value = proposal.distance_km if measure is Measure.DISTANCE else proposal.duration_s
    return Number(value, measure, one.at, NOW)


def verdict_on(one: Instead) -> Verdict:
    """Return what comes of it; to mend something is better whatever it costs."""
    if one.broken:
        return Verdict.INFEASIBLE
    cost = one.proposal.cost
    if one.proposal.cures or cost < -NOTHING:
        return Verdict.BETTER
    return Verdict.SAME if cost < NOTHING else Verdict.WORSE


def broken_first(one: Instead, rules: Collection[Rule]) -> tuple[Sentence, ...]:
    """Return what it would break, some rules before the others."""

    def late(sentence: Sentence) -> bool:
        return not any(number.rule in rules for number in sentence.numbers.values())

    return tuple(sorted(one.broken, key=late))


def effect_of(one: Instead, rules: Collection[Rule] = ()) -> Sentence:
    """Return what it would break, some rules before the others, or else cost."""
    cost = change_of(one, Measure.COST)
    if one.broken:
        first = broken_first(one, rules)[0]
        values = {"other": one.name, "broken": first.text}
        if cost.value < -NOTHING:
            text = tr("With {other} next the plan would cost {cost} less, but a rule would be broken: {broken}")
            said = say(text, one.items, cost=cost, **values)
        else:
            said = say(tr("With {other} next a rule would be broken: {broken}"), one.items, **values)
        return replace(said, numbers={**said.numbers, **first.numbers})
    if one.proposal.cures:
        text = tr("With {other} next less would be broken, and the cost of the plan would change by {cost:+}.")
    elif cost.value < -NOTHING:
        text = tr("With {other} next the plan would cost {cost} less.")
    elif cost.value < NOTHING:
        return say(tr("With {other} next the plan would cost the same."), one.items, other=one.name)
    else:
        text = tr("With {other} next the plan would cost {cost} more.")
    return say(text, one.items, other=one.name, cost=cost)


def comes_from(standing: Standing, one: Instead) -> list[Sentence]:
    """Return what happens to the route that a customer would leave; nothing where it is on this one already."""
    if one.customer in standing.stops:
        return []
    plan = standing.state.plan
    for route, vehicle in zip(plan.routes, labels(standing.state), strict=True):
        if one.customer in route.stops:
            text = tr("{other} would leave {vehicle}, which goes on as it does now.")
            return [say(text, one.items, other=one.name, vehicle=vehicle)]
    return [say(tr("{other} is left out now and would be served."), one.items, other=one.name)]

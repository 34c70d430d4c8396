"""The states that an explanation speaks of, and the numbers that are measured of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.model.compile import LOAD_SCALE
from app.model.difference import plan_difference
from app.model.evaluation import overruled, to_solution
from app.model.gaps import without_gaps, without_gaps_of
from app.model.locks import with_plan
from app.model.patch import State
from app.model.why.facts import NOW, Measure, Number, Unit
from app.model.why.questions import Route
from solver.problem import OPEN, Problem, Report, RouteReport, Rule, Visit, check, check_route

EXCESS_UNITS = {
    Rule.CAPACITY: Unit.LOAD,
    Rule.TIME_WINDOW: Unit.SPAN,
    Rule.SHIFT: Unit.SPAN,
    Rule.DEPOT_HOURS: Unit.SPAN,
    Rule.MAX_DURATION: Unit.SPAN,
    Rule.MAX_DISTANCE: Unit.KM,
}
"""What the amounts of violations are shown as; all others are counts."""

_SCALES = {Unit.LOAD: LOAD_SCALE, Unit.KM: 1000}


def unit_of(rule: Rule | None) -> Unit:
    """Return what the amounts of a rule's violations are shown as."""
    return Unit.COUNT if rule is None else EXCESS_UNITS.get(rule, Unit.COUNT)


def excess_of(rule: Rule | None, amount: int) -> float:
    """Return the amount of a rule's violation in the user's unit."""
    return amount / _SCALES.get(unit_of(rule), 1)


class Evidence:
    """Measures states; each is evaluated once, by `solver.problem.check`.

    Parameters
    ----------
    state
        The one that a question is asked about, `app.model.why.facts.NOW`.
    problem
        What its scenario compiles to, without locks.
    report
        What `report_of` says of it, where that is known already.
    """

    def __init__(self, state: State, problem: Problem, report: Report | None = None) -> None:
        self._states: dict[str, State] = {}
        self._problems: dict[str, Problem] = {}
        self._reports: dict[str, Report] = {}
        self._alone: dict[tuple[str, int], RouteReport] = {}  # of routes by their places
        self.add(NOW, state, problem, report)

    @property
    def states(self) -> Mapping[str, State]:
        """All states by name."""
        return dict(self._states)

    def add(self, name: str, state: State, problem: Problem | None = None, report: Report | None = None) -> None:
        """Add a state.

        Parameters
        ----------
        name
            As numbers will name it.
        state
            The state.
        problem
            What its scenario compiles to, without locks; that of `NOW` where its scenario is the same.
        report
            What `report_of` says of it, where that is known already.
        """
        self._forget(name)
        self._states[name] = state
        self._problems[name] = self._problems[NOW] if problem is None else problem
        if report is not None:
            self._reports[name] = report

    def drop(self, name: str) -> None:
        """Forget a state that no number is measured of."""
        self._forget(name)
        del self._states[name], self._problems[name]

    def _forget(self, name: str) -> None:
        """Forget what has been evaluated of a state."""
        self._reports.pop(name, None)
        self._alone = {key: report for key, report in self._alone.items() if key[0] != name}

    def problem(self, name: str = NOW) -> Problem:
        """Return what the scenario of a state compiles to, without locks."""
        return self._problems[name]

    def report(self, name: str = NOW) -> Report:
        """Return what `check` says of a state, and who is locked to a vehicle that may not serve it."""
        if name not in self._reports:
            self._reports[name] = report_of(self._states[name], self._problems[name])
        return self._reports[name]

    def number(
        self,
        measure: Measure,
        at: str = NOW,
        minus: str | None = None,
        *,
        customer: str = "",
        route: Route | None = None,
        dimension: int = 0,
        rule: Rule | None = None,
    ) -> Number:
        """Measure something; see `app.model.why.facts.Number` for the parameters.

        Raises
        ------
        KeyError
            If a customer is not served, or a vehicle does not drive, where that is measured.
        """
        if measure in (Measure.MOVED, Measure.SHIFTED) and minus is not None:
            return Number(self._between(measure, at, minus), measure, at, minus)

        def value(name: str) -> float:
            return self._value(measure, name, customer, route, dimension, rule)

        settings = self._states[at].scenario.settings
        unit = unit_of(rule) if measure is Measure.EXCESS else measure.unit
        names = settings.dimensions
        of = (names[dimension] if dimension < len(names) else "") if unit is Unit.LOAD else settings.currency
        return Number(
            value(at) - (value(minus) if minus is not None else 0.0),
            measure,
            at,
            minus,
            customer,
            route,
            dimension,
            rule.value if rule is not None else "",
            unit if measure is Measure.EXCESS else None,
            of if unit in (Unit.LOAD, Unit.MONEY) else "",
        )

    def _value(
        self, measure: Measure, name: str, customer: str, route: Route | None, dimension: int, rule: Rule | None
    ) -> float:
        if measure in _OF_SCENARIO:
            return self._of_scenario(measure, name, customer, route, dimension)
        if measure in _OF_STOPS:
            return _of_stop(measure, self._visit(name, customer))
        if measure is Measure.EXCESS:
            return self._excess(name, customer, route, dimension, rule)
        if route is not None:
            return _of_route(measure, self._route(name, route), dimension)
        return _of_plan(measure, self.report(name))

    def _between(self, measure: Measure, at: str, minus: str) -> float:
        before, after = self._states[minus].plan, self._states[at].plan
        difference = plan_difference(before, after)
        if measure is Measure.MOVED:
            return len(difference.moved & before.served & after.served)
        return sum(len(route.shifted) for route in difference.routes)

    def _route(self, name: str, route: Route) -> RouteReport:
        for index, planned in enumerate(self._states[name].plan.routes):
            if planned.driver == route:
                return self._report_of(name, index)
        raise KeyError(route)

    def _visit(self, name: str, customer: str) -> Visit:
        for index, route in enumerate(self._states[name].plan.routes):
            if customer in route.stops:
                return self._report_of(name, index).visits[route.stops.index(customer)]
        raise KeyError(customer)

    def _report_of(self, name: str, index: int) -> RouteReport:
        """Return what one route does: to walk it alone is enough where the whole plan has not been checked."""
        if name in self._reports:
            return self._reports[name].routes[index]
        if (name, index) not in self._alone:
            problem, state = self._problems[name], self._states[name]
            alone = replace(state.plan, routes=(state.plan.routes[index],))
            (route,) = to_solution(problem, alone).routes
            self._alone[name, index] = without_gaps_of(problem, *check_route(problem, route))[0]
        return self._alone[name, index]

    def _excess(self, name: str, customer: str, route: Route | None, dimension: int, rule: Rule | None) -> float:
        """Return the largest amount of the violations of a rule that are about a customer, or a route, or anything."""
        problem, plan = self._problems[name], self._states[name].plan
        client = problem.clients.ids.index(customer) if customer else -1
        amounts = [
            one.amount
            for one in self.report(name).violations
            if one.rule is rule
            and (not customer or one.client == client)
            and (route is None or (one.route >= 0 and plan.routes[one.route].driver == route))
            and (rule is not Rule.CAPACITY or one.dimension == dimension)
        ]
        return excess_of(rule, max(amounts, default=0))

    def _of_scenario(self, measure: Measure, name: str, customer: str, route: Route | None, dimension: int) -> float:
        problem = self._problems[name]
        clients, vehicles = problem.clients, problem.vehicles
        if customer:
            c = clients.ids.index(customer)
            # Zones may have hours for some vehicles; where none is asked about, it counts when any may come.
            windows = problem.windows_of(vehicles.ids.index(route[0]))[c] if route is not None else clients.windows[c]
            match measure:
                case Measure.OPENS:
                    return float(windows[..., 0].min())
                case Measure.CLOSES:
                    return float(windows[..., 1].max())
                case Measure.PRIZE:
                    return float(clients.prize[c]) * problem.objective.unserved
                case _:
                    return max(float(clients.delivery[c, dimension]), float(clients.pickup[c, dimension])) / LOAD_SCALE
        assert route is not None
        k = vehicles.ids.index(route[0])
        match measure:
            case Measure.CAPACITY:
                return float(vehicles.capacity[k, dimension]) / LOAD_SCALE
            case Measure.SHIFT_END:
                return float(vehicles.shift_end[k])
            case Measure.DEPOT_CLOSES:
                ends = int(vehicles.end_depot[k])
                return float(problem.depots.closing[int(vehicles.start_depot[k]) if ends == OPEN else ends])
            case Measure.MAX_DISTANCE:
                return float(vehicles.max_distance[k]) / 1000
            case Measure.MAX_DURATION:
                return float(vehicles.max_duration[k])
            case _:
                return float(vehicles.count[k])


def report_of(state: State, problem: Problem) -> Report:
    """Return what `check` says of a state, and who is locked to a vehicle that may not serve it.

    Parameters
    ----------
    state
        The state; its plan keeps to its own locks.
    problem
        What its scenario compiles to, without locks.
    """
    plan = state.plan
    bound, solution = with_plan(problem, plan), to_solution(problem, plan)
    report = without_gaps(bound, check(bound, solution))
    more = tuple(overruled(bound, solution, problem)) if plan.locks else ()
    return replace(report, violations=(*report.violations, *more)) if more else report


_OF_SCENARIO = frozenset(
    {
        Measure.OPENS,
        Measure.CLOSES,
        Measure.DEMAND,
        Measure.PRIZE,
        Measure.CAPACITY,
        Measure.SHIFT_END,
        Measure.DEPOT_CLOSES,
        Measure.MAX_DISTANCE,
        Measure.MAX_DURATION,
        Measure.COUNT,
    }
)

_OF_STOPS = frozenset(
    {
        Measure.ARRIVAL,
        Measure.START,
        Measure.STOP_WAITING,
        Measure.STOP_LATENESS,
        Measure.LEG_DISTANCE,
        Measure.LEG_DURATION,
    }
)


def _of_stop(measure: Measure, visit: Visit) -> float:
    match measure:
        case Measure.ARRIVAL:
            return visit.arrival
        case Measure.START:
            return visit.start
        case Measure.STOP_WAITING:
            return visit.waiting
        case Measure.STOP_LATENESS:
            return visit.lateness
        case Measure.LEG_DISTANCE:
            return visit.travel_distance / 1000
        case _:
            return visit.travel_duration


def _of_route(measure: Measure, route: RouteReport, dimension: int) -> float:
    match measure:
        case Measure.END:
            return route.end
        case Measure.LOAD:
            return route.peak_load[dimension] / LOAD_SCALE
        case Measure.RETURN_DISTANCE:
            return route.trips[-1].return_distance / 1000
        case Measure.RETURN_DURATION:
            return route.trips[-1].return_duration
    return _summed(measure, Report(route.costs, (route,), (), ()))


def _of_plan(measure: Measure, report: Report) -> float:
    match measure:
        case Measure.LEFT_OUT:
            return report.costs.unserved
        case Measure.UNSERVED:
            return len(report.unserved)
        case Measure.BROKEN:
            return len(report.violations)
    return _summed(measure, report)


def _summed(measure: Measure, report: Report) -> float:
    costs, routes = report.costs, report.routes
    match measure:
        case Measure.COST:
            return costs.total
        case Measure.FIXED:
            return costs.fixed
        case Measure.DISTANCE_COST:
            return costs.distance
        case Measure.DURATION_COST:
            return costs.duration
        case Measure.PREFERENCE:
            return costs.preference
        case Measure.DISTANCE:
            return report.distance / 1000
        case Measure.DURATION:
            return report.duration
        case Measure.DRIVING:
            return report.duration - sum(route.service + route.waiting for route in routes)
        case Measure.WAITING:
            return sum(route.waiting for route in routes)
        case Measure.LATENESS:
            return sum(visit.lateness for route in routes for visit in route.visits)
        case Measure.STOPS:
            return sum(len(route.visits) for route in routes)
        case Measure.VEHICLES:
            return sum(1 for route in routes if route.visits)
    raise ValueError(f"{measure.value} is not a measure of a plan")

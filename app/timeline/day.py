"""What the timeline shows, as numbers: a lane for each route, made from the figures that everything else shows too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.edits.selection import ROUTES, Item
from app.model.evaluation import Evaluation, RouteFigures
from app.model.scenario import Customer, Scenario, Vehicle
from app.model.violations import name_of
from app.model.zone_hours import ZoneHours
from app.timeline.bars import Bars, Spans, no_spans
from app.timeline.windows import Windows, cut_windows

UNUSED = -1
"""The colour of vehicles that are in no route of the plan."""

CUSTOMERS, VEHICLES = "customers", "vehicles"
"""The kinds of a stop and of an unused vehicle, as in `app.edits.selection`."""

Place = tuple[int, int | None]
"""A lane and one of its stops; None is the lane itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """One vehicle's day, or the vehicles of a type that stay at home.

    Parameters
    ----------
    colour
        Place of its route in the palette, or `UNUSED`.
    label
        What the vehicle is called.
    item
        What is selected by a click on the lane: its route, or the type of the vehicles.
    vehicle, customers
        As they are in the scenario, customers in the order of the visits, with the windows that the vehicle finds;
        None where one is gone since.
    figures
        Of the route; None for unused vehicles.
    spare
        How many unused vehicles there are.
    driving, waiting, service
        When it does what; ``service`` has a row for each visit.
    late
        From the end of a window to the begin of a service that comes after it, and what is beyond the shift.
    overtime
        Seconds beyond the shift.
    past
        From when the vehicle left to when it had done what has been driven already.
    depots
        When the vehicle leaves its depot and when it is back; no begin differs from its end.
    windows
        Of the visits, each cut to the time around its visit.
    """

    colour: int
    label: str
    item: Item
    vehicle: Vehicle | None
    figures: RouteFigures | None = None
    spare: int = 0
    customers: tuple[Customer | None, ...] = ()
    driving: Spans = field(default_factory=no_spans)
    waiting: Spans = field(default_factory=no_spans)
    service: Spans = field(default_factory=no_spans)
    late: Spans = field(default_factory=no_spans)
    overtime: int = 0
    past: Spans = field(default_factory=no_spans)
    depots: Spans = field(default_factory=no_spans)
    windows: Windows = field(default_factory=Windows)

    @classmethod
    def of(cls, route: RouteFigures, scenario: Scenario, hours: ZoneHours, before: Lane | None = None) -> Lane:
        """Lay out a route.

        Parameters
        ----------
        route
            Its figures.
        scenario
            Has names, windows and shifts; it may be newer than the figures.
        hours
            Of its zones.
        before
            A lane that is returned as it is when it shows the same.
        """
        vehicle = scenario.vehicles.get(route.vehicle)
        there = (scenario.customers.get(visit.customer) for visit in route.visits)
        customers = tuple(one and hours.found(one, route.vehicle) for one in there)
        if before is not None and before._shows(route, vehicle, customers):
            return before
        visits = route.visits
        times = np.array(
            [
                (one.arrival_s - one.leg_s, one.arrival_s, one.start_s, one.departure_s, one.lateness_s)
                for one in visits
            ],
            dtype=np.float64,
        ).reshape(-1, 5)
        leaves, arrives, starts, departs, lateness = times.T
        driving = times[:, 0:2]
        if route.return_s:
            driving = np.vstack([driving, [(route.end_s - route.return_s, route.end_s)]])
        late = np.column_stack([starts - lateness, starts])[lateness > 0]
        overtime = max(route.end_s - vehicle.shift[1], 0) if vehicle is not None else 0
        if overtime:
            late = np.vstack([late, [(max(route.end_s - overtime, route.start_s), route.end_s)]])
        done = [(route.start_s, visits[route.driven - 1].departure_s)] if route.driven else []
        at_depot = [route.start_s] if route.end_depot is None else [route.start_s, route.end_s]
        return cls(
            route.colour,
            route.label,
            (ROUTES, route.id),
            vehicle,
            route,
            customers=customers,
            driving=driving,
            waiting=times[starts > arrives, 1:3],
            service=times[:, 2:4],
            late=late,
            overtime=overtime,
            past=np.array(done, dtype=np.float64).reshape(-1, 2),
            depots=np.repeat(np.array(at_depot, dtype=np.float64)[:, None], 2, axis=1),
            windows=cut_windows(customers, leaves, arrives, departs, route.end_s),
        )

    def item_at(self, stop: int | None) -> Item:
        """Return what is selected by a click on one of its stops, or on none."""
        if stop is None or self.figures is None:
            return self.item
        return (CUSTOMERS, self.figures.visits[stop].customer)

    @property
    def middles(self) -> NDArray[np.float64]:
        """When each service is half done, seconds since midnight: there the stop's number stands."""
        middles: NDArray[np.float64] = self.service.sum(axis=1) / 2
        return middles

    def __len__(self) -> int:
        """Return the number of stops."""
        return len(self.service)

    def _shows(self, route: RouteFigures, vehicle: Vehicle | None, customers: tuple[Customer | None, ...]) -> bool:
        return (
            self.vehicle is vehicle
            and len(self.customers) == len(customers)
            and all(one is other or one == other for one, other in zip(self.customers, customers, strict=True))
            and self.figures == route
        )


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """All lanes.

    Parameters
    ----------
    lanes
        Routes with stops in the order of the plan, then, if they are wanted, the types of vehicles that are left.
    place
        Lane and stop of each item that is shown; the stop of a route or a vehicle is None.
    driving, waiting, service, late, past, depots, windows
        Of all lanes.
    real
        Of all windows, see `app.timeline.windows.Windows`.
    begin, end
        When the first vehicle leaves and the last is done, seconds since midnight; the shifts where all are unused.
    """

    lanes: tuple[Lane, ...] = ()
    place: dict[Item, Place] = field(default_factory=dict)
    driving: Bars = field(default_factory=Bars)
    waiting: Bars = field(default_factory=Bars)
    service: Bars = field(default_factory=Bars)
    late: Bars = field(default_factory=Bars)
    past: Bars = field(default_factory=Bars)
    depots: Bars = field(default_factory=Bars)
    windows: Bars = field(default_factory=Bars)
    real: NDArray[np.bool_] = field(default_factory=lambda: np.empty((0, 2), dtype=bool))
    begin: float = 0.0
    end: float = 0.0

    @classmethod
    def of(cls, evaluation: Evaluation, scenario: Scenario, before: Day | None = None, *, unused: bool = False) -> Day:
        """Lay out a plan.

        Parameters
        ----------
        evaluation
            Its figures.
        scenario
            Has names, windows and shifts.
        before
            What was shown last: lanes that are still true are taken from it.
        unused
            Whether there is a lane for each type of which vehicles stay at home.
        """
        kept = {lane.item: lane for lane in before.lanes} if before is not None else {}
        used = [route for route in evaluation.routes if route.stops]
        hours = ZoneHours(scenario)
        lanes = [Lane.of(route, scenario, hours, kept.get((ROUTES, route.id))) for route in used]
        if unused:
            lanes += _unused(used, scenario)
        place: dict[Item, Place] = {}
        for row, lane in enumerate(lanes):
            place[lane.item] = (row, None)
            visits = lane.figures.visits if lane.figures is not None else ()
            place.update(((CUSTOMERS, visit.customer), (row, stop)) for stop, visit in enumerate(visits))
        times = [(lane.figures.start_s, lane.figures.end_s) for lane in lanes if lane.figures is not None]
        times = times or [lane.vehicle.shift for lane in lanes if lane.vehicle is not None]
        begin, end = min((one[0] for one in times), default=0), max((one[1] for one in times), default=0)
        if not lanes:
            return cls()
        return cls(
            tuple(lanes),
            place,
            driving=Bars.of(lane.driving for lane in lanes),
            waiting=Bars.of(lane.waiting for lane in lanes),
            service=Bars.of(lane.service for lane in lanes),
            late=Bars.of(lane.late for lane in lanes),
            past=Bars.of(lane.past for lane in lanes),
            depots=Bars.of(lane.depots for lane in lanes),
            windows=Bars.of(lane.windows.spans for lane in lanes),
            real=np.concatenate([lane.windows.real for lane in lanes]),
            begin=begin,
            end=end,
        )


def _unused(used: Sequence[RouteFigures], scenario: Scenario) -> list[Lane]:
    """Return a lane for each type of which some vehicles have no stops."""
    busy = Counter(route.vehicle for route in used)
    return [
        Lane(UNUSED, name_of(scenario.vehicles, key), (VEHICLES, key), vehicle, spare=vehicle.count - busy[key])
        for key, vehicle in scenario.vehicles.items()
        if vehicle.count > busy[key]
    ]

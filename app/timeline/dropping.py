"""Where stops that are dragged over the timeline would go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.edits.selection import ROUTES
from app.model.drops import BestPlace, Destination, Exactly, NewRoute, Seen
from app.timeline.axis import TimeAxis
from app.timeline.day import VEHICLES, Day, Lane
from app.timeline.hit import hit_at
from app.timeline.rows import Rows


@dataclass(frozen=True, slots=True)
class DropMark:
    """What shows where stops would be dropped.

    Parameters
    ----------
    row
        The lane.
    gap
        How many of its stops come before; None is the whole lane.
    """

    row: int
    gap: int | None = None


def destination_at(
    day: Day, axis: TimeAxis, rows: Rows, px: float, py: float, moved: Collection[str]
) -> Destination | None:
    """Return the best place in the route of the stop at a pixel, else the place between the stops beside it.

    Parameters
    ----------
    day, axis, rows
        What is shown, and where.
    px, py
        Logical pixels from the left and the upper edge of the lanes.
    moved
        Ids of those who are dragged; their own bars count as a place between stops.
    """
    hit = hit_at(day, axis, rows, px, py)
    if hit is None:
        return None
    lane = day.lanes[hit.row]
    if lane.figures is None:
        return NewRoute(lane.item[1])
    if hit.stop is not None and lane.figures.visits[hit.stop].customer not in moved:
        return BestPlace(seen(lane))
    return Exactly(seen(lane), hit.gap)


def destination_beside(day: Day, rows: Rows, py: float) -> Destination | None:
    """Return the best place in the route whose name is at a pixel, or a new route of a vehicle that is at home."""
    row = rows.at(py)
    if row is None:
        return None
    lane = day.lanes[row]
    return NewRoute(lane.item[1]) if lane.figures is None else BestPlace(seen(lane))


def mark_of(day: Day, destination: Destination | None) -> DropMark | None:
    """Return what marks a destination; nothing where the day does not show it."""
    match destination:
        case Exactly(route) | BestPlace(route):
            row = day.place.get((ROUTES, route.id), (None, None))[0]
            if row is None or seen(day.lanes[row]) != route:
                return None
            return DropMark(row, destination.position if isinstance(destination, Exactly) else None)
        case NewRoute(vehicle) if (VEHICLES, vehicle) in day.place:
            return DropMark(day.place[VEHICLES, vehicle][0])
        case _:
            return None


def seen(lane: Lane) -> Seen:
    """Return the route of a lane as it is drawn."""
    visits = lane.figures.visits if lane.figures is not None else ()
    return Seen(lane.item[1], tuple(visit.customer for visit in visits))

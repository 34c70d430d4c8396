"""What the timeline says of a stop, and of a route, in words."""

from __future__ import annotations

from app.language import tr, trn
from app.model.locks import TITLES
from app.model.units import clock, span
from app.timeline.day import Lane


def stop_text(lane: Lane, stop: int) -> str:
    """Return when a stop is served, and how that fits its windows, in a few lines."""
    assert lane.figures is not None
    visit, customer = lane.figures.visits[stop], lane.customers[stop]
    name = customer.name if customer is not None and customer.name else visit.customer
    windows = customer.windows if customer is not None else ()
    arrival = clock(visit.arrival_s)
    lines = [
        f"{stop + 1}  {name}",
        tr("Arrives {time}, waits {span}", time=arrival, span=span(visit.waiting_s))
        if visit.waiting_s
        else tr("Arrives {time}", time=arrival),
        tr("Served {start} – {end}", start=clock(visit.start_s), end=clock(visit.departure_s)),
    ]
    if windows:
        hours = ", ".join(f"{clock(early)} – {clock(late)}" for early, late in windows)
        lines.append(trn("Window {hours}", "Windows {hours}", len(windows), hours=hours))
    if visit.lateness_s:
        lines.append(tr("{span} too late", span=span(visit.lateness_s)))
    else:
        spare = [late - visit.start_s for early, late in windows if early <= visit.start_s <= late]
        lines += [tr("{span} to spare", span=span(one)) for one in spare]
    if visit.lock is not None:
        lines.append(TITLES[visit.lock])
    return "\n".join(lines)


def route_text(lane: Lane, dimensions: tuple[str, ...], source: str = "") -> str:
    """Return what a vehicle does, in a few lines; the last says where distances and times come from."""
    route = lane.figures
    lines = [lane.label]
    if lane.vehicle is not None:
        start, end = map(clock, lane.vehicle.shift)
        lines.append(tr("Shift {start} – {end}", start=start, end=end))
    if route is None:
        return "\n".join([*lines, tr("Not used")])
    start, end, far = clock(route.start_s), clock(route.end_s), f"{route.distance_km:.1f} km"
    lines.insert(1, tr("Out {start} – {end}, {distance}", start=start, end=end, distance=far))
    lines.append(
        tr(
            "Driving {driving}, service {service}, waiting {waiting}",
            driving=span(route.driving_s),
            service=span(route.service_s),
            waiting=span(route.waiting_s),
        )
    )
    for name, load, room in zip(dimensions, route.load, route.capacity, strict=False):
        lines.append(tr("{dimension}: {load} of {room}", dimension=name, load=f"{load:g}", room=f"{room:g}"))
    if lane.overtime:
        lines.append(tr("Ends {span} after its shift", span=span(lane.overtime)))
    if source:
        lines.append(source)
    return "\n".join(lines)

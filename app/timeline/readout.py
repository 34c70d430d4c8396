"""What the timeline says of a stop, and of a route, in words."""

from __future__ import annotations

from app.model.locks import NAMES
from app.model.units import clock, span
from app.timeline.day import Lane


def stop_text(lane: Lane, stop: int) -> str:
    """Return when a stop is served, and how that fits its windows, in a few lines."""
    assert lane.figures is not None
    visit, customer = lane.figures.visits[stop], lane.customers[stop]
    name = customer.name if customer is not None and customer.name else visit.customer
    windows = customer.windows if customer is not None else ()
    arrives = f"Arrives {clock(visit.arrival_s)}"
    if visit.waiting_s:
        arrives += f", waits {span(visit.waiting_s)}"
    lines = [f"{stop + 1}  {name}", arrives, f"Served {clock(visit.start_s)} – {clock(visit.departure_s)}"]
    if windows:
        plural = "s" if len(windows) > 1 else ""
        lines.append(f"Window{plural} " + ", ".join(f"{clock(early)} – {clock(late)}" for early, late in windows))
    if visit.lateness_s:
        lines.append(f"{span(visit.lateness_s)} too late")
    else:
        spare = [late - visit.start_s for early, late in windows if early <= visit.start_s <= late]
        lines += [f"{span(one)} to spare" for one in spare]
    if visit.lock is not None:
        lines.append(NAMES[visit.lock].capitalize())
    return "\n".join(lines)


def route_text(lane: Lane, dimensions: tuple[str, ...]) -> str:
    """Return what a vehicle does, in a few lines."""
    route = lane.figures
    lines = [lane.label]
    if lane.vehicle is not None:
        lines.append(f"Shift {clock(lane.vehicle.shift[0])} – {clock(lane.vehicle.shift[1])}")
    if route is None:
        return "\n".join([*lines, "Not used"])
    lines.insert(1, f"Out {clock(route.start_s)} – {clock(route.end_s)}, {route.distance_km:.1f} km")
    lines.append(f"Driving {span(route.driving_s)}, service {span(route.service_s)}, waiting {span(route.waiting_s)}")
    for name, load, room in zip(dimensions, route.load, route.capacity, strict=False):
        lines.append(f"{name}: {load:g} of {room:g}")
    if lane.overtime:
        lines.append(f"Ends {span(lane.overtime)} after its shift")
    return "\n".join(lines)

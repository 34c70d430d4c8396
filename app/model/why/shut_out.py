"""What keeps a vehicle from a customer: the rule of its profile, or zones around it."""

from __future__ import annotations

import numpy as np

from app.model.scenario import Access, Profile, Scenario, TravelSource, Zone
from app.model.zone_hours import ZoneHours
from app.model.zones import inside


def shut_out_by(scenario: Scenario, customer: str, vehicle: str) -> tuple[Profile | None, list[Zone]]:
    """Return the profile that forbids a vehicle, if one does, and the zones that it may not enter for a customer.

    A zone that is never open while the customer is, is one of them.

    Parameters
    ----------
    scenario
        The scenario.
    customer, vehicle
        Ids, of a vehicle type.
    """
    one = scenario.customers[customer]
    profile = scenario.profiles.get(one.profile)
    if profile is not None and profile.rule(vehicle).access is not Access.FORBIDDEN:
        profile = None
    plane = scenario.settings.travel is TravelSource.PLANE
    point = np.array([[one.lat, one.lon]])
    zones = [
        zone
        for zone in scenario.zones.values()
        if vehicle in zone.forbidden and len(zone.ring) > 2 and bool(inside(zone.ring, point, plane)[0])
    ]
    hours = ZoneHours(scenario, [one])
    closing = hours.closing(one, vehicle)
    if closing is not None and closing.until is None:
        zones += [zone for zone in hours.around(one, vehicle) if zone not in zones]
    return profile, zones

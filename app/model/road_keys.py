"""What the roads of a vehicle depend on: vehicles of which that is the same share routers and matrices."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from app.model.road_closures import Closures, closures_for
from app.model.scenario import Scenario
from app.model.travel_modes import mode_of
from solver.roads.modes import Mode


@dataclass(frozen=True, slots=True)
class RoadKey:
    """The roads of some vehicles.

    Parameters
    ----------
    network
        Id of the network.
    mode
        How they travel; its id does not matter and is "".
    closures
        What zones do to their roads.
    """

    network: str
    mode: Mode
    closures: Closures = ()

    @property
    def digest(self) -> str:
        """What it is called in a file."""
        text = json.dumps([self.network, asdict(self.mode), self.closures], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def road_keys(scenario: Scenario) -> Mapping[str, RoadKey]:
    """Return what the roads of each vehicle depend on, by its id."""
    return {key: road_key(scenario, key) for key in scenario.vehicles}


def road_key(scenario: Scenario, vehicle: str) -> RoadKey:
    """Return what the roads of one vehicle depend on."""
    settings = scenario.settings
    mode = mode_of(settings, scenario.vehicles[vehicle])
    return RoadKey(settings.network, replace(mode, id=""), closures_for(scenario, vehicle))

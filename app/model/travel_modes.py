"""Which mode of travel a vehicle has: a built-in one, or what the scenario says instead."""

from __future__ import annotations

from collections.abc import Mapping

from app.model.scenario import Settings, Vehicle
from solver.roads.modes import BUILT_IN, Mode

USUAL = "car"
"""The mode of vehicles whose travel profile no mode has as its id."""


def modes_of(settings: Settings) -> Mapping[str, Mode]:
    """Return all modes by id: those that are built in, as far as the scenario has not changed them, and its own."""
    return BUILT_IN | {mode.id: mode for mode in settings.modes}


def mode_of(settings: Settings, vehicle: Vehicle) -> Mode:
    """Return how a vehicle travels."""
    modes = modes_of(settings)
    return modes.get(vehicle.profile, modes[USUAL])

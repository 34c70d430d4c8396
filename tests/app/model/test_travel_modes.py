"""Which mode a vehicle travels by."""

from __future__ import annotations

from app.model.scenario import Settings, Vehicle
from app.model.travel_modes import mode_of, modes_of
from solver.roads.modes import BUILT_IN, Mode, ModeKind


def test_a_scenario_says_more_of_modes_than_what_is_built_in():
    tram, slow = Mode("tram", ModeKind.TRUCK), Mode("van", ModeKind.VAN, speed_factor=0.5)
    settings = Settings(modes=(tram, slow))
    assert modes_of(settings) == BUILT_IN | {"tram": tram, "van": slow}
    assert mode_of(settings, Vehicle("1", profile="van")) is slow
    assert mode_of(Settings(), Vehicle("1", profile="van")) is BUILT_IN["van"]


def test_a_vehicle_of_no_known_mode_is_a_car():
    assert mode_of(Settings(), Vehicle("1", profile="")) is BUILT_IN["car"]
    slow = Mode("car", speed_factor=0.5)
    assert mode_of(Settings(modes=(slow,)), Vehicle("1", profile="hovercraft")) is slow

"""Edits of how a scenario travels: by which roads, in which modes, how fast at which hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.language import tr
from app.model.changes import Edit, set_settings
from app.model.patch import State
from app.model.scenario import Settings, TravelSource
from app.model.traffic import Traffic
from solver.roads.modes import BUILT_IN, Mode


def travel_by_roads(state: State, network: str) -> Edit:
    """Let everybody travel along the streets of a network, by its id in the library."""
    settings = replace(state.scenario.settings, travel=TravelSource.ROADS, network=network)
    return _named(tr("Travel by roads"), state, settings)


def set_modes(state: State, modes: Iterable[Mode]) -> Edit:
    """Say how the modes of travel are; those that are as they are built in need not be written down."""
    kept = tuple(mode for mode in modes if mode != BUILT_IN.get(mode.id))
    return _named(tr("Change travel modes"), state, replace(state.scenario.settings, modes=kept))


def set_traffic(state: State, traffic: Traffic | None) -> Edit:
    """Say how fast streets are at which hour; None is the same at all hours."""
    settings = replace(state.scenario.settings, traffic=traffic)
    return _named(tr("Change speeds by the hour"), state, settings)


def _named(name: str, state: State, settings: Settings) -> Edit:
    return Edit(name, set_settings(state, settings).patch)

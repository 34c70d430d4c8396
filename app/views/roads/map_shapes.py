"""Keeps the lines on the map on the roads: what the map lacks is looked for, and what has changed is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QObject

from app.edits.session import EditSession
from app.jobs.route_shapes import RouteShapes
from app.map.features import Floats
from app.map.projection import Mercator
from app.map.view import MapView
from app.map.ways import shaped
from app.model.document import Change
from app.model.drives import Drive
from app.model.road_keys import road_keys
from app.model.road_library import library
from app.model.road_travel import leg_shapes
from app.model.scenario import Scenario, TravelSource
from app.model.server_travel import asked_for
from app.model.shape_table import shape_table

NOTHING: Floats = np.empty((0, 2))


class MapShapes(QObject):
    """Between a map and the roads of a session's scenario.

    Parameters
    ----------
    view
        The map.
    session
        Whose roads they are.
    parent
        Owner.
    """

    def __init__(self, view: MapView, session: EditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view, self._session = view, session
        self._shapes = RouteShapes(road_shapes, self)
        self._keys = _keys(session.scenario)
        self._shapes.found.connect(self._show)
        view.shapes_missed.connect(self._want)
        session.changed.connect(self._on_changed)
        session.replaced.connect(self.refresh)
        self._show()

    @property
    def busy(self) -> bool:
        """Whether lines are still straight that will not stay so."""
        return self._shapes.busy

    def refresh(self) -> None:
        """Look whether roads are others than before."""
        before, self._keys = self._keys, _keys(self._session.scenario)
        changed = {
            vehicle for vehicle in before.keys() | self._keys.keys() if before.get(vehicle) != self._keys.get(vehicle)
        }
        if changed:
            self._shapes.forget(changed)
            self._show()

    def close(self) -> None:
        """End the thread."""
        self._shapes.close()

    def _on_changed(self, change: Change) -> None:
        if change.touches("settings", "zones", "vehicles"):
            self.refresh()

    def _want(self, drives: Sequence[Drive]) -> None:
        self._shapes.want(self._session.scenario, drives)

    def _show(self) -> None:
        self._view.set_shapes(self._shapes.known if self._keys else None)


def road_shapes(scenario: Scenario, drives: Sequence[Drive]) -> list[Floats | None]:
    """Return shapes of drives along the roads of a scenario; it takes its time, and is for a background thread."""
    lines = leg_shapes(scenario, drives)
    return shaped([NOTHING if line is None else line for line in lines], Mercator())


def _keys(scenario: Scenario) -> Mapping[str, tuple[object, object]]:
    """Return what the roads of each vehicle depend on, and whether they are at hand; nothing where it has none."""
    settings = scenario.settings
    if settings.travel is TravelSource.SERVER:
        told = shape_table().revision
        return {key: (asked_for(settings, vehicle), told) for key, vehicle in scenario.vehicles.items()}
    if settings.travel is not TravelSource.ROADS:
        return {}
    at_hand = library().has(settings.network)
    return {vehicle: (key, at_hand) for vehicle, key in road_keys(scenario).items()}

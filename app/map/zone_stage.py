"""What drawing and reshaping of zones have in common: where a corner would be, and where to show it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.language import tr
from app.map.canvas import Canvas
from app.map.features import Places, ZoneShapes
from app.map.gestures import Pointer, Surface
from app.map.outline import rounded
from app.map.projection import Projection
from app.map.snapping import SnapTargets, Spot
from app.map.zone_sketch import Sketch
from app.map.zone_words import ZoneWords

SNAP_PIXELS = 10.0
"""A corner snaps to what is no further away."""

NO_SNAP = Qt.KeyboardModifier.ControlModifier
"""While it is down nothing snaps."""


class ZoneStage:
    """A sketch over the map and words beside it.

    Parameters
    ----------
    surface
        What gestures work on.
    canvas
        Has the camera and the sketch.
    """

    def __init__(self, surface: Surface, canvas: Canvas) -> None:
        self.surface, self.canvas = surface, canvas
        self.words = ZoneWords(canvas.viewport())
        self.places: Places | None = None
        self.zones: ZoneShapes | None = None
        self._targets: SnapTargets | None = None
        self._besides = ""

    def set_features(self, places: Places, zones: ZoneShapes) -> None:
        """Snap to these places and zones from now on."""
        self.places, self.zones, self._targets = places, zones, None

    @property
    def projection(self) -> Projection:
        """That of the map."""
        return self.canvas.projection

    @property
    def plane(self) -> bool:
        """Whether coordinates are those of a plane."""
        return not self.canvas.projection.geographic

    @property
    def units_per_pixel(self) -> float:
        """Map units of a pixel."""
        return self.canvas.camera.units_per_pixel

    def spot_at(self, pointer: Pointer, besides: str = "") -> Spot:
        """Return where a corner would be put: below the mouse, or on what is close to it unless snapping is off.

        Parameters
        ----------
        pointer
            The mouse, and the keys that are down.
        besides
            Id of the zone that the corner belongs to, which it does not snap to.
        """
        x, y = self.surface.map_point(pointer)
        snapped = None
        if not pointer.modifiers & NO_SNAP and self.places is not None and self.zones is not None:
            if self._targets is None or besides != self._besides:
                self._targets = SnapTargets(self.places, self.zones, self.projection, besides)
                self._besides = besides
            snapped = self._targets.nearest(x, y, SNAP_PIXELS * self.units_per_pixel)
        return snapped or Spot.at(rounded(*self.projection.to_geo(x, y)), self.projection)

    def show(self, sketch: Sketch) -> None:
        """Draw this over the map."""
        self.canvas.sketch.show_sketch(sketch)

    def say(self, fault: str, otherwise: str = "") -> None:
        """Say at the top of the map what is wrong, or else how to go on."""
        self.words.hint(tr("✕  {fault}.", fault=fault) if fault else otherwise, wrong=bool(fault))

    def say_beside(self, x: float, y: float, *parts: str) -> None:
        """Show figures beside a point in map units; empty ones are left out, and none hide what was there."""
        self.words.figures("  ·  ".join(filter(None, parts)), *self.canvas.camera.to_pixel(x, y))

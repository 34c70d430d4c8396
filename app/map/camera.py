"""Where the map looks: a centre, a scale and the size of the viewport, in plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top, in map units."""


class Margins(NamedTuple):
    """Pixels on each side."""

    left: int
    top: int
    right: int
    bottom: int


MARGIN = 1.0
"""How far beyond the view, in view sizes, things are prepared: panning inside it costs nothing more."""
STALE = 1.9
"""Magnification after which detail is chosen again."""


@dataclass(frozen=True, slots=True)
class Camera:
    """North is up; x grows to the east, y to the north, pixels to the right and down.

    Parameters
    ----------
    x, y
        Map units at the middle of the viewport.
    units_per_pixel
        Map units of one logical pixel.
    width, height
        Logical pixels of the viewport.
    """

    x: float = 0.0
    y: float = 0.0
    units_per_pixel: float = 1.0
    width: int = 1
    height: int = 1

    @property
    def rect(self) -> Rect:
        """The part of the map in view."""
        dx, dy = self.width * self.units_per_pixel / 2, self.height * self.units_per_pixel / 2
        return self.x - dx, self.y - dy, self.x + dx, self.y + dy

    def to_map(self, px: float, py: float) -> tuple[float, float]:
        """Return the map point below a pixel."""
        return (
            self.x + (px - self.width / 2) * self.units_per_pixel,
            self.y - (py - self.height / 2) * self.units_per_pixel,
        )

    def to_pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel above a map point."""
        return (
            self.width / 2 + (x - self.x) / self.units_per_pixel,
            self.height / 2 - (y - self.y) / self.units_per_pixel,
        )

    def panned(self, dx: float, dy: float) -> Camera:
        """Return the camera after the map was dragged by pixels."""
        return replace(self, x=self.x - dx * self.units_per_pixel, y=self.y + dy * self.units_per_pixel)

    def zoomed(self, factor: float, px: float, py: float) -> Camera:
        """Return the camera magnified by ``factor``, the point below a pixel staying where it is."""
        x, y = self.to_map(px, py)
        nearer = replace(self, units_per_pixel=self.units_per_pixel / factor)
        moved_x, moved_y = nearer.to_map(px, py)
        return replace(nearer, x=nearer.x + x - moved_x, y=nearer.y + y - moved_y)

    def fitted(self, rect: Rect, margins: Margins) -> Camera:
        """Return the camera that shows ``rect`` as large as it can be within margins of pixels around it."""
        left, bottom, right, top = rect
        width = max(self.width - margins.left - margins.right, 1)
        height = max(self.height - margins.top - margins.bottom, 1)
        scale = max((right - left) / width, (top - bottom) / height)
        return replace(
            self,
            x=(left + right) / 2 + (margins.right - margins.left) / 2 * scale,
            y=(bottom + top) / 2 + (margins.top - margins.bottom) / 2 * scale,
            units_per_pixel=scale,
        )

    def limited(self, finest: float, coarsest: float, reach: Rect) -> Camera:
        """Return the camera with its scale within limits and its centre within ``reach``."""
        left, bottom, right, top = reach
        return replace(
            self,
            x=min(max(self.x, left), right),
            y=min(max(self.y, bottom), top),
            units_per_pixel=min(max(self.units_per_pixel, finest), coarsest),
        )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A part of the map, larger than the view, for which something was prepared.

    Parameters
    ----------
    rect
        Which part; nothing by default.
    units_per_pixel
        At which scale.
    """

    rect: Rect = (0.0, 0.0, 0.0, 0.0)
    units_per_pixel: float = 0.0

    @classmethod
    def of(cls, camera: Camera) -> Surroundings:
        """Return the view and as much again on every side."""
        left, bottom, right, top = camera.rect
        dx, dy = MARGIN * (right - left), MARGIN * (top - bottom)
        return cls((left - dx, bottom - dy, right + dx, top + dy), camera.units_per_pixel)

    def serves(self, camera: Camera) -> bool:
        """Return whether the view is still inside and its scale about the same."""
        left, bottom, right, top = camera.rect
        inside = self.rect[0] <= left and self.rect[1] <= bottom and self.rect[2] >= right and self.rect[3] >= top
        return inside and self.units_per_pixel < STALE * camera.units_per_pixel

"""Who may use which street in which direction, and how fast it is: from what the map says to numbers for a mode."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.roads.modes import Mode, ModeKind, RoadClass, Surface
from solver.roads.network import Network

_WHEELS = (110, 85, 60, 50, 45, 40, 30, 10, 15, 15, 8, 8, 8, 1, 18)
_CLASS_SPEED: dict[ModeKind, tuple[float, ...]] = {
    ModeKind.CAR: _WHEELS,
    ModeKind.VAN: _WHEELS,
    ModeKind.TRUCK: (80, 75, 55, 45, 40, 35, 25, 8, 12, 10, 6, 6, 6, 1, 18),
    ModeKind.BICYCLE: (18, 18, 18, 18, 18, 18, 18, 14, 14, 14, 8, 18, 13, 2, 18),
    ModeKind.FOOT: (5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4.7, 2.5, 18),
}
"""Usual speed, km/h, in the order of `RoadClass`."""

_TOP_SPEED = {ModeKind.CAR: 130.0, ModeKind.VAN: 120.0, ModeKind.TRUCK: 80.0}

_SURFACE_FACTOR: dict[ModeKind, tuple[float, float, float, float]] = {
    ModeKind.CAR: (1, 0.8, 0.7, 0.4),
    ModeKind.VAN: (1, 0.8, 0.7, 0.4),
    ModeKind.TRUCK: (1, 0.8, 0.6, 0.3),
    ModeKind.BICYCLE: (1, 0.75, 0.8, 0.5),
    ModeKind.FOOT: (1, 1, 1, 0.8),
}
"""What is left of a speed, in the order of `Surface`."""

_SHARE_OF_LIMIT = 0.85
"""Of a speed limit is driven on average, between bends, crossings and other people."""


def usable(network: Network, mode: Mode) -> NDArray[np.bool_]:
    """Tell which edges a mode may use: its rights, and the size and weight of its vehicles.

    Returns
    -------
    numpy.ndarray
        Shape ``(2 * segments,)``, bool, by edge.
    """
    allowed = np.asarray(network.access & mode.kind.access) != 0
    limits = (
        (network.way_height, mode.height * 100),
        (network.way_width, mode.width * 100),
        (network.way_length, mode.length * 100),
        (network.way_weight, mode.weight * 100),
    )
    barred = network.way_hazmat & mode.hazmat
    for limit, of_mode in limits:
        barred = barred | ((limit > 0) & (limit < of_mode))
    return np.asarray((allowed & ~barred[network.segment_way, None]).ravel())


def restricted(network: Network, mode: Mode) -> NDArray[np.bool_]:
    """Tell which segments a mode may use at the beginning and the end of a journey only; shape ``(segments,)``."""
    return np.asarray((network.restricted & mode.kind.access) != 0)


def speeds(network: Network, mode: Mode) -> NDArray[np.float64]:
    """Return how fast edges are, km/h.

    Where the map names a speed limit, a greater street is as fast as most of it allows; on streets where people live
    and on service roads the usual speed of their class stays the bound. Bicycles and feet keep their own speeds.

    Returns
    -------
    numpy.ndarray
        Shape ``(2 * segments,)``, by edge, all positive.
    """
    kind, road = mode.kind, network.way_class[:, None]
    usual = np.array(_CLASS_SPEED[kind])[road]
    limit = network.way_speed.astype(np.float64)
    speed = np.broadcast_to(usual, limit.shape)
    if kind in _TOP_SPEED:
        driven = np.minimum(limit * _SHARE_OF_LIMIT, _TOP_SPEED[kind])
        driven = np.where(road >= RoadClass.RESIDENTIAL, np.minimum(driven, usual), driven)
        speed = np.where((limit > 0) & (road != RoadClass.FERRY), driven, speed)
    else:
        speed = np.where((limit > 0) & (road != RoadClass.FERRY), np.minimum(limit, speed), speed)
    speed = np.where((limit > 0) & (road == RoadClass.FERRY), limit, speed)
    surface = np.array(_SURFACE_FACTOR[kind])[np.minimum(network.way_surface, Surface.ROUGH)]
    by_way = np.maximum(speed * surface[:, None] * mode.speed_factor, 0.5)
    return np.asarray(by_way[network.segment_way].ravel())

"""Make ``resources/basemap/world.npz`` from the countries of the npm package ``world-atlas``.

Usage::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python packaging/make_basemap.py package/countries-10m.json

The file is TopoJSON: quantised arcs, stored as differences, which the countries share. An arc that two countries use
is a border; the ``land`` object joins arcs to coastlines. Each point gets a level of detail by Visvalingam's effective
area, so that one file serves every zoom: at a given scale only points of a high enough level are drawn.

References
----------
Visvalingam, M. and Whyatt, J. D. (1993). Line generalisation by repeated elimination of points.
The Cartographic Journal 30(1), 46-51.
"""

from __future__ import annotations

import argparse
import heapq
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TARGET = Path(__file__).parents[1] / "resources" / "basemap" / "world.npz"
EARTH_RADIUS = 6_378_137.0
LATITUDE_LIMIT = 85.05112878
FINEST = 250.0
"""Detail that level 0 stands for, in Mercator metres; each level above doubles it."""
LEVELS = 10
Points = NDArray[np.int64]


def mercator(points: Points, transform: dict[str, Any]) -> NDArray[np.float64]:
    """Return quantised points in Web Mercator metres, shape ``(points, 2)``."""
    degrees = points * np.asarray(transform["scale"]) + np.asarray(transform["translate"])
    lat = np.radians(np.clip(degrees[:, 1], -LATITUDE_LIMIT, LATITUDE_LIMIT))
    return EARTH_RADIUS * np.column_stack([np.radians(degrees[:, 0]), np.log(np.tan(np.pi / 4 + lat / 2))])


def effective_areas(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Visvalingam's effective area of each point, square metres; both ends are infinite."""
    count = len(line)
    areas = np.full(count, np.inf)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    x, y = line[:, 0].tolist(), line[:, 1].tolist()

    def triangle(i: int) -> float:
        a, b = before[i], after[i]
        return float(abs((x[i] - x[a]) * (y[b] - y[a]) - (x[b] - x[a]) * (y[i] - y[a])) / 2)

    current = {i: triangle(i) for i in range(1, count - 1)}
    heap = [(area, i) for i, area in current.items()]
    heapq.heapify(heap)
    largest = 0.0
    while heap:
        area, i = heapq.heappop(heap)
        if current.get(i) != area:
            continue  # an older entry of a point whose neighbours have changed
        del current[i]
        largest = max(largest, area)
        areas[i] = largest
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for neighbour in (a, b):
            if neighbour in current:
                current[neighbour] = triangle(neighbour)
                heapq.heappush(heap, (current[neighbour], neighbour))
    return areas


def levels_of(line: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the coarsest level at which each point is drawn; -1 where even the finest does not need it."""
    size = np.sqrt(np.maximum(effective_areas(line), 1e-9))
    return np.clip(np.floor(np.log2(size / FINEST)) + 1, 0, LEVELS).astype(np.int64) - 1


def unwrapped(line: Points, around: int) -> Points:
    """Return the line without jumps where it crosses the date line: it runs on beyond the edge of the world.

    Parameters
    ----------
    line
        Quantised points, shape ``(points, 2)``.
    around
        Quantised length of the equator.
    """
    turns = np.cumsum(-np.rint(np.diff(line[:, 0], prepend=line[0, 0]) / around).astype(np.int64))
    return line + np.column_stack([turns * around, np.zeros_like(turns)])


def closed_at_pole(ring: Points, around: int) -> Points:
    """Return a ring that goes around the world, as Antarctica does, closed along the south edge."""
    if abs(ring[-1, 0] - ring[0, 0]) < around / 2:
        return ring
    end = ring[0, 0] + around * np.sign(ring[-1, 0] - ring[0, 0])
    return np.concatenate([ring, [[end, ring[0, 1]], [end, 0], [ring[0, 0], 0]]])


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the arc numbers of each ring of a geometry."""
    if geometry["type"] == "GeometryCollection":
        for member in geometry["geometries"]:
            yield from rings_of(member)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def byte_planes(values: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the differences of consecutive points, zigzag coded, byte by byte: mostly zeros, so they pack well."""
    steps = np.diff(values, axis=0, prepend=0)
    zigzag = np.where(steps >= 0, 2 * steps, -2 * steps - 1).astype("<u4")
    return np.ascontiguousarray(np.ascontiguousarray(zigzag.T).view(np.uint8).reshape(2, -1, 4).transpose(0, 2, 1))


def packed(name: str, lines: list[tuple[Points, NDArray[np.int64]]]) -> dict[str, NDArray[Any]]:
    """Return the arrays that hold many lines: points, their levels and the length of each line."""
    points = np.concatenate([line for line, _ in lines])
    levels = np.concatenate([level for _, level in lines])
    return {
        f"{name}_points": byte_planes(points),
        f"{name}_levels": levels.astype(np.uint8),
        f"{name}_lengths": np.array([len(line) for line, _ in lines], dtype=np.uint32),
    }


def make(source: Path, target: Path) -> None:
    """Read TopoJSON, write the base map."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    transform = topology["transform"]
    arcs = [np.cumsum(np.asarray(arc, dtype=np.int64), axis=0) for arc in topology["arcs"]]
    around = round(360.0 / transform["scale"][0])
    levels = [levels_of(mercator(unwrapped(arc, around), transform)) for arc in arcs]

    def arc(number: int) -> tuple[Points, NDArray[np.int64]]:
        index, step = (number, 1) if number >= 0 else (~number, -1)
        keep = levels[index] >= 0
        return arcs[index][keep][::step], levels[index][keep][::step]

    def ring(numbers: list[int]) -> tuple[Points, NDArray[np.int64]]:
        parts = [arc(number) for number in numbers]
        # each arc starts where the one before it ended
        points = unwrapped(np.concatenate([p[:-1] for p, _ in parts]), around)
        points = closed_at_pole(points, around)
        shown = np.concatenate([v[:-1] for _, v in parts])
        return points, np.pad(shown, (0, len(points) - len(shown)), constant_values=LEVELS)

    land = [ring(numbers) for numbers in rings_of(topology["objects"]["land"])]
    land = [part for part in land if len(part[0]) >= 3]
    used = Counter(
        number if number >= 0 else ~number
        for number in itertools.chain.from_iterable(rings_of(topology["objects"]["countries"]))
    )
    borders = [arc(number) for number, times in sorted(used.items()) if times > 1]
    borders = [(unwrapped(points, around), shown) for points, shown in borders]
    np.savez_compressed(
        target,
        scale=np.asarray(transform["scale"]),
        translate=np.asarray(transform["translate"]),
        finest=np.asarray(FINEST),
        **packed("land", land),
        **packed("borders", borders),
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="countries-10m.json of world-atlas")
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    make(arguments.source, arguments.target)


if __name__ == "__main__":
    main()

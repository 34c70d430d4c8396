"""A server for travel that speaks the documented language of OSRM or Valhalla, and knows a world of its own."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np

from app.io.servers.exchange import Answer, Request
from app.io.servers.polyline import encoded

Place = tuple[float, float]
_TABLE = re.compile(r".*/(table|route)/v1/([^/]+)/([-\d.,;]+)")


def seconds(start: Place, end: Place) -> float:
    """Return how long the way takes in this world: north is uphill."""
    return 0.0 if start == end else 1e5 * (abs(end[0] - start[0]) + abs(end[1] - start[1])) + (60 if end > start else 7)


def metres(start: Place, end: Place) -> float:
    """Return how long the way is."""
    return 12.34 * seconds(start, end)


@dataclass
class StubRouter:
    """Answers requests.

    Parameters
    ----------
    limit
        Places in one request.
    roadless
        Places near no road.
    cut
        Whether there is no way between two places.
    short
        Whether Valhalla answers in short, as newer ones do when they are asked to.
    """

    limit: int = 100
    roadless: set[Place] = field(default_factory=set)
    cut: Callable[[Place, Place], bool] = lambda start, end: False
    short: bool = True
    seen: list[Request] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        """Return the answer to a request."""
        self.seen.append(request)
        if request.body is None:
            return self._osrm(urlsplit(request.url))
        return self._valhalla(urlsplit(request.url).path, json.loads(request.body))

    def _osrm(self, url: Any) -> Answer:
        found = _TABLE.fullmatch(unquote(url.path))
        if found is None:
            return _json({"code": "InvalidUrl", "message": "URL string malformed close to position 1"}, 400)
        places = [(float(lat), float(lon)) for lon, lat in (one.split(",") for one in found[3].split(";"))]
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if len(places) > self.limit:
            return _json({"code": "TooBig", "message": "Too many table coordinates"}, 400)
        if lost := [index for index, place in enumerate(places) if place in self.roadless]:
            text = f"Could not find a matching segment for coordinate {lost[0]}"
            return _json({"code": "NoSegment", "message": text}, 400)
        if found[1] == "route":
            if self.cut(places[0], places[-1]):
                return _json({"code": "NoRoute", "message": "Impossible route between points"}, 400)
            return _json({"code": "Ok", "routes": [{"geometry": encoded(np.array(places))}], "waypoints": []})
        starts = [places[int(one)] for one in query["sources"].split(";")]
        ends = [places[int(one)] for one in query["destinations"].split(";")]
        durations, distances = self._rows(starts, ends, seconds), self._rows(starts, ends, metres)
        said = {"code": "Ok", "durations": durations, "sources": [], "destinations": []}
        return _json(said | ({"distances": distances} if "distance" in query["annotations"] else {}))

    def _valhalla(self, path: str, asked: dict[str, Any]) -> Answer:
        if asked.get("costing") not in ("auto", "truck", "bicycle", "pedestrian"):
            return _json({"error_code": 125, "error": "No costing method found", "status_code": 400}, 400)
        if path.endswith("/route"):
            places = _places(asked["locations"])
            if self.cut(places[0], places[-1]):
                return _json({"error_code": 442, "error": "No path could be found for input", "status_code": 400}, 400)
            legs = [{"shape": encoded(np.array([a, b]))} for a, b in itertools.pairwise(places)]
            return _json({"trip": {"legs": legs, "status": 0}})
        starts, ends = _places(asked["sources"]), _places(asked["targets"])
        if len(starts) * len(ends) > (self.limit // 2) ** 2:
            return _json({"error_code": 150, "error": "Exceeded max locations", "status_code": 400}, 400)
        if self.roadless & {*starts, *ends}:
            return _json({"error_code": 171, "error": "No suitable edges near location", "status_code": 400}, 400)
        time, far = self._rows(starts, ends, seconds), self._rows(starts, ends, lambda a, b: metres(a, b) / 1000)
        if self.short and asked["verbose"] is False:
            told: Any = {"distances": far, "durations": time}
        else:
            told = [
                [{"from_index": i, "to_index": j, "time": time[i][j], "distance": far[i][j]} for j in range(len(ends))]
                for i in range(len(starts))
            ]
        return _json({"sources_to_targets": told, "units": "kilometers"})

    def _rows(
        self, starts: list[Place], ends: list[Place], of: Callable[[Place, Place], float]
    ) -> list[list[float | None]]:
        return [[None if self.cut(start, end) else of(start, end) for end in ends] for start in starts]


def _places(said: list[dict[str, float]]) -> list[Place]:
    return [(one["lat"], one["lon"]) for one in said]


def _json(said: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(said).encode(), {"content-type": "application/json"})

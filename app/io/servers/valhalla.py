"""Valhalla: its matrix and route services."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np

from app.io.servers.exchange import Answer, Fault, Request, fault_of, read_json
from app.io.servers.polyline import PolylineError, decoded
from app.io.servers.tables import (
    AnswerError,
    FloatArray,
    NoRoadError,
    Table,
    TooMuchError,
    no_shape,
    no_way,
    numbers,
    table_of,
)
from app.model.scenario import Point

_TOO_MUCH = frozenset({150, 151, 153})
"""Its codes for more places, or more work, than it allows."""

_NO_ROAD = frozenset({170, 171})
"""Its codes for places that are near no road, or on islands of the graph."""

_NO_WAY = frozenset({442})
"""Its code for places that no way connects."""

_OPTION = re.compile(r"([a-z_]{1,40})=(-?\d{1,6}(?:\.\d{1,6})?|true|false)")


class Valhalla:
    """Asks and understands a server of Valhalla; see `app.io.servers.tables.TravelApi`.

    A profile is a costing, such as ``truck``, with its options behind it: ``truck height=3.8 weight=12``.
    """

    most = 100
    """Places in one request: fifty by fifty is what servers of Valhalla allow unless they are told otherwise."""

    def table_request(self, address: str, profile: str, starts: FloatArray, ends: FloatArray) -> Request:
        """Return what asks for a table."""
        body = {"sources": _said(starts), "targets": _said(ends), "verbose": False, **_costing(profile)}
        return Request(f"{address.rstrip('/')}/sources_to_targets", json.dumps(body).encode())

    def read_table(self, answer: Answer, starts: int, ends: int) -> Table:
        """Return the table of an answer, which newer servers give in short, and older ones pair by pair."""
        read = _checked(answer)
        if read is None:
            return no_way(starts, ends)
        told = read.get("sources_to_targets")
        if isinstance(told, dict):
            distance, duration = told.get("distances"), told.get("durations")
        else:
            distance, duration = _column(told, "distance"), _column(told, "time")
        scale = 1609.344 if read.get("units") in ("miles", "mi") else 1000.0
        return table_of(numbers(distance, starts, ends, scale), numbers(duration, starts, ends))

    def route_request(self, address: str, profile: str, start: Point, end: Point) -> Request:
        """Return what asks for the shape of a way."""
        body = {"locations": _said(np.array([start, end])), "directions_type": "none", **_costing(profile)}
        return Request(f"{address.rstrip('/')}/route", json.dumps(body).encode())

    def read_route(self, answer: Answer) -> FloatArray:
        """Return the corners of the way in an answer."""
        read = _checked(answer)
        if read is None:
            return no_shape()
        try:
            return decoded(read["trip"]["legs"][0]["shape"])
        except (LookupError, TypeError, AttributeError, PolylineError):
            raise AnswerError(Fault.GARBAGE) from None


def _costing(profile: str) -> dict[str, Any]:
    name, *rest = profile.split() or ["auto"]
    options = {found[1]: json.loads(found[2]) for one in rest if (found := _OPTION.fullmatch(one))}
    said: dict[str, Any] = {"costing": name, "units": "kilometers"}
    return said | {"costing_options": {name: options}} if options else said


def _said(places: FloatArray) -> list[dict[str, float]]:
    return [{"lat": round(lat, 6), "lon": round(lon, 6)} for lat, lon in places.tolist()]


def _column(rows: object, name: str) -> object:
    """Return one number of each pair; what is not as it should be is found where the numbers are read."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return None
    return [[pair.get(name) if isinstance(pair, dict) else "" for pair in row] for row in rows]


def _checked(answer: Answer) -> dict[str, Any] | None:
    """Return what an answer says; None where it says that there is no way."""
    read = read_json(answer)
    code = read.get("error_code") if isinstance(read, dict) else None
    if answer.status in (413, 414) or code in _TOO_MUCH:
        raise TooMuchError
    if code in _NO_ROAD:
        raise NoRoadError
    if code in _NO_WAY:
        return None
    fault = fault_of(answer)
    if fault is not None:
        raise AnswerError(fault)
    if not isinstance(read, dict) or code is not None:
        raise AnswerError(Fault.GARBAGE)
    return read

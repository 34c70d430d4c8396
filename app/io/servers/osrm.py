"""OSRM: its table and route services, version 1."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

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


class Osrm:
    """Asks and understands a server of OSRM 5.20 or newer; see `app.io.servers.tables.TravelApi`."""

    most = 100
    """Places in one request: what servers of OSRM allow unless they are told otherwise."""

    def table_request(self, address: str, profile: str, starts: FloatArray, ends: FloatArray) -> Request:
        """Return what asks for a table."""
        first = len(starts)
        places = _said(np.concatenate([starts, ends]))
        sources = ";".join(map(str, range(first)))
        destinations = ";".join(map(str, range(first, first + len(ends))))
        options = f"annotations=duration,distance&sources={sources}&destinations={destinations}"
        return Request(f"{_service(address, 'table', profile)}/{places}?{options}")

    def read_table(self, answer: Answer, starts: int, ends: int) -> Table:
        """Return the table of an answer."""
        read = _checked(answer)
        if read is None:
            return no_way(starts, ends)
        distances, durations = read.get("distances"), read.get("durations")
        return table_of(numbers(distances, starts, ends), numbers(durations, starts, ends))

    def route_request(self, address: str, profile: str, start: Point, end: Point) -> Request:
        """Return what asks for the shape of a way."""
        options = "overview=full&geometries=polyline6&steps=false"
        return Request(f"{_service(address, 'route', profile)}/{_said(np.array([start, end]))}?{options}")

    def read_route(self, answer: Answer) -> FloatArray:
        """Return the corners of the way in an answer."""
        read = _checked(answer)
        if read is None:
            return no_shape()
        try:
            return decoded(read["routes"][0]["geometry"])
        except (LookupError, TypeError, AttributeError, PolylineError):
            raise AnswerError(Fault.GARBAGE) from None


def _service(address: str, name: str, profile: str) -> str:
    return f"{address.rstrip('/')}/{name}/v1/{quote(profile, safe='')}"


def _said(places: FloatArray) -> str:
    return ";".join(f"{lon:.6f},{lat:.6f}" for lat, lon in places.tolist())


def _checked(answer: Answer) -> dict[str, Any] | None:
    """Return what an answer says; None where it says that there is no way."""
    read = read_json(answer)
    code = read.get("code") if isinstance(read, dict) else None
    if answer.status in (413, 414) or code == "TooBig":
        raise TooMuchError
    if code == "NoSegment":
        raise NoRoadError
    if code in ("NoTable", "NoRoute"):
        return None
    fault = fault_of(answer)
    if fault is not None:
        raise AnswerError(fault)
    if code != "Ok":
        raise AnswerError(Fault.GARBAGE)
    assert isinstance(read, dict)
    return read

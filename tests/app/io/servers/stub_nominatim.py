"""A server that speaks as Nominatim does, and knows a few places."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.io.servers.exchange import Answer, Request

LICENCE = "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright"


def place(lat: float, lon: float, label: str, rank: int) -> dict[str, Any]:
    """Return a place as the documentation shows it."""
    return {
        "place_id": 100149,
        "licence": LICENCE,
        "osm_type": "node",
        "lat": str(lat),
        "lon": str(lon),
        "category": "place",
        "type": "house",
        "place_rank": rank,
        "importance": 0.1,
        "addresstype": "place",
        "display_name": label,
        "boundingbox": [str(lat), str(lat), str(lon), str(lon)],
    }


def places(*found: dict[str, Any]) -> Answer:
    """Return an answer with some places."""
    return Answer(200, json.dumps(found).encode())


class StubNominatim:
    """Knows every house in Kirkkotie, twice those in Koulutie, and nothing else."""

    def answer(self, request: Request) -> Answer:
        """Return the answer to a request."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        number, _, street = said.get("street", "").partition(" ")
        if not number.isdecimal():
            return places()
        label, lat = f"{number}, {street}, Tuusula, Suomi", 60.4 + int(number) / 1000
        if street == "Kirkkotie":
            return places(place(lat, 25.1, label, 30))
        if street == "Koulutie":
            return places(place(lat, 25.1, label, 30), place(lat - 0.2, 24.9, label, 30))
        return places()

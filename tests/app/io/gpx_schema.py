"""The structure of GPX 1.1 as its schema has it, for what Routewright writes."""

from __future__ import annotations

import re
from xml.etree import ElementTree

NAMESPACE = "{http://www.topografix.com/GPX/1/1}"

_POINT = (
    *("ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link", "sym", "type", "fix", "sat"),
    *("hdop", "vdop", "pdop", "ageofdgpsdata", "dgpsid", "extensions"),
)
CHILDREN = {
    "gpx": ("metadata", "wpt", "rte", "trk", "extensions"),
    "metadata": ("name", "desc", "author", "copyright", "link", "time", "keywords", "bounds", "extensions"),
    "rte": ("name", "cmt", "desc", "src", "link", "number", "type", "extensions", "rtept"),
    "copyright": ("year", "license"),
    "trk": ("name", "cmt", "desc", "src", "link", "number", "type", "extensions", "trkseg"),
    "trkseg": ("trkpt", "extensions"),
    "wpt": _POINT,
    "rtept": _POINT,
    "trkpt": _POINT,
}
"""What may stand in an element, in this order."""

MANY = {"wpt", "rte", "trk", "rtept", "trkseg", "trkpt", "link"}
"""What may stand there more than once."""

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


def check_gpx(data: bytes) -> ElementTree.Element:
    """Return the root of a document that follows the schema."""
    root = ElementTree.fromstring(data)
    assert root.tag == f"{NAMESPACE}gpx"
    assert root.get("version") == "1.1"
    assert root.get("creator")
    _check(root)
    return root


def named(parent: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return parent.findall(NAMESPACE + name)


def text_of(parent: ElementTree.Element, name: str) -> str:
    return parent.findtext(NAMESPACE + name, "")


def _check(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(NAMESPACE)
    if name in ("wpt", "rtept", "trkpt"):
        lat, lon = (element.attrib.pop(key) for key in ("lat", "lon"))
        assert _DECIMAL.fullmatch(lat)
        assert _DECIMAL.fullmatch(lon)
        assert -90 <= float(lat) <= 90
        assert -180 <= float(lon) < 180
        assert not element.attrib
        element.attrib |= {"lat": lat, "lon": lon}
    if name == "number":
        assert re.fullmatch(r"\d+", element.text or "")
    allowed = CHILDREN.get(name, ())
    found = [child.tag.removeprefix(NAMESPACE) for child in element]
    assert set(found) <= set(allowed), f"{name} may not hold {found}"
    assert found == sorted(found, key=allowed.index)
    assert all(found.count(one) == 1 for one in set(found) - MANY)
    if allowed:
        assert not (element.text or "").strip()
    for child in element:
        _check(child)

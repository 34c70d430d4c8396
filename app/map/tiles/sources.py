"""Where tiles come from, as the user names it, and what is wrong with an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.language import listing, tr
from app.map.tiles.grid import FINEST_ZOOM, Tile

USUAL_ZOOMS = (0, 19)
"""What most servers have."""
SUBDOMAINS = "abc"
"""What ``{s}`` stands for, one after the other."""
PLACEHOLDERS = frozenset({"z", "x", "y", "-y", "s"})


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of a source once it can be used.

    Parameters
    ----------
    name
        What the user calls it, or it calls itself.
    attribution
        Whom to name on the map.
    zooms
        Least and greatest zoom.
    bounds
        West, south, east and north, degrees; None where it does not say.
    """

    name: str
    attribution: str
    zooms: tuple[int, int]
    bounds: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class MbtilesSource:
    """A file of tiles on this machine."""

    path: Path


@dataclass(frozen=True, slots=True)
class OnlineSource:
    """A server of tiles.

    Parameters
    ----------
    url
        Address with ``{z}``, ``{x}`` and ``{y}`` (or ``{-y}``, rows from the south) where these go; see `url_problem`.
    attribution
        Whom to name on the map; not empty.
    zooms
        Least and greatest zoom to ask for.
    """

    url: str
    attribution: str
    zooms: tuple[int, int] = USUAL_ZOOMS

    @property
    def host(self) -> str:
        """Name of the server; the rest of an address may hold a key, which is nobody's business."""
        return host_of(self.url)

    def address(self, tile: Tile) -> str:
        """Return where a tile is."""
        values = {
            "z": str(tile.zoom),
            "x": str(tile.x),
            "y": str(tile.y),
            "-y": str((1 << tile.zoom) - 1 - tile.y),
            "s": SUBDOMAINS[(tile.x + tile.y) % len(SUBDOMAINS)],
        }
        return re.sub(r"\{([^{}]*)\}", lambda found: values[found[1]], self.url)


def host_of(url: str) -> str:
    """Return the server that an address names, as people read it; "" where it names none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("{s}.")
    except ValueError:
        return ""


def url_problem(url: str) -> str:
    """Return why an address cannot be used, as a sentence for the user; "" for one that can."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return tr("This is no web address.")
    if parts.scheme not in ("http", "https") or not host:
        return tr("An address begins with https:// or http:// and the name of a server.")
    if re.search(r"[\s\\]", url) or not url.isprintable():
        return tr("An address has no spaces and no backslashes in it.")
    if parts.username is not None or parts.password is not None:
        return tr("User names and passwords cannot be used; a key may be a part of the address.")
    if not set(re.findall(r"\{([^{}]*)\}", host)) <= {"s"}:
        return tr("In the name of the server there can only be {s}.")  # whom the user agrees to must be clear
    found = re.findall(r"\{([^{}]*)\}", url)
    unknown = sorted(set(found) - PLACEHOLDERS)
    if unknown or "{" in re.sub(r"\{[^{}]*\}", "", url):
        known = listing(["{z}", "{x}", "{y}", "{-y}", "{s}"])
        if unknown:
            return tr("{placeholder} is not known; there are {known}.", placeholder=f"{{{unknown[0]}}}", known=known)
        return tr("A brace without its other half is not known; there are {known}.", known=known)
    if not {"z", "x"} <= set(found) or ("y" in found) == ("-y" in found):
        return tr("The address needs {z}, {x} and {y} where zoom, column and row go.")
    return ""


def zooms_fit(zooms: tuple[int, int]) -> bool:
    """Return whether the zooms are in order and within what there is."""
    return 0 <= zooms[0] <= zooms[1] <= FINEST_ZOOM

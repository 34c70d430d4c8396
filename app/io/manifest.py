"""What a document says of itself: its format, the files that it should have, and its variants."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app import __version__
from app.io.bundle import read_bundle
from app.model.scenario import Scenario, Settings, TravelSource
from app.model.variants import Variants

MANIFEST = "routewright.json"
"""The file inside a document that says it."""

FORMAT_VERSION = 4
"""Raised by every change after which an older Routewright would misread a document; that of journals
(`app.io.journal.records`) is raised with it. A file of the format before stays in ``tests/app/io/files``."""

_WITHOUT_ROADS = 3
"""The version of documents that say nothing of roads: a Routewright that knows of none reads all of them."""

_WITHOUT_HOURS = 2
"""The version of those whose zones have no hours either."""

_OF_ROADS = ("network", "modes", "server", "server_kind", "traffic")
"""The settings that came with them."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a document says of itself.

    Parameters
    ----------
    version
        Its format.
    files
        Those that it should have.
    names
        Of its variants.
    present
        Place of the variant that was shown when it was saved.
    """

    version: int
    files: frozenset[str]
    names: tuple[str, ...] = ("",)
    present: int = 0

    @property
    def newer(self) -> bool:
        """Whether a newer Routewright wrote it."""
        return self.version > FORMAT_VERSION


def manifest_bytes(variants: Variants, files: Iterable[str]) -> bytes:
    """Return what a document of these variants, which has these files, says of itself."""
    manifest = {
        "format": "routewright",
        "version": format_of(variants),
        "written by": f"routewright {__version__}",
        "files": list(files),
        "variants": list(variants.names),
        "present": variants.present,
    }
    return json.dumps(manifest, indent=1).encode()


def manifest_of(data: bytes | None) -> Manifest | None:
    """Return what a document says of itself; None when there is no telling."""
    try:
        manifest = json.loads(data or b"")
    except (ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("format") != "routewright":
        return None
    version, files = manifest.get("version"), manifest.get("files")
    if not isinstance(version, int) or version < 1 or not isinstance(files, list):
        return None
    names, present = manifest.get("variants", [""]), manifest.get("present", 0)
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        return None
    if not isinstance(present, int) or not 0 <= present < len(names):
        present = 0
    return Manifest(version, frozenset(file for file in files if isinstance(file, str)), tuple(names), present)


def format_of(variants: Variants) -> int:
    """Return the format that a document of these variants is written in: the oldest that says all of them."""
    return max(_version(one.state.scenario) for one in variants.items)


def saved_format(path: Path) -> int | None:
    """Return the format of a document on the disk; None where there is none that can be read."""
    manifest = manifest_of(read_bundle(path, [MANIFEST]).files.get(MANIFEST))
    return manifest.version if manifest is not None else None


def _version(scenario: Scenario) -> int:
    """Return the version of the oldest Routewright that knows all that a scenario says."""
    settings, plain = scenario.settings, Settings()
    roads = settings.travel in (TravelSource.ROADS, TravelSource.SERVER) or any(
        getattr(settings, field) != getattr(plain, field) for field in _OF_ROADS
    )
    if roads or any(zone.pace != 1 for zone in scenario.zones.values()):
        return FORMAT_VERSION
    return _WITHOUT_ROADS if any(zone.hours for zone in scenario.zones.values()) else _WITHOUT_HOURS

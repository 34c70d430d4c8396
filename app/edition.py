"""Which Routewright this is: its version, and what an installer was built from."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache

from app import __version__
from app.resources import resource

_FILE = "edition.json"
"""Written by the build of an installer; a checkout has none."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A version as it was built.

    Parameters
    ----------
    version
        As in ``0.1.0``.
    commit
        Of the sources, abbreviated; "" in a checkout, which may be anything.
    built
        Day of the build, as in ``2026-11-23``; "" in a checkout.
    packaged
        Whether this is an installed program with a Python of its own, rather than sources that a Python runs.
    """

    version: str
    commit: str = ""
    built: str = ""
    packaged: bool = False


@cache
def edition() -> Edition:
    """Return which Routewright is running."""
    packaged = bool(getattr(sys, "frozen", False))
    try:
        written = json.loads(resource(_FILE).read_bytes())
    except (OSError, ValueError):
        return Edition(__version__, packaged=packaged)
    return Edition(__version__, str(written.get("commit", "")), str(written.get("built", "")), packaged)

"""The notice of third parties that the build of an installer writes: whose work is in it, with every licence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.resources import resource

FILE = "third-party/notices.txt"
"""A resource of an installed program; a checkout has none."""

_HEAD = re.compile(r"^={80}\n(.+)\n(?:={80}\n)?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Notice:
    """One component.

    Parameters
    ----------
    title
        Name and version; "" for what stands before the first component.
    text
        All that is said of it, its licences in full.
    """

    title: str
    text: str


def notices() -> list[Notice]:
    """Return the components in the order of the file, and before them what concerns all; nothing in a checkout."""
    try:
        text = resource(FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return split(text)


def split(text: str) -> list[Notice]:
    """Return the components of a notice: each begins with a line of 80 ``=``, and below it its name and version.

    A second such line may stand below the name.
    """
    before, *parts = _HEAD.split(text)
    found = [Notice("", before.strip("\n"))] if before.strip() else []
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        found.append(Notice(title.strip(), body.strip("\n")))
    return found

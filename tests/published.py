"""Where the published benchmark instances and the extracts of OpenStreetMap are."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "ROUTEWRIGHT_INSTANCES"
SHARED = Path(__file__).resolve().parents[2] / "shared"
BESIDE = SHARED / "instances"

ROADS_VARIABLE = "ROUTEWRIGHT_ROADS"


def named_folder(named: str | None = None) -> Path:
    """Return the folder of instances, there or not.

    Parameters
    ----------
    named
        A folder; where None, the one that ROUTEWRIGHT_INSTANCES names, and without that the one beside the project.
    """
    named = named or os.environ.get(VARIABLE)
    return Path(named) if named else BESIDE


def instances_folder(named: str | None = None) -> Path:
    """Return the folder of instances, which has a folder per kind.

    Parameters
    ----------
    named
        As for `named_folder`.

    Raises
    ------
    FileNotFoundError
        If it is not there; the text says how to name one.
    """
    folder = named_folder(named)
    if not folder.is_dir():
        raise FileNotFoundError(f"no benchmark instances in {folder}: name their folder in {VARIABLE}")
    return folder


def roads_folder() -> Path:
    """Return the folder of OpenStreetMap extracts: what ROUTEWRIGHT_ROADS names, or the one beside the project.

    Raises
    ------
    FileNotFoundError
        If it is not there; the text says how to name one.
    """
    named = os.environ.get(ROADS_VARIABLE)
    folder = Path(named) if named else SHARED / "roads"
    if not folder.is_dir():
        raise FileNotFoundError(f"no extracts of OpenStreetMap in {folder}: name their folder in {ROADS_VARIABLE}")
    return folder

"""Where the published benchmark instances are."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "ROUTEWRIGHT_INSTANCES"
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "instances"


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

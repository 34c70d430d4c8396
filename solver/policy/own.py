"""A user's own weights: where they lie, how they are put into use, and whether this program can use them.

After an update whose policy sees or decides otherwise they are of another edition. They stay where they are then, and
the weights that come with the program are used, until new ones have been trained.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from solver.policy.layout import EDITION

if TYPE_CHECKING:
    from solver.policy.weights import Weights

VARIABLE = "ROUTEWRIGHT_POLICY"
"""Names a file of weights that goes before all others."""

FILE = Path("policy") / "policy.safetensors"


def own_weights() -> Path:
    """Return where a user's own weights are looked for."""
    return platformdirs.user_data_path("routewright", appauthor=False) / FILE


def outdated_weights() -> Path | None:
    """Return the user's own weights if they are of another edition and would be in use if they were not."""
    path = own_weights()
    if os.environ.get(VARIABLE) or not path.is_file():
        return None  # this is asked at every start, and most users have none
    edition = _edition(path)
    return path if edition not in ("", str(EDITION)) else None


def put_into_use(weights: Weights) -> Path:
    """Make weights the user's own, and return where they lie; those of another edition that lie there are kept beside.

    Raises
    ------
    OSError
        If they cannot be written.
    """
    path = own_weights()
    path.parent.mkdir(parents=True, exist_ok=True)
    edition = _edition(path) if path.is_file() else ""
    if edition not in ("", str(EDITION)):
        path.replace(path.with_name(f"{path.stem}.edition-{edition}{path.suffix}"))
    weights.save(path)
    return path


def _edition(path: Path) -> str:
    """Return the edition of weights; "" where they are damaged or do not say."""
    from safetensors import SafetensorError

    from solver.policy.weights import read_card

    try:
        edition = read_card(path).get("edition", "")
    except (OSError, SafetensorError, ValueError):
        return ""
    return edition if edition.isascii() and edition.isalnum() else ""

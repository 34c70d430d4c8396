"""The weights in use: the user's own, or those that come with the program."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import platformdirs

from solver.policy.weights import Weights, WeightsError

VARIABLE = "ROUTEWRIGHT_POLICY"
"""Names a file of weights that goes before all others."""

FILE = Path("policy") / "policy.safetensors"
_ROOT = Path(__file__).parents[2]
_SHIPPED = (_ROOT / "app" / "_resources" / FILE, _ROOT / "resources" / FILE)  # in a wheel, in a checkout


def own_weights() -> Path:
    """Return where a user's own weights are looked for."""
    return platformdirs.user_data_path("routewright", appauthor=False) / FILE


def load_policy() -> Weights:
    """Return the weights in use; they are read once, and again only when the file changes.

    Raises
    ------
    WeightsError
        If there are none, or those that come first cannot be used.
    """
    named = os.environ.get(VARIABLE)
    places = [Path(named)] if named else [own_weights(), *_SHIPPED]
    for path in places:
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            continue
        try:
            return _read(path, changed)
        except (OSError, WeightsError) as error:
            raise WeightsError(f"{path} cannot be used: {error}") from error
    raise WeightsError(f"no weights of a policy at {places[0]}" if named else "no weights of a policy are installed")


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Weights:
    return Weights.load(path)

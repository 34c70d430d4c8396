"""The weights in use: the user's own, or those that come with the program."""

from __future__ import annotations

import logging
import os
from functools import lru_cache
from pathlib import Path

from solver.policy.own import FILE, VARIABLE, own_weights
from solver.policy.weights import OtherEditionError, Weights, WeightsError

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).parents[2]
_SHIPPED = (_ROOT / "app" / "_resources" / FILE, _ROOT / "resources" / FILE)  # in a wheel, in a checkout


def load_policy() -> Weights:
    """Return the weights in use; they are read once, and again only when the file changes.

    A user's own weights of another edition are passed over, see `solver.policy.own`.

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
        except OtherEditionError as error:
            if named:
                raise WeightsError(f"{path} cannot be used: {error}") from error
            _tell(str(path), str(error))
        except (OSError, WeightsError) as error:
            raise WeightsError(f"{path} cannot be used: {error}") from error
    raise WeightsError(f"no weights of a policy at {places[0]}" if named else "no weights of a policy are installed")


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Weights:
    return Weights.load(path)


@lru_cache(maxsize=1)
def _tell(path: str, problem: str) -> None:
    """Say once in the log that weights are passed over."""
    logger.warning("%s is left as it is and not used: %s", path, problem)

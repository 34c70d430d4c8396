"""How a search begins: by what its first plans are built."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Init(StrEnum):
    """What builds the first plans."""

    AUTO = "auto"
    """Whichever of the next two was measured to lead further on problems of this kind."""
    POLICY = "policy"
    """A learned policy's rollouts."""
    CLASSICAL = "classical"
    """Savings or insertion."""
    RANDOM = "random"
    """A random order; to compare with."""


ROLLOUTS = 8
"""Rollouts of the policy, the first of them greedy."""

MOST_ROLLOUTS = 1024


@dataclass(frozen=True, slots=True)
class FirstPlan:
    """Where a search came from.

    Parameters
    ----------
    by
        What built it; None where a plan was given or there was nothing to plan. Never `Init.AUTO`.
    seconds
        Of search until it stood.
    """

    by: Init | None
    seconds: float

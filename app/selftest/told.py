"""What the course of a self-test tells whoever watches it; see `app.selftest.watch`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Began:
    """A step has begun: if nothing more is heard, it is to blame."""

    step: str


@dataclass(frozen=True, slots=True)
class Done:
    """A step did what it should.

    Parameters
    ----------
    step
        Its name.
    seconds
        How long it took.
    facts
        What else there is to know of it, as JSON has it.
    """

    step: str
    seconds: float
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """A step did not do what it should, and why."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step was not tried, and why."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """Something about the program, rather than about a step."""

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Over:
    """All steps have been heard of."""


Told = Began | Done | Failed | Skipped | Known | Over

Tell = Callable[[Told], None]

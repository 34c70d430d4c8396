"""How long work tells how far it is, and learns that it is not wanted any more."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with the number of parts that are done, and of all parts. It may raise `StoppedError`."""


class StoppedError(Exception):
    """The user has stopped the work; nothing of it is kept."""


def unheard(done: int, total: int) -> None:
    """Tell nobody."""

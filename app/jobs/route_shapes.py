"""Shapes of drives along roads, found in a thread of their own while the plan is drawn in straight lines."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Event
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.jobs.background import BackgroundRunner
from app.language import tr
from app.model.drives import Drive
from app.model.scenario import Scenario

logger = logging.getLogger(__name__)

Floats = NDArray[np.float64]
Make = Callable[[Scenario, Sequence[Drive]], Sequence[Floats | None]]
"""Returns the shape of each drive, or None where it has none; it is called in the thread."""

MOST = 60_000
"""Shapes kept: a large plan, and what a search tried before it."""
PART = 32
"""Drives between two looks at whether something newer is wanted."""
SPAN = 0.2
"""Seconds after which what is found by then is handed over."""


class KnownShapes(dict[Drive, Floats | None]):
    """Shapes by drive, None where there is none.

    For a drive that is not in it, `get` still gives the shape that it had when roads were others, which is nearer to
    the truth than a straight line.
    """

    def __init__(self, known: Iterable[tuple[Drive, Floats | None]] = ()) -> None:
        super().__init__(known)
        self.former: dict[Drive, Floats | None] = {}

    def get(self, drive: Drive, default: Any = None) -> Any:
        """Return a shape of now, else one of before, else the default."""
        return self[drive] if drive in self else self.former.get(drive, default)


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """What was asked for together."""

    scenario: Scenario
    drives: tuple[Drive, ...]
    era: int
    dropped: Event = field(default_factory=Event)


class RouteShapes(QObject):
    """Finds shapes of what is wanted last, each once, and keeps them.

    Parameters
    ----------
    make
        Finds them.
    parent
        Owner.

    Attributes
    ----------
    known
        All that were found, and for a while those of before.

    Signals
    -------
    found
        There are more of them.
    """

    found = Signal()

    def __init__(self, make: Make, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._runner = BackgroundRunner(self)
        self._wish: _Wish | None = None
        self._next: _Wish | None = None
        self._era = 0  # what was asked for in another one is not what is true now
        self.known = KnownShapes()

    @property
    def busy(self) -> bool:
        """Whether shapes are still to come."""
        return self._wish is not None

    def want(self, scenario: Scenario, drives: Iterable[Drive]) -> None:
        """Find these next, and forget what else was wanted; what is known already costs nothing."""
        self._next = _Wish(scenario, tuple(dict.fromkeys(drives)), self._era)
        if self._wish is None:
            self._begin()
        else:
            self._wish.dropped.set()

    def forget(self, vehicles: Collection[str]) -> None:
        """Take the shapes of these vehicles for former ones, for their roads are others now."""
        before, self.known = self.known, KnownShapes(one for one in self.known.items() if one[0][0] not in vehicles)
        self.known.former = before.former | {drive: shape for drive, shape in before.items() if drive[0] in vehicles}
        self._era += 1
        self._next = None
        if self._wish is not None:
            self._wish.dropped.set()

    def close(self) -> None:
        """End the thread; afterwards no signal comes."""
        if self._wish is not None:
            self._wish.dropped.set()
        self._runner.close()

    def _begin(self) -> None:
        wanted, self._next, self._wish = self._next, None, None
        drives = tuple(one for one in wanted.drives if one not in self.known) if wanted is not None else ()
        if wanted is None or not drives:
            self.known.former = {}
            return
        wish = self._wish = _Wish(wanted.scenario, drives, wanted.era)
        self._runner.run(
            tr("Looking for roads"),
            lambda: self._work(wish),
            lambda made: self._on_made(wish, made),
            lambda error: self._on_failed(wish, error),
        )

    def _work(self, wish: _Wish) -> dict[Drive, Floats | None]:
        made: dict[Drive, Floats | None] = {}
        until = monotonic() + SPAN
        for start in range(0, len(wish.drives), PART):
            part = wish.drives[start : start + PART]
            made.update(zip(part, self._make(wish.scenario, part), strict=True))
            if wish.dropped.is_set() or monotonic() > until:
                break
        return made

    def _on_made(self, wish: _Wish, made: dict[Drive, Floats | None]) -> None:
        if wish.era == self._era:
            self.known.update(made)
            if len(self.known) > MOST:
                self.known = KnownShapes(islice(self.known.items(), len(self.known) - MOST // 2, None))
            self.found.emit()  # whoever hears it may want the rest, so the next wish begins after it
            if self._next is None and wish.era == self._era:
                self._next = wish  # with what is left of it
        self._begin()

    def _on_failed(self, wish: _Wish, error: Exception) -> None:
        logger.error("the shapes of routes could not be found", exc_info=error)
        self._on_made(wish, dict.fromkeys(wish.drives))

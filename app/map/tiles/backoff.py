"""When to ask again what has failed: later each time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Backoff:
    """A pause that doubles with each failure.

    Parameters
    ----------
    first, most
        Seconds of the first pause and of the longest.
    """

    first: float
    most: float
    failures: int = 0
    until: float = 0.0

    def failed(self, now: float, at_least: float = 0.0) -> None:
        """Note a failure; one of a request that was under way when the pause began counts with that pause.

        Parameters
        ----------
        now
            Seconds of any clock that only goes forward.
        at_least
            Seconds that the other side asks for.
        """
        pause = at_least
        if now >= self.until:
            self.failures += 1
            pause = max(pause, min(self.first * 2.0 ** min(self.failures - 1, 30), self.most))
        self.until = max(self.until, now + pause)

    def succeeded(self) -> None:
        """Note that it works again."""
        self.failures, self.until = 0, 0.0

    @property
    def failing(self) -> bool:
        """Whether the last attempt has failed."""
        return self.failures > 0

"""What the map asks for tiles."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.map.tiles.grid import Tile
from app.map.tiles.sources import SourceInfo


class TileProvider(QObject):
    """Gets tiles without ever holding up the window; it has to be closed.

    Signals
    -------
    ready
        `info` is known now.
    arrived
        A `Tile` and its `Picture`; the same tile may arrive again, newer.
    absent
        A `Tile` that the source does not have.
    failed
        A `Tile` that cannot be had now; it is tried again by itself.
    trouble
        Why the source cannot be used, as a sentence; "" when it works again.
    """

    ready = Signal()
    arrived = Signal(object, object)
    absent = Signal(object)
    failed = Signal(object)
    trouble = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.info: SourceInfo | None = None
        """What is known of the source; None until it can be used."""
        self.dark = False
        """Whether drawings are for a dark map; others are not wrong, but cost the window time."""

    def want(self, missing: Sequence[Tile], visible: frozenset[Tile]) -> None:
        """Get tiles instead of those wanted before.

        Parameters
        ----------
        missing
            What the map does not have, what it needs most first.
        visible
            All that is in view, which may be brought up to date.
        """
        raise NotImplementedError

    def retry(self) -> None:
        """Try at once what has failed, since the user believes that it works now."""
        raise NotImplementedError

    def close(self) -> None:
        """Forget what is wanted, without waiting for what still runs; nothing is signalled any more."""
        raise NotImplementedError

    def ended(self, wait: float = 0.0) -> bool:
        """Return whether nothing runs any more; only then may the provider go.

        Parameters
        ----------
        wait
            Seconds to wait for that at most: a disk may be asleep, or a drive of the network gone.
        """
        raise NotImplementedError

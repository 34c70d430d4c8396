"""Which two variants are held against one another, and two boxes to choose them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from app.edits.session import EditSession
from app.language import tr
from app.model.variants import Arrangement


class ComparedPair(QObject):
    """A base and another variant, which is the present one until the user wants to see a certain one.

    Parameters
    ----------
    session
        Has the variants.

    Signals
    -------
    changed
        They are others now, or are called otherwise.
    """

    changed = Signal()

    def __init__(self, session: EditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._base = 0
        self._wanted: int | None = None
        self.base_box, self.other_box = QComboBox(), QComboBox()
        for box, name, title, tip in (
            (self.base_box, "comparison_base", tr("Base of the comparison"), tr("Differences refer to this variant")),
            (
                self.other_box,
                "comparison_other",
                tr("Compared variant"),
                tr("Drawn and told vehicle by vehicle beside the base"),
            ),
        ):
            box.setObjectName(name)
            box.setAccessibleName(title)
            box.setToolTip(tip)
            box.setStyleSheet("QComboBox { min-height: 14px; padding: 2px 22px 2px 8px; }")  # as high as the tabs
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.base_box.activated.connect(self._on_base)
        self.other_box.activated.connect(self._on_other)
        session.variants.arranged.connect(self._on_arranged)
        session.replaced.connect(self._on_replaced)
        self._fill()

    @property
    def names(self) -> tuple[str, ...]:
        """What all variants are called, in their order."""
        return self._session.variants.names

    @property
    def base(self) -> int:
        """Place of the variant that differences refer to."""
        return self._base

    @property
    def other(self) -> int:
        """Place of the variant that is compared with it; the same only where there is no other."""
        if self._wanted is not None and self._wanted != self._base:
            return self._wanted
        present, count = self._session.variants.present, len(self.names)
        return present if present != self._base else (self._base + 1) % count

    def _on_base(self, place: int) -> None:
        if place == self.other:
            self._wanted = self._base  # they change places
        self._base = place
        self._fill()
        self.changed.emit()

    def _on_other(self, place: int) -> None:
        if place == self._base:
            self._base = self.other
        self._wanted = place
        self._fill()
        self.changed.emit()

    def _on_arranged(self, arrangement: Arrangement) -> None:
        def now(place: int | None) -> int | None:
            return arrangement.sources.index(place) if place in arrangement.sources else None

        self._base, self._wanted = now(self._base) or 0, now(self._wanted)
        self._fill()
        self.changed.emit()

    def _on_replaced(self) -> None:
        self._base, self._wanted = 0, None
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        for box, place in ((self.base_box, self.base), (self.other_box, self.other)):
            with QSignalBlocker(box):
                box.clear()
                box.addItems(self.names)
                box.setCurrentIndex(place)

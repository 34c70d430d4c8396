"""Messages and hints in a corner of the map: they come and go, and what lies below them stays where it is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.map.text_scale import scaled
from app.views.theme import GAP, MARGIN

WIDEST = 380
"""Pixels at the normal size of text, so that the middle of the map, where things are, stays in view."""

ABOVE_EDGE = 26
"""Pixels that are left to the attribution."""


class MapNotices(QWidget):
    """A column of cards, as high as those that are shown need; there is none of it while none is.

    A child of what the map lies in and not of the map, so that keys which a button of a card does not take do not
    become commands of the map.

    Parameters
    ----------
    over
        The map, laid out in the widget that it will lie in.
    cards
        From top to bottom; each shows and hides itself.
    parent
        That widget.
    """

    def __init__(self, over: QWidget, cards: Iterable[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("map_notices")
        self._over, self._cards = over, tuple(cards)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for card in self._cards:
            layout.addWidget(card)
            card.installEventFilter(self)
        over.installEventFilter(self)
        self.place()

    def place(self) -> None:
        """Take the room that the cards need now."""
        shown = [card for card in self._cards if not card.isHidden()]
        self.setVisible(bool(shown))
        if not shown:
            return
        over, layout = self._over.geometry(), self._column
        layout.invalidate()
        width = max(min(scaled(WIDEST), over.width() - 2 * MARGIN), layout.minimumSize().width())
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        self.resize(QSize(width, height))
        self.move(over.right() - MARGIN - width, max(over.bottom() - ABOVE_EDGE - height, over.top() + GAP))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._over:
            if kind in (QEvent.Type.Resize, QEvent.Type.Move):
                self.place()
        elif kind in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest):
            self.place()
        return super().eventFilter(watched, event)

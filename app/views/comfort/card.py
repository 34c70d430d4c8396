"""A card that lies over the middle of another widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtWidgets import QFrame, QWidget

from app.map.text_scale import scaled
from app.views.theme import MARGIN


class Card(QFrame):
    """Hidden at first; as large as its contents need, and in the middle whatever the size of what it lies over.

    Parameters
    ----------
    over
        What it lies over.
    width
        Most pixels that it takes across at the normal size of text.
    """

    def __init__(self, over: QWidget, width: int) -> None:
        super().__init__(over)
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over, self._width = over, width
        over.installEventFilter(self)
        self.hide()

    def place(self) -> None:
        """Take the size that the contents need, and go where the card belongs."""
        over = self._over
        width = min(scaled(self._width), over.width() - 2 * MARGIN)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.resize(QSize(width, height))
        self.move(QPoint((over.width() - width) // 2, max((over.height() - height) // 2, 0)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.place()
        return False

    def reveal(self) -> None:
        """Show the card on top."""
        self.place()
        self.show()
        self.raise_()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and not self.isHidden():
            self.place()

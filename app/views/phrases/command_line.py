"""The line in which commands and questions are typed, over the window: how they can go on, and what they would do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.language import tr
from app.map.text_scale import scaled
from app.model.phrases.completing import Completion
from app.views.phrases.typing_line import TypingLine
from app.views.theme import GAP, MARGIN

WIDTH, ROWS = 620, 12
"""Pixels, and rows of what is offered that are in sight."""

FROM_TOP = 0.14
"""Where it lies, as a share of the height of the window."""

KEYS = tr("Tab takes what is offered · Enter does it · ↑ earlier ones · Esc closes")


class CommandLine(QFrame):
    """Shows and tells; what is typed means nothing here.

    Parameters
    ----------
    window
        Over which it lies.

    Signals
    -------
    typed(str)
        The text is another one.
    entered(str)
        It is to be done.
    closed
        It is not open any more.
    """

    typed = Signal(str)
    entered = Signal(str)
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("command_line")
        self.setProperty("card", True)
        self._window = window
        self._before: QWidget | None = None
        self._history: list[str] = []
        self._at: int | None = None  # in the history
        self.line = TypingLine()
        self.line.setObjectName("command_text")
        self.line.setAccessibleName(tr("Command or question"))
        self.line.setAccessibleDescription(KEYS)
        self.line.setClearButtonEnabled(True)
        self.ways = QListWidget()
        self.ways.setObjectName("command_ways")
        self.ways.setAccessibleName(tr("How it can go on"))
        self.ways.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ways.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ways.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.word = QLabel()
        self.word.setObjectName("command_word")
        self.word.setWordWrap(True)
        self.word.setTextFormat(Qt.TextFormat.PlainText)
        self._keys = QLabel(KEYS)
        self._keys.setObjectName("command_keys")
        self._keys.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, GAP)
        layout.setSpacing(GAP)
        for widget in (self.line, self.ways, self.word, self._keys):
            layout.addWidget(widget)
        self.line.textChanged.connect(self._on_text)
        self.line.returnPressed.connect(self._on_enter)
        self.line.stepped.connect(self._on_step)
        self.line.taken.connect(self._take)
        self.line.left.connect(self.close_line)
        self.ways.itemClicked.connect(self._on_clicked)
        window.installEventFilter(self)
        self.hide()

    def open_line(self, example: str) -> None:
        """Show it empty, with an example of what can be typed; Esc goes back to where the keys went before."""
        if self.isVisible():
            return
        self._before, self._at = self._window.focusWidget(), None
        self.line.setPlaceholderText(example)
        self.line.clear()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.typed.emit("")

    def close_line(self) -> None:
        """Hide it."""
        if not self.isVisible():
            return
        kept = self.line.hasFocus()
        self.hide()
        if kept and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def remember(self, text: str) -> None:
        """Put a text among the earlier ones."""
        self._history = [one for one in self._history if one != text] + [text]
        self._at = None

    def show_ways(self, ways: Sequence[Completion]) -> None:
        """Show how the text can go on."""
        self.ways.clear()
        for way in ways:
            item = QListWidgetItem(way.text.strip())
            item.setData(Qt.ItemDataRole.UserRole, way)
            self.ways.addItem(item)
        self.ways.setVisible(bool(ways))
        rows = min(len(ways), ROWS)
        self.ways.setFixedHeight(rows * max(self.ways.sizeHintForRow(0), 1) + 2 * self.ways.frameWidth() + 2)
        self._lay_out()

    def show_word(self, text: str, *, error: bool = False) -> None:
        """Say what would be done, or why nothing is; a screen reader says it, too."""
        if self.word.text() == text and self.word.property("error") == error:
            return
        self.word.setText(text)
        self.word.setVisible(bool(text))
        self.word.setProperty("error", error)
        self.word.style().unpolish(self.word)
        self.word.style().polish(self.word)
        self.line.setAccessibleDescription(text or KEYS)
        if text and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self.word, QAccessible.Event.Alert))
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._lay_out()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        room: QSize = self._window.size()
        width = min(scaled(WIDTH), room.width() - 2 * MARGIN)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry((room.width() - width) // 2, round(FROM_TOP * room.height()), width, height)

    def _on_text(self, text: str) -> None:
        if self.isVisible():
            self.typed.emit(text)

    def _chosen(self) -> Completion | None:
        item = self.ways.currentItem()
        way: Completion | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return way

    def _on_enter(self) -> None:
        """Do what is typed or chosen; what is not whole yet is put into the line, to go on."""
        way = self._chosen()
        if way is not None:
            self.line.setText(way.text)
        if way is None or way.whole:
            self.entered.emit(self.line.text())

    def _take(self) -> None:
        if self._chosen() is None and self.ways.count():
            self.ways.setCurrentRow(0)
        way = self._chosen()
        if way is not None:
            self.line.setText(way.text)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.line.setText(item.data(Qt.ItemDataRole.UserRole).text)

    def _on_step(self, rows: int) -> None:
        """Go through what is offered; above its first row are the earlier texts."""
        row = self.ways.currentRow() + rows
        if rows < 0 and (row < -1 or self._at is not None):
            self._recall(-1)
        elif rows > 0 and self._at is not None:
            self._recall(1)
        else:
            self.ways.setCurrentRow(max(-1, min(row, self.ways.count() - 1)))
            way = self._chosen()
            self.line.setAccessibleDescription(way.text if way is not None else self.word.text())

    def _recall(self, step: int) -> None:
        if not self._history:
            return
        at = (len(self._history) if self._at is None else self._at) + step
        if at >= len(self._history):
            self._at = None
            self.line.clear()
        else:
            self._at = max(0, at)
            self.line.setText(self._history[self._at])

"""The dock of answers: those that follow the selection, and the one that is searched for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from app.views.theme import GAP, MARGIN, Theme
from app.views.why.card import Card

SLOTS = 2
"""So many answers follow a selection."""

NOTHING_ASKED = tr(
    "Select a stop to see why it is on its vehicle, or why it is on none. Select two, one after the other, to ask why "
    "the second does not follow the first."
)


class WhyDock(QDockWidget):
    """Cards in a column; above them what is being searched for, below them what else can be asked.

    Signals
    -------
    closed_answer
        The answer that was searched for is not wanted any more.
    stop_requested
        The search should end.
    pair_requested, prices_requested
        The question about two stops, and what each constraint costs.
    changed_requested(str)
        What has changed since a moment, a value of `app.jobs.moments.Moment`.
    """

    closed_answer = Signal()
    stop_requested = Signal()
    pair_requested = Signal()
    prices_requested = Signal()
    changed_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Why?"), parent)
        self.setObjectName("why_dock")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())
        self.cards = [Card(f"why_card_{slot}") for slot in range(SLOTS)]
        self.empty = QLabel(NOTHING_ASKED)
        self.empty.setObjectName("why_empty")
        self.empty.setWordWrap(True)
        self.empty.setProperty("muted", True)
        self.word = QLabel()
        self.word.setObjectName("why_word")
        self.word.setWordWrap(True)
        self.word.setTextFormat(Qt.TextFormat.PlainText)
        self.progress = QProgressBar()
        self.progress.setObjectName("why_progress")
        self.progress.setAccessibleName(tr("Searches that have been made"))
        self.progress.setTextVisible(False)
        self.stop = QPushButton(tr("Stop"))
        self.stop.setObjectName("why_stop")
        self.close_searched = QToolButton()
        self.close_searched.setObjectName("why_close")
        theme.bind(self.close_searched, "close")
        self.searched = Card("why_searched", self.close_searched)
        self.pair_text = QLabel()
        self.pair_text.setObjectName("why_pair_text")
        self.pair_text.setWordWrap(True)
        self.pair_text.setTextFormat(Qt.TextFormat.PlainText)
        self.pair = QPushButton(tr("Search for the answer"))
        self.pair.setObjectName("why_pair")
        self.prices = QPushButton(tr("What does each constraint cost?"))
        self.prices.setObjectName("why_prices")
        self.changed = QPushButton(tr("What has changed?"))
        self.changed.setObjectName("why_changed")
        for button, name, tip in (
            (self.stop, tr("Stop"), tr("End the search and keep what is known")),
            (self.pair, tr("Why not next?"), tr("Search for the plan in which the second stop follows the first")),
            (self.prices, self.prices.text(), tr("Search once more without each of them, in the background")),
            (self.changed, self.changed.text(), tr("Compare with the plan before the last solve or edit")),
            (self.close_searched, tr("Close this answer"), tr("Close this answer")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        self._lay_out()
        self.stop.clicked.connect(self.stop_requested)
        self.close_searched.clicked.connect(self.closed_answer)
        self.pair.clicked.connect(self.pair_requested)
        self.prices.clicked.connect(self.prices_requested)

    def show_cards(self, number: int) -> None:
        """Show so many of the cards that follow the selection."""
        for slot, card in enumerate(self.cards):
            card.setVisible(slot < number)
            if slot >= number:  # a switch that nobody sees any more could not be turned off
                card.draw.setChecked(False)
        self._show_empty()

    def show_pair(self, text: str) -> None:
        """Offer the question about two stops; "" offers none."""
        self.pair_text.setText(text)
        self.pair_text.setVisible(bool(text))
        self.pair.setAccessibleName(text or tr("Why not next?"))
        self.pair.setVisible(bool(text))
        self._show_empty()

    def show_searching(self, *, busy: bool, waiting: bool = False) -> None:
        """Show whether something is being searched for."""
        self.head.setVisible(busy)
        self.close_searched.setVisible(not busy)
        self.word.setText(tr("Waits until the solver is free…") if busy and waiting else "")
        self.word.setVisible(bool(self.word.text()))
        self._show_empty()

    def show_progress(self, done: int, of: int) -> None:
        """Show how many searches have been made."""
        self.progress.setRange(0, max(of, 1))
        self.progress.setValue(done)
        self.progress.setToolTip(tr("{done} of {number} searches", done=done, number=of))

    def show_word(self, text: str) -> None:
        """Say why there is no answer."""
        self.word.setText(text)
        self.word.setVisible(bool(text))

    def show_top(self) -> None:
        """Scroll to where an answer that is searched for appears."""
        self.area.verticalScrollBar().setValue(0)

    def _show_empty(self) -> None:
        shown = any(not card.isHidden() for card in (*self.cards, self.searched)) or not self.pair.isHidden()
        self.empty.setVisible(not shown)

    def _lay_out(self) -> None:
        self.head = QWidget()
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(GAP)
        head.addWidget(self.progress, 1)
        head.addWidget(self.stop)
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        for widget in (self.head, self.word, self.searched, *self.cards, self.empty, self.pair_text, self.pair):
            layout.addWidget(widget)
        layout.addStretch()
        layout.addWidget(self.changed)
        layout.addWidget(self.prices)
        for button in (self.pair, self.prices, self.changed, self.stop):
            button.setAutoDefault(False)
        self.area = QScrollArea()
        self.area.setObjectName("why_area")
        self.area.setAccessibleName(tr("Answers"))
        self.area.setAccessibleDescription(tr("The arrow keys scroll"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(column)
        self.setWidget(self.area)
        self.searched.hide()
        self.show_cards(0)
        self.show_pair("")
        self.show_searching(busy=False)

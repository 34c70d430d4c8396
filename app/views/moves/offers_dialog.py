"""Vehicles side by side with what each would cost, of which one is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.edits.session import EditSession
from app.jobs.ranking import Ranking
from app.language import tr, trn
from app.model.offers import Offer, Offers
from app.views.empty_state import EmptyState
from app.views.moves.differences import explanation
from app.views.moves.offers_table import OffersTable, offers_view
from app.views.theme import GAP, MARGIN, Theme

PATIENCE = 150
"""Milliseconds before it says that it is at work; most answers are there by then."""

DETAIL_LINES = 4
"""Lines of what would be broken that are always in sight; the tooltip has more of them."""


class OffersDialog(QDialog):
    """Ranks offers in the background, the best first; it asks again when the plan changes meanwhile.

    Parameters
    ----------
    heading
        What is to be decided.
    verb
        On the button that does it.
    nothing
        Said when there is no offer.
    session
        Whose plan is changed.
    ranking
        Works out the offers.
    offers
        Says which they are, see `app.model.offers`.
    theme
        Draws icons.

    Signals
    -------
    chosen
        The `app.model.moves.Draft` of the offer that was chosen.
    """

    chosen = Signal(object)

    def __init__(
        self,
        heading: str,
        verb: str,
        nothing: str,
        session: EditSession,
        ranking: Ranking,
        offers: Offers,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("offers_dialog")
        self.setWindowTitle(heading)
        self.resize(880, 460)
        self.finished.connect(self._on_finished)
        self._session, self._ranking, self._offers = session, ranking, offers
        self._nothing = nothing
        self._state = session.state
        self.table = OffersTable(theme, self)
        self.view = offers_view(self.table)
        self._empty = EmptyState("")
        self._empty.setObjectName("offers_empty")
        self._stack = QStackedWidget()
        self._stack.setObjectName("offers_panel")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self._detail = QLabel()
        self._detail.setObjectName("offers_detail")
        self._detail.setTextFormat(Qt.TextFormat.PlainText)
        self._detail.setWordWrap(True)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._detail.setMinimumHeight(DETAIL_LINES * self.fontMetrics().lineSpacing())
        self._timer = QTimer(self, singleShot=True, interval=PATIENCE)
        self._timer.timeout.connect(lambda: self._empty.say(tr("Comparing vehicles…")))
        self._lay_out(heading, verb)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._show_detail())
        self.view.doubleClicked.connect(lambda _: self.accept())
        ranking.ranked.connect(self._show)
        ranking.refused.connect(self._say)
        session.changed.connect(self._on_changed)
        session.hold()
        self._ask()

    @property
    def current(self) -> Offer | None:
        """The offer that would be taken."""
        row = self.view.currentIndex().row()
        return self.table.offers[row] if 0 <= row < len(self.table.offers) else None

    def accept(self) -> None:
        """Take the current offer, if it is still one for the present plan."""
        offer = self.current
        if offer is not None and offer.proposal.draft.before is self._session.state:
            self._session.changed.disconnect(self._on_changed)
            self.chosen.emit(offer.proposal.draft)  # before the plan is released, and may change
            super().accept()

    def _lay_out(self, heading: str, verb: str) -> None:
        title = QLabel(heading)
        title.setObjectName("offers_heading")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        cancel = QPushButton(tr("Cancel"))
        cancel.setObjectName("offers_cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._accept = QPushButton(verb)
        self._accept.setObjectName("offers_accept")
        self._accept.setDefault(True)
        self._accept.setEnabled(False)
        self._accept.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self._accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(title)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._detail)
        layout.addLayout(buttons)

    def _ask(self) -> None:
        self._state = self._session.state
        self._accept.setEnabled(False)
        self._timer.start()
        self._ranking.ask(self._state, self._offers)

    def _on_changed(self) -> None:
        if self._session.state is not self._state:
            self._ask()

    def _show(self, offers: tuple[Offer, ...]) -> None:
        self._timer.stop()
        self.table.set_offers(offers, self._state.scenario.settings.currency)
        self._stack.setCurrentIndex(1 if offers else 0)
        self._accept.setEnabled(bool(offers))
        if offers:
            self.view.selectRow(0)
            self.view.setFocus()
        else:
            self._empty.say(self._nothing)
        self._show_detail()

    def _say(self, sentence: str) -> None:
        self._show(())
        self._empty.say(sentence)

    def _show_detail(self) -> None:
        offer = self.current
        lines = explanation(offer.proposal).split("\n") if offer is not None else []
        more = len(lines) - DETAIL_LINES
        if more > 0:
            lines = [*lines[: DETAIL_LINES - 1], trn("… and {number} more", "… and {number} more", more + 1)]
        self._detail.setText("\n".join(lines))

    def _on_finished(self) -> None:
        self._timer.stop()
        self._ranking.drop()
        self._session.release()
        self.deleteLater()

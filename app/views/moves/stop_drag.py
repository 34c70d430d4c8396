"""A drag of stops from one view to another: follows the mouse wherever it goes, and says what a drop would change.

The view where it begins only says which stop was taken. From then on every mouse event of the window comes here, so it
does not matter over which view the mouse is, and whether the one where it began is still in sight.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.jobs.evaluation_service import EvaluationService
from app.language import tr
from app.model.drops import BestPlace, Destination, Exactly, changes_plan
from app.model.moves import stops_of
from app.model.proposal import Proposal
from app.views.moves.drag_readout import DragReadout
from app.views.moves.drop_pricing import DropPricing
from app.views.moves.drop_words import HINT, heading, placing
from app.views.moves.plan_moves import PlanMoves
from app.views.moves.sites import DropSite

CUSTOMERS = "customers"
SCROLL_DELAY, SCROLL_STEP = 250, 30
"""Milliseconds until what is below the mouse moves along at an edge, and between two steps of it."""
SPRING = 400
"""Milliseconds over a tab until it comes to the front."""

Event, Key = QEvent.Type, Qt.Key
CLICKS = (Event.MouseButtonPress, Event.MouseButtonDblClick)
KEYS = (Event.KeyPress, Event.KeyRelease, Event.ShortcutOverride)
ENDS = (Event.WindowDeactivate, Event.Hide, Event.Close)


class StopDrag(QObject):
    """Holds the stops between press and drop.

    Parameters
    ----------
    moves
        Makes a drop an edit.
    session, selection
        What is changed, and of it what.
    evaluations
        Has the problem that changes are priced with.
    window
        In which stops are dragged.

    Signals
    -------
    began, ended
        Stops are held now, or no more.
    said
        How to drop, for the status bar; "" at the end.
    """

    began = Signal()
    ended = Signal()
    said = Signal(str)

    def __init__(
        self,
        moves: PlanMoves,
        session: EditSession,
        selection: Selection,
        evaluations: EvaluationService,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._moves, self._session, self._selection = moves, session, selection
        self._window = window
        self._pricing = DropPricing(session, evaluations, moves.ranking, self)
        self._pricing.answered.connect(self._on_answered)
        self._sites: dict[QWidget, DropSite] = {}
        self._dropped = False
        self._grabbed = ""
        self._alt = False
        self._at = QPoint()
        self._site: DropSite | None = None
        self._tab: tuple[QTabBar, int] | None = None
        self.customers: tuple[str, ...] = ()
        self.destination: Destination | None = None
        self.outcome: Proposal | str | None = None
        self.readout = DragReadout(window)
        self._scroll = QTimer(self)
        self._scroll.timeout.connect(self._on_scroll)
        self._spring = QTimer(self, singleShot=True, interval=SPRING)
        self._spring.timeout.connect(self._on_spring)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(lambda: self._refresh(anew=True))
        session.changed.connect(self._on_changed)
        session.replaced.connect(self.cancel)
        evaluations.evaluated.connect(self._on_evaluated)

    @property
    def active(self) -> bool:
        """Whether stops are held."""
        return bool(self.customers)

    def set_sites(self, sites: Iterable[DropSite]) -> None:
        """Take these as what stops can be dropped on."""
        self._sites = {site.widget: site for site in sites}

    def begin(self, grabbed: str) -> None:
        """Hold a customer, and if it is selected all customers that are selected too, in the order of the plan."""
        if self.active or grabbed not in self._session.scenario.customers:
            return
        selected = self._selection.ids(CUSTOMERS)
        held = selected if grabbed in selected else frozenset([grabbed])
        self.customers = stops_of(self._session.state, {(CUSTOMERS, key) for key in held})
        self._grabbed, self._alt = grabbed, False
        self._session.hold()
        QApplication.setOverrideCursor(Qt.CursorShape.DragMoveCursor)
        self._app().installEventFilter(self)
        self.said.emit(HINT)
        self.began.emit()

    def cancel(self) -> None:
        """Let go without any effect."""
        if self.active:
            self._let_go()
            self._session.release()

    def drop(self) -> None:
        """Make what is proposed an edit, or say why it cannot be done; what is being worked out is waited for."""
        if not self.active:
            return
        if self.waits:
            self._dropped = True
            self._scroll.stop()
            return
        outcome = self.outcome
        self._let_go()
        if isinstance(outcome, str):
            self._moves.message.emit(outcome)
        elif outcome is not None and changes_plan(outcome):
            self._moves.apply(outcome.draft)  # before the plan is released, and may change
        self._session.release()

    def _let_go(self) -> None:
        self._app().removeEventFilter(self)
        QApplication.restoreOverrideCursor()
        for timer in (self._scroll, self._spring, self._later):
            timer.stop()
        for site in self._sites.values():
            site.mark(None, None)
            site.follow(None, "")
        self.readout.hide()
        self._pricing.forget()
        self._dropped = False
        self.customers, self.destination, self.outcome = (), None, None
        self._site = self._tab = None
        self.said.emit("")
        self.ended.emit()

    @staticmethod
    def _app() -> QCoreApplication:
        app = QCoreApplication.instance()
        assert app is not None
        return app

    # Events of the whole window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not isinstance(watched, QWidget):  # a window hands its events on to its widgets
            return False
        if isinstance(event, QMouseEvent):
            if kind in CLICKS:
                if event.button() == Qt.MouseButton.RightButton:
                    self.cancel()
                return True
            if not self._dropped:
                self._follow(event.globalPosition().toPoint(), event.modifiers())
            if kind == Event.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
                self.drop()
            return True
        if kind in KEYS and isinstance(event, QKeyEvent):
            event.accept()
            self._on_key(event)
            return True
        if kind == Event.Wheel:
            self._later.start()  # what is below the mouse is somewhere else then
        elif kind in ENDS and watched is self._window:
            self.cancel()
        return kind in (Event.ToolTip, Event.ContextMenu)

    def _on_key(self, event: QKeyEvent) -> None:
        if event.type() == Event.KeyPress and event.key() == Key.Key_Escape:
            self.cancel()
        elif event.key() == Key.Key_Alt and event.type() != Event.ShortcutOverride:
            self._alt = event.type() == Event.KeyPress
            self._refresh()

    def _follow(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        self._at, self._alt = at, bool(modifiers & Qt.KeyboardModifier.AltModifier)
        self._refresh()

    # What would be

    def _refresh(self, *, anew: bool = False) -> None:
        """Look what is below the mouse, and work out what a drop there would change if that is something else."""
        if not self.active:
            return
        if self._dropped:  # where the mouse was then counts
            if anew:
                self._propose()
            return
        below = self._window.childAt(self._window.mapFromGlobal(self._at))
        self._watch_tab(below)
        site = self._site_of(below)
        if self._site is not None and site is not self._site:
            self._site.follow(None, "")
        self._site = site
        destination = None
        if site is not None:
            at = site.widget.mapFromGlobal(self._at)
            site.follow(at, self._grabbed)
            destination = site.destination_at(at, frozenset(self.customers))
            self._watch_edge(site, at)
        else:
            self._scroll.stop()
        if self._alt and isinstance(destination, Exactly):
            destination = BestPlace(destination.route)
        if anew or destination != self.destination or not self.readout.isVisible():
            self.destination = destination
            self._propose()
        else:
            self.readout.follow(self._window.mapFromGlobal(self._at))

    def _propose(self) -> None:
        """Ask what a drop would change."""
        if self.destination is None:
            self._pricing.forget()
            self.outcome = None
        else:
            self.outcome = self._pricing.ask(self.customers, self.destination)
        self._show()
        if self._dropped:
            self.drop()

    @property
    def waits(self) -> bool:
        """Whether it is still being worked out what a drop would change."""
        return self.destination is not None and self.outcome is None

    def _show(self) -> None:
        """Show in every view and at the cursor where the stops would go."""
        destination = self.destination
        proposal = self.outcome if isinstance(self.outcome, Proposal) else None
        meant = destination if proposal is not None or self.waits else None
        for site in self._sites.values():
            site.mark(meant, proposal)
        state = self._session.state
        if destination is None:
            said = HINT
        elif self.waits:
            said = tr("Looking for the best place…")
        elif proposal is None:
            said = str(self.outcome)
        else:
            said = placing(proposal, self.customers, destination)
        title = heading(state, self.customers, destination)
        self.readout.say(title, said, proposal, state.scenario.settings.currency)
        self.readout.follow(self._window.mapFromGlobal(self._at))
        QApplication.changeOverrideCursor(
            Qt.CursorShape.ForbiddenCursor if meant is None else Qt.CursorShape.DragMoveCursor
        )

    def _on_answered(self, answer: Proposal | str) -> None:
        self.outcome = answer
        self._show()
        if self._dropped:
            self.drop()

    def _on_changed(self) -> None:
        """The plan or the scenario is another: work it out anew, unless somebody who is held is gone."""
        if self.active:
            if all(key in self._session.scenario.customers for key in self.customers):
                self._pricing.forget()
                self.outcome = None  # it was about another plan, so a drop waits for the next one
                self._later.start()
            else:
                self.cancel()

    def _on_evaluated(self) -> None:
        if self.active:
            self._later.start()

    # Edges and tabs

    def _site_of(self, widget: QWidget | None) -> DropSite | None:
        while widget is not None:
            if widget in self._sites:
                return self._sites[widget]
            widget = widget.parentWidget()
        return None

    def _watch_edge(self, site: DropSite, at: QPoint) -> None:
        if not any(site.pushed(at)):
            self._scroll.stop()
        elif not self._scroll.isActive():
            self._scroll.start(SCROLL_DELAY)

    def _on_scroll(self) -> None:
        self._scroll.setInterval(SCROLL_STEP)
        if self._site is not None:
            self._site.scroll(*self._site.pushed(self._site.widget.mapFromGlobal(self._at)))
        self._refresh()

    def _watch_tab(self, below: QWidget | None) -> None:
        tab = None
        if isinstance(below, QTabBar):
            place = below.tabAt(below.mapFromGlobal(self._at))
            tab = (below, place) if place >= 0 and place != below.currentIndex() else None
        if tab != self._tab:
            self._tab = tab
            if tab is None:
                self._spring.stop()
            else:
                self._spring.start()

    def _on_spring(self) -> None:
        if self._tab is not None:
            bar, place = self._tab
            self._tab = None
            bar.setCurrentIndex(place)
            self._later.start()

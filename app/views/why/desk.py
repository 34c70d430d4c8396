"""Everything about "why?" in the window: what is asked, the dock of answers, and what is drawn on the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar

from app.edits.selection import Selection
from app.jobs.asker import Asker
from app.jobs.moments import Moment, Moments
from app.jobs.solve_controller import SolveController
from app.language import tr
from app.map.view import MapView
from app.model.changes import Edit
from app.model.patch import StalePatchError
from app.model.variants import Variant
from app.model.violations import name_of
from app.model.why.explanation import Explanation
from app.model.why.questions import Question, WhatChanged, WhatCosts, WhyUnassigned
from app.views.bindings import bind_dock
from app.views.menu import Menu
from app.views.theme import Theme
from app.views.variants.map_difference import drawn_difference
from app.views.why.as_text import as_text
from app.views.why.asked import asked_by, not_next
from app.views.why.card import Card
from app.views.why.dock import WhyDock
from app.views.why.question_tool import QuestionTool

SINCE = {
    Moment.BEFORE_SOLVE: tr("Since before the last solve"),
    Moment.FIRST_PLAN: tr("Since its first plan"),
    Moment.BEFORE_EDIT: tr("Since before the last edit"),
}


class WhyDesk(QObject):
    """Asks what the selection asks, and keeps the answers up to date; asks for searches only when it is told to.

    Parameters
    ----------
    controller
        Has the session, and the engine.
    selection
        What is asked about.
    map_view
        Draws what would be over the plan.
    theme
        Draws icons.
    window
        Gets the dock.

    Signals
    -------
    message
        A sentence that the user should read.
    said
        One that need not stay.
    """

    message = Signal(str)
    said = Signal(str)

    def __init__(
        self, controller: SolveController, selection: Selection, map_view: MapView, theme: Theme, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._controller, self._selection, self._map, self._window = controller, selection, map_view, window
        self._session = controller.session
        self.dock = WhyDock(theme, window)
        self.live, self.searcher = Asker(controller, self, lasting=True), Asker(controller, self)
        self.moments = Moments(controller, self)
        self._questions: tuple[Question, ...] = ()
        self._open: list[Question] = []  # of these, those that have not been answered since the last change
        self._order: list[str] = []  # selected customers in the order in which they were
        self._drawing: Card | None = None
        self._actions: Mapping[str, QAction] = {}
        self._tool = QuestionTool(map_view, selection, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask_all)
        self._connect()
        self._follow()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {
            "why_here": self.ask_here,
            "why_not_next": self.ask_pair,
            "why_prices": self.ask_prices,
            "why_changed": lambda: self.ask_changed(next(iter(self.moments.kept), Moment.BEFORE_SOLVE)),
        }

    def attach(self, actions: Mapping[str, QAction], beside: QDockWidget) -> None:
        """Put the dock behind another one, closed at first, and let its commands work."""
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self._window.tabifyDockWidget(beside, self.dock)
        bind_dock(actions["show_why"], self.dock)
        self.dock.hide()
        beside.raise_()
        actions["show_why"].setChecked(False)
        self._actions = actions
        self._enable()
        self.dock.visibilityChanged.connect(lambda _: QTimer.singleShot(0, self, self._mind_tab_bars))
        self._mind_tab_bars()

    def _mind_tab_bars(self) -> None:
        """Keep the keyboard out of a bar with one tab: Qt keeps that out of sight, but not out of reach."""
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for bar in bars:
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if bar.count() > 1 else Qt.FocusPolicy.NoFocus)

    def show(self) -> None:
        """Bring the dock to the front."""
        self.dock.show()
        self.dock.raise_()

    def ask(self, question: Question) -> None:
        """Show the dock and answer a question there, with as many searches as that takes."""
        self.show()
        self.dock.show_word("")
        self.dock.show_progress(0, 1)
        self.dock.show_top()
        self.searcher.ask(question)
        self._follow()  # what it will tell need not be told twice
        self._show_searching()

    def ask_here(self) -> None:
        """Show why the selected stop is where it is; what is left out is searched room for."""
        self.show()
        self._follow()
        self.dock.area.setFocus(Qt.FocusReason.ShortcutFocusReason)
        match asked_by(self._session.state, self._selection.items):
            case (WhyUnassigned(customer=customer),):
                if self.searcher.question != WhyUnassigned(customer):
                    self.ask(WhyUnassigned(customer))
            case ():
                self.message.emit(tr("Select a stop first, to ask why it is where it is."))

    def ask_pair(self) -> None:
        """Ask why the second of two selected stops does not come after the first."""
        self.ask_next(self._order)

    def ask_instead(self, instead: str) -> None:
        """Ask why a customer does not come next after the selected stop; "" is the second of two selected."""
        self.ask_next([*self._order[:1], instead] if instead else self._order)

    def ask_next(self, stops: Sequence[str]) -> None:
        """Ask why the second of two stops does not come after the first.

        Parameters
        ----------
        stops
            Ids of customers.
        """
        question = not_next(self._session.state, stops)
        if question is None:
            self.message.emit(tr("Select two stops, one after the other, of which the first is in a route."))
        else:
            self.ask(question)

    def ask_prices(self) -> None:
        """Ask what each constraint costs."""
        self.ask(WhatCosts())

    def ask_changed(self, moment: Moment) -> None:
        """Ask what has changed since a moment."""
        before = self.moments.kept.get(moment)
        if before is None:
            self.message.emit(tr("Nothing has changed yet: there is no earlier plan to compare with."))
        else:
            self.ask(WhatChanged(before))

    def close(self) -> None:
        """End the threads; afterwards nothing is answered."""
        self._soon.stop()
        self.live.close()
        self.searcher.close()

    def _connect(self) -> None:
        dock = self.dock
        self._selection.changed.connect(self._follow)
        self._session.changed.connect(lambda _: self._stale())
        self._session.changed.connect(lambda _: self._mark_searched())
        self.searcher.waits.connect(self._show_searching)
        self._controller.evaluations.evaluated.connect(lambda _: self._stale())
        self._controller.evaluated.connect(lambda _: self._stale())
        self._controller.progressed.connect(lambda _: self._stale())
        self._controller.state_changed.connect(lambda _: self._show_searching())
        dock.visibilityChanged.connect(lambda _: self._stale())
        self.live.answered.connect(self._on_live)
        self.live.ended.connect(self._on_live_ended)
        self.searcher.answered.connect(self._on_searched)
        self.searcher.progressed.connect(dock.show_progress)
        self.searcher.ended.connect(lambda _: self._show_searching())
        self.searcher.ended.connect(lambda _: self._stale())
        self.searcher.message.connect(dock.show_word)
        dock.stop_requested.connect(self.searcher.stop)
        dock.closed_answer.connect(self._close_answer)
        dock.pair_requested.connect(self.ask_pair)
        dock.prices_requested.connect(self.ask_prices)
        self._tool.asked.connect(lambda *stops: self.ask_next(stops))
        dock.changed.clicked.connect(self._offer_moments)
        for card in (dock.searched, *dock.cards):
            card.selection_requested.connect(self._selection.set)
            card.edit_requested.connect(self._do)
            card.question_requested.connect(self.ask)
            card.copy_requested.connect(lambda card=card: self._copy(card))
            card.drawn_requested.connect(lambda name, card=card: self._draw(card, name))

    # Following the selection

    def _follow(self) -> None:
        chosen = self._selection.ids("customers")
        self._order = [key for key in self._order if key in chosen] + sorted(chosen.difference(self._order))
        self._questions = self._asked()
        self.dock.show_cards(0 if not self._questions else self._answered())
        question = not_next(self._session.state, self._order) if len(chosen) == 2 else None
        if question is None:
            self.dock.show_pair("")
        else:
            names = [name_of(self._session.scenario.customers, one or "") for one in (question.after, question.instead)]
            self.dock.show_pair(tr("Why does {second} not follow {first}?", first=names[0], second=names[1]))
        self._enable()
        self._stale()

    def _asked(self) -> tuple[Question, ...]:
        """Return what the selection asks and the answer that was searched for does not tell as well."""
        asked = asked_by(self._session.state, self._selection.items)
        told, shown = self.searcher.question, self.dock.searched.explanation
        if told is None and shown is not None and not self.dock.searched.isHidden() and not self._is_old():
            told = shown.question
        if not isinstance(told, WhyUnassigned):
            return asked
        return tuple(one for one in asked if one != WhyUnassigned(told.customer, remedies=False))

    def _answered(self) -> int:
        """Return how many of the cards answer what is asked now."""
        shown = 0
        for card, question in zip(self.dock.cards, self._questions, strict=False):
            if card.explanation is None or card.explanation.question != question:
                break
            shown += 1
        return shown

    def _stale(self) -> None:
        if self.dock.isVisible() and not self._soon.isActive():  # begun anew each time, it might never end
            self._soon.start()

    def _ask_all(self) -> None:
        """Answer all that the selection asks, one after the other; one that is being answered is not disturbed."""
        self._questions = self._asked()
        # Behind those that are open still, or else the last one would never come up while plans arrive fast.
        open_still = [question for question in self._open if question in self._questions]
        self._open = [*open_still, *(question for question in self._questions if question not in open_still)]
        if not self._questions:
            self.live.stop()
            self.dock.show_cards(0)
        if self.live.busy and self.live.question not in self._questions:
            self.live.stop()
        self._ask_next()

    def _ask_next(self) -> None:
        if self._open and not self.live.busy:
            self.live.ask(self._open.pop(0))

    def _on_live(self, explanation: Explanation) -> None:
        if explanation.complete:
            self._ask_next()  # it is thought about while this one is drawn
        if explanation.question in self._questions:
            if not explanation.complete and self._is_told(explanation.question):
                return  # else the answer would shrink each time that the plan changes
            slot = self._questions.index(explanation.question)
            self.dock.cards[slot].show_explanation(explanation)
            self.dock.show_cards(max(slot + 1, self._answered()))

    def _is_told(self, question: Question) -> bool:
        """Whether a whole answer to a question is shown, if not the newest."""
        told = [card.explanation for card in self.dock.cards if card.isVisible()]
        return any(one is not None and one.question == question and one.complete for one in told)

    def _on_live_ended(self, _: bool) -> None:
        QTimer.singleShot(0, self, self._ask_next)

    # What is searched for

    def _on_searched(self, explanation: Explanation) -> None:
        self.dock.searched.show_explanation(explanation)
        self.dock.searched.show()
        self._show_searching()

    def _show_searching(self) -> None:
        busy = self.searcher.busy
        word = self.dock.word.text()
        self.dock.show_searching(busy=busy, waiting=self.searcher.waiting)
        if not busy:
            self.dock.show_word(word)
        self._enable()

    def _mark_searched(self) -> None:
        """Say of an answer that was searched for when the plan is another one by now."""
        if self.dock.searched.isHidden() or self.searcher.busy or self.dock.searched.explanation is None:
            return
        text = tr("The answer below is about the plan as it was before a change.")
        self.dock.show_word(text if self._is_old() else "")

    def _is_old(self) -> bool:
        """Whether the answer that was searched for is about a plan that is not the present one any more."""
        told = self.dock.searched.explanation
        return told is not None and told.state.plan.routes != self._session.plan.routes

    def _close_answer(self) -> None:
        self.dock.searched.hide()
        self._draw(self.dock.searched, "")
        self.dock.show_word("")
        self.dock.show_searching(busy=False)
        self._follow()  # what it has told is told by the cards again

    def _offer_moments(self) -> None:
        menu = Menu(self.dock)
        menu.setObjectName("why_moments")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for moment, text in SINCE.items():
            action = menu.addAction(text)
            action.setEnabled(moment in self.moments.kept)
            action.triggered.connect(lambda _=False, moment=moment: self.ask_changed(moment))
        menu.popup(self.dock.changed.mapToGlobal(self.dock.changed.rect().topLeft()))

    # What is done

    def _do(self, edit: Edit) -> None:
        try:
            if self._session.do(*edit):
                self.said.emit(tr("{name}: done. Undo brings back what was.", name=edit.name))
        except StalePatchError:
            self.message.emit(tr("The plan has changed in the meantime, so this was not done. Ask again."))

    def _copy(self, card: Card) -> None:
        if card.explanation is not None:
            QGuiApplication.clipboard().setText(as_text(card.explanation))
            self.said.emit(tr("The answer is on the clipboard."))

    def _draw(self, card: Card, name: str) -> None:
        """Draw what would be over the plan, or the plan alone again."""
        explanation = card.explanation
        if name and explanation is not None and name in explanation.evidence:
            if self._drawing is not None and self._drawing is not card:
                former, self._drawing = self._drawing, None
                former.draw.setChecked(False)
            self._drawing = card
            before, after = (
                Variant(tr("the present plan"), explanation.state),
                Variant(tr("the alternative"), explanation.evidence[name]),
            )
            self._map.set_difference(drawn_difference(before, after))
        elif self._drawing is card:
            self._drawing = None
            self._map.set_difference(None)

    def _enable(self) -> None:
        if not self._actions:
            return
        self._actions["why_here"].setEnabled(bool(asked_by(self._session.state, self._selection.items)))
        self._actions["why_not_next"].setEnabled(not_next(self._session.state, self._order) is not None)
        self._actions["why_prices"].setEnabled(bool(self._session.plan.routes))
        self._actions["why_changed"].setEnabled(bool(self.moments.kept))

"""Leads through the first steps: ways to begin where there is nothing, and then one hint at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.map.gestures import MapMode
from app.map.view import MapView
from app.model.document import Change
from app.views.comfort.hints import Hint, HintLine, Situation, hint_for
from app.views.comfort.welcome import Start, Welcome

_KEY = "guide/learned"


class Guide(QObject):
    """Shows a card or a line where the map is, and remembers which hints have been learned: dismissed, or followed.

    Parameters
    ----------
    line
        Shows the hints.
    view
        The map.
    controller
        What is there and what the user does.
    starts
        Ways to begin; the one called `BLANK` leaves the map empty, and its card goes without anything being there.
    settings
        Where the learned hints are kept.
    """

    BLANK = "welcome_blank"

    def __init__(
        self,
        line: HintLine,
        view: MapView,
        controller: SolveController,
        starts: Sequence[Start],
        settings: QSettings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._view, self._controller, self._settings = view, controller, settings
        self._learned = _stored(settings)
        self._blank = False  # the user wants the empty map
        self._paused = False  # a hint was followed just now: the next one would change the text under the reader's eyes
        self.welcome = Welcome(view, [self._wrapped(start) for start in starts])
        self.line = line
        line.dismissed.connect(self._on_dismissed)
        session = controller.session
        session.changed.connect(self._on_changed)
        session.replaced.connect(self._on_replaced)
        view.mode_changed.connect(self.refresh)
        controller.started.connect(lambda: self.learn(Hint.SOLVE))
        controller.ended.connect(self._go_on)
        self.refresh()

    def learn(self, hint: Hint) -> None:
        """Never show this hint again, unless the user asks for all of them."""
        if hint not in self._learned:
            self._learned |= {hint}
            self._settings.setValue(_KEY, ",".join(sorted(self._learned)))
        self.refresh()

    def show_again(self) -> None:
        """Begin anew with all hints."""
        self._learned = frozenset()
        self._settings.remove(_KEY)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show what is of use now."""
        scenario, plan = self._controller.session.scenario, self._controller.session.plan
        empty = not scenario.depots and not scenario.customers
        welcomes = empty and not self._blank and self._view.mode is MapMode.SELECT
        if welcomes != self.welcome.isVisibleTo(self._view):
            if welcomes:
                self.welcome.reveal()
            else:
                self.welcome.hide()
        situation = Situation(
            solvable=bool(scenario.customers and scenario.vehicles),
            planned=any(route.stops for route in plan.routes),
            busy=welcomes or self._paused or self._controller.state is not SolveState.IDLE,
        )
        self.line.say(hint_for(situation, self._learned))

    def _wrapped(self, start: Start) -> Start:
        def act() -> None:
            start.act()
            self._blank = start.name == self.BLANK
            self.refresh()

        return Start(start.name, start.title, start.text, act)

    def _on_replaced(self) -> None:
        self._blank = False
        self._go_on()

    def _on_dismissed(self, hint: Hint) -> None:
        """Who asks for no more of a hint is ready for the next one."""
        self._paused = False
        self.learn(hint)

    def _go_on(self, *_: object) -> None:
        self._paused = False
        self.refresh()

    def _on_changed(self, change: Change) -> None:
        """Who changes the plan by hand while the hint says so has learned it; the next one waits for another change."""
        by_hand = change.step is not None and self._controller.state is SolveState.IDLE
        if by_hand and change.touches("plan"):
            self._paused = self.line.hint is Hint.STOPS
            if self._paused:
                self.learn(Hint.STOPS)
        scenario = self._controller.session.scenario
        if self._blank and by_hand and scenario.depots and not scenario.customers:
            self._view.set_mode(MapMode.ADD_CUSTOMER, keep=True)  # the card has said that they come next
        self.refresh()


def note_learned(settings: QSettings) -> None:
    """Let no hint be shown by a window with these settings."""
    settings.setValue(_KEY, ",".join(sorted(Hint)))


def _stored(settings: QSettings) -> frozenset[Hint]:
    stored = str(settings.value(_KEY, "")).split(",")
    return frozenset(hint for hint in Hint if hint in stored)

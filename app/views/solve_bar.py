"""Solve and Stop, how long, and how far: one line below the map."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.language import tr
from app.model.changes import set_settings
from app.views.number_box import NumberBox
from app.views.progress_words import WIDEST, progress_words
from app.views.theme import GAP, MARGIN, Theme

LONGEST = 7 * 24 * 3600
"""Seconds that a scenario may allow."""

TICK = 100
"""Milliseconds between two updates of the clock."""

UNLIMITED = (1 << 24) - 1
"""Pixels; the greatest size that Qt knows."""

NARROWEST = 40
"""Pixels of the progress bar in a narrow window."""

WAITING = 120
"""Pixels of the progress bar while it only says that something is going on; the rest is for the sentence beside it."""

STEPS = 1000
"""Of the progress bar."""


class SolveBar(QWidget):
    """Two buttons of which one shows at a time, the time limit, a progress bar and a clock.

    `solve_action` (F5) and `stop_action` (Shift+F5, and Esc while a solve runs) do the same as the buttons, for a menu.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("solve_bar")
        self._controller: SolveController | None = None
        self._preparing_since = 0.0
        self.solve_action = QAction(tr("Solve"), self)
        self.solve_action.setObjectName("solve_action")
        self.solve_action.setShortcut(QKeySequence("F5"))
        self.solve_action.triggered.connect(self._on_solve)
        self.stop_action = QAction(tr("Stop and keep the best plan"), self)
        self.stop_action.setObjectName("stop_action")
        # A disabled action leaves its keys alone: Esc belongs to the map and the tables while nothing is solved.
        self.stop_action.setShortcuts([QKeySequence("Shift+F5"), QKeySequence("Esc")])
        self.stop_action.triggered.connect(self._on_stop)
        self.addActions([self.solve_action, self.stop_action])
        self.solve_button = self._make_button("solve_button", tr("Solve"), self.solve_action)
        self.solve_button.setProperty("primary", True)
        self.stop_button = self._make_button("stop_button", tr("Stop"), self.stop_action)
        self.seconds = self._make_seconds()
        self.progress = QProgressBar()
        self.progress.setObjectName("solve_progress")
        self.progress.setAccessibleName(tr("Part of the time that has passed"))
        self.progress.setTextVisible(False)
        self.progress.setMinimumWidth(NARROWEST)
        self._clock = QLabel()
        self._clock.setObjectName("solve_clock")
        # A long sentence may be cut short, but must not make the bar so wide that a narrow window has no room for Stop.
        self._clock.setMinimumWidth(self.fontMetrics().horizontalAdvance(WIDEST))
        self._clock.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._tick)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        layout.setSpacing(GAP)
        for widget in (self.solve_button, self.stop_button, self.seconds):
            layout.addWidget(widget)
        layout.addWidget(self.progress, 2)
        layout.addWidget(self._clock, 1)
        self._show_state(SolveState.IDLE)

    def set_controller(self, controller: SolveController) -> None:
        """Start and stop this controller's solves from now on."""
        self._controller = controller
        controller.state_changed.connect(self._show_state)
        controller.session.changed.connect(self._on_changed)
        self._on_changed()
        self._show_state(controller.state)

    def set_theme(self, theme: Theme) -> None:
        """Draw icons in the colours of a theme."""
        theme.bind(self.solve_button, "solve", on_accent=True)
        theme.bind(self.stop_button, "stop")
        theme.bind(self.solve_action, "solve")
        theme.bind(self.stop_action, "stop")

    def _make_button(self, name: str, text: str, action: QAction) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(action.text())
        button.setToolTip(f"{action.text()} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        button.clicked.connect(action.trigger)
        return button

    def _make_seconds(self) -> NumberBox:
        seconds = NumberBox()
        seconds.setObjectName("solve_seconds")
        seconds.setAccessibleName(tr("Time limit of a solve, seconds"))
        seconds.setToolTip(tr("How long the solver may search; Stop ends it sooner and keeps the best plan"))
        seconds.setRange(0.1, LONGEST)
        seconds.setDecimals(1)
        seconds.setSuffix(" s")
        # The arrow keys do what little arrow buttons do. Qt draws no text at all where it is told to leave the buttons
        # out of a box with a style sheet, so they are there without a width.
        seconds.setStyleSheet("QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; border: none; }")
        seconds.lineEdit().setTextMargins(GAP, 0, 0, 0)
        seconds.editingFinished.connect(self._on_seconds)
        return seconds

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._clock.setMinimumWidth(self.fontMetrics().horizontalAdvance(WIDEST))

    def _show_state(self, state: SolveState) -> None:
        idle = state is SolveState.IDLE
        if state is SolveState.PREPARING:
            self._preparing_since = time.monotonic()
        focused = self.solve_button.hasFocus() or self.stop_button.hasFocus()
        self.solve_button.setVisible(idle)
        self.stop_button.setVisible(not idle)
        if focused:  # Space starts, and Space again stops
            (self.solve_button if idle else self.stop_button).setFocus(Qt.FocusReason.OtherFocusReason)
        ready = self._controller is not None
        self.solve_action.setEnabled(idle and ready)
        self.solve_button.setEnabled(idle and ready)
        self.stop_action.setEnabled(not idle and state is not SolveState.STOPPING)
        self.stop_button.setEnabled(state is not SolveState.STOPPING)
        # Nobody knows how long loading, compiling and stopping take, so the bar does not pretend to.
        vague = state in (SolveState.PREPARING, SolveState.STOPPING)
        self.progress.setRange(0, 0 if vague else STEPS)
        self.progress.setMaximumWidth(WAITING if vague else UNLIMITED)
        self.progress.setVisible(not idle)
        if idle:
            self._timer.stop()
            self._clock.clear()
        else:
            self._timer.start()
            self._tick()

    def _tick(self) -> None:
        controller = self._controller
        if controller is None:
            return
        elapsed, budget = controller.elapsed, controller.budget
        if self.progress.maximum():
            self.progress.setValue(round(STEPS * min(elapsed / budget, 1.0)))
        waited = time.monotonic() - self._preparing_since
        text = progress_words(
            controller.state, warm=controller.client.warm, waited=waited, elapsed=elapsed, budget=budget
        )
        self._clock.setText(text)
        self._clock.setToolTip(text)  # where the window is too narrow for it

    def _on_solve(self) -> None:
        if self._controller is not None:
            self._controller.start()

    def _on_stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()

    def _on_changed(self) -> None:
        if self._controller is not None and not self.seconds.hasFocus():
            self.seconds.setValue(self._controller.session.scenario.settings.solve_seconds)

    def _on_seconds(self) -> None:
        """Make the new time limit an edit of the settings."""
        controller = self._controller
        if controller is None:
            return
        state = controller.session.state
        settings = state.scenario.settings
        if self.seconds.value() != round(settings.solve_seconds, self.seconds.decimals()):
            controller.session.do(*set_settings(state, replace(settings, solve_seconds=self.seconds.value())))

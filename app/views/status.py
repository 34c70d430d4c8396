"""The line at the bottom: what goes on, what is selected, what keeps from solving, and how the last solve began."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from app.edits.selection import Selection
from app.jobs.background import BackgroundRunner
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import Sample
from app.language import tr, trn
from app.model.validate import Issue
from app.model.words import COUNTED
from app.views.first_plan import explained, told
from app.views.theme import Theme

SHOWN_FOR = 6000
"""Milliseconds that a passing sentence stays."""


class Status(QStatusBar):
    """Shows passing sentences, background work, a button that leads to the next problem, the selection, and what built
    the first plan of the last solve.

    Signals
    -------
    problem_requested
        An `app.model.validate.Issue` that the user wants to see.
    """

    problem_requested = Signal(object)

    def __init__(
        self, selection: Selection, runner: BackgroundRunner, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self._selection = selection
        self._passing = ""  # what is said of the present state, and no longer true of another
        self._issues: tuple[Issue, ...] = ()
        self._next = 0
        self._work = QLabel()
        self._work.setObjectName("status_work")
        self._bar = QProgressBar()
        self._bar.setObjectName("status_progress")
        self._bar.setAccessibleName(tr("Work in the background"))
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(90)
        self._selected = QLabel()
        self._selected.setObjectName("status_selection")
        self._problems = QToolButton()
        self._problems.setObjectName("status_problems")
        self._problems.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._problems.setToolTip(tr("Show the next thing that has to be put right before solving"))
        theme.bind(self._problems, "warning")
        self._problems.clicked.connect(self._on_problems)
        self._problems.hide()
        self._first = QLabel()
        self._first.setObjectName("status_first_plan")
        self._first.hide()
        # What stays through a solve stands at the edge, where nothing that comes and goes can move it.
        for widget in (self._work, self._bar, self._problems, self._selected, self._first):
            self.addPermanentWidget(widget)
        selection.changed.connect(self._show_selection)
        runner.busy_changed.connect(self._show_work)
        self._show_work("")

    def set_controller(self, controller: SolveController) -> None:
        """Say of this controller's solves what built the first plan, until the next begins, or another document."""
        controller.started.connect(self._first.hide)
        controller.sampled.connect(self._show_first)
        controller.session.replaced.connect(self._first.hide)
        for something_else in (controller.started, controller.session.changed, controller.session.replaced):
            something_else.connect(self._forget)

    def say(self, sentence: str) -> None:
        """Show a sentence until anything is edited, undone or solved, and for some seconds at most."""
        self._passing = sentence
        self.showMessage(sentence, SHOWN_FOR)

    def tell(self, sentence: str) -> None:
        """Show what the mouse does now, until it does something else, which is told in turn; "" when it is nothing."""
        self._passing = ""
        self.showMessage(sentence)

    def show_issues(self, issues: tuple[Issue, ...]) -> None:
        """Show how many things have to be put right."""
        if issues != self._issues:
            self._forget()  # it may be about one that has been put right
        self._issues, self._next = issues, 0
        self._problems.setVisible(bool(issues))
        self._problems.setText(trn("{number} problem", "{number} problems", len(issues)))
        self._problems.setAccessibleName(self._problems.text())

    def _show_first(self, sample: Sample) -> None:
        text = told(sample.first)
        self._first.setText(text)
        self._first.setAccessibleName(text)
        self._first.setToolTip(explained(sample.first))
        self._first.setVisible(bool(text))

    def _on_problems(self) -> None:
        issue = self._issues[self._next % len(self._issues)]
        self._next += 1
        self._passing = str(issue)
        self.showMessage(self._passing)
        self.problem_requested.emit(issue)

    def _forget(self, *_: object) -> None:
        if self._passing and self.currentMessage() == self._passing:
            self.clearMessage()
        self._passing = ""

    def _show_work(self, title: str) -> None:
        self._work.setText(f"{title}…" if title else "")
        self._bar.setVisible(bool(title))

    def _show_selection(self) -> None:
        counts = Counter(kind for kind, _ in self._selection.items)
        parts = [COUNTED[kind](count) for kind, count in sorted(counts.items())]
        self._selected.setText(tr("{things} selected", things=", ".join(parts)) if parts else "")

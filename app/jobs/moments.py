"""Moments of the plan that can be asked about: what has changed since then."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject

from app.jobs.solve_controller import SolveController
from app.model.document import Change
from app.model.patch import State


class Moment(StrEnum):
    """What a kept state was the last of, or the first."""

    BEFORE_SOLVE = "before solve"
    FIRST_PLAN = "first plan"
    BEFORE_EDIT = "before edit"


class Moments(QObject):
    """Keeps the state before the last solve, the first plan that it found, and the state before the last edit.

    Parameters
    ----------
    controller
        Solves.
    parent
        Owner.
    """

    def __init__(self, controller: SolveController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._session = controller, controller.session
        self._kept: dict[Moment, State] = {}
        self._present = self._session.document.state
        controller.started.connect(self._on_started)
        controller.progressed.connect(lambda _: self._on_progressed())
        self._session.changed.connect(self._on_changed)
        self._session.replaced.connect(self._on_replaced)

    @property
    def kept(self) -> dict[Moment, State]:
        """What can be asked about: states that are not the present one."""
        present = self._session.state
        return {moment: state for moment, state in self._kept.items() if state is not present}

    def _on_started(self) -> None:
        self._kept[Moment.BEFORE_SOLVE] = self._session.state
        self._kept.pop(Moment.FIRST_PLAN, None)

    def _on_progressed(self) -> None:
        if Moment.FIRST_PLAN not in self._kept and self._session.state.plan.routes:
            self._kept[Moment.FIRST_PLAN] = self._session.state

    def _on_changed(self, _: Change) -> None:
        state = self._session.document.state
        if state is not self._present:
            self._kept[Moment.BEFORE_EDIT], self._present = self._present, state

    def _on_replaced(self) -> None:
        self._kept.clear()
        self._present = self._session.document.state

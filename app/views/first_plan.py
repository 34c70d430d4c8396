"""By what a search begins: the setting, and the words for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QComboBox, QSpinBox

from app.jobs.solve_controller import SolveController
from app.language import tr
from app.views.settings_panel import SettingsPanel
from app.views.theme import GAP
from solver.init import MOST_ROLLOUTS, ROLLOUTS, FirstPlan, Init

_CHOICES = {
    Init.AUTO: (
        tr("Automatic"),
        tr("The learned policy where it was measured to lead further, else savings or insertion"),
    ),
    Init.POLICY: (tr("Learned policy"), tr("A learned policy, which chooses stop after stop")),
    Init.CLASSICAL: (tr("Classical"), tr("Savings or insertion, as textbooks have them")),
    Init.RANDOM: (tr("Random"), tr("Customers in a random order, to compare with")),
}
_TOLD = {
    Init.POLICY: tr("First plan: policy, {time}"),
    Init.CLASSICAL: tr("First plan: classical, {time}"),
    Init.RANDOM: tr("First plan: random, {time}"),
}
_EXPLAINED = {
    Init.POLICY: tr("A learned policy chose stop after stop; the search goes on from the plan that came of it."),
    Init.CLASSICAL: tr("Savings or insertion, as textbooks have them, made the plan that the search goes on from."),
    Init.RANDOM: tr("The search goes on from customers in a random order, which is there to compare with."),
}

_INIT, _ROLLOUTS = "search/init", "search/rollouts"


class FirstPlanSetting(QObject):
    """Two fields of a form. What they say is the program's, kept from one start to the next, and in no scenario.

    Parameters
    ----------
    controller
        Whose solves begin as the fields say.
    settings
        Where that is kept; what makes no sense there counts as the default.
    parent
        Owner; the fields belong to the form that takes them in.
    """

    def __init__(self, controller: SolveController, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._settings = controller, settings
        controller.init, controller.rollouts = _stored_init(settings), _stored_rollouts(settings)
        self.init = QComboBox()
        self.init.setObjectName("settings_init")
        self.init.setToolTip(tr("What builds the first plan of a scenario that has none"))
        for place, (one, (name, tip)) in enumerate(_CHOICES.items()):
            self.init.addItem(name, one.value)
            self.init.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        self.init.setCurrentIndex(self.init.findData(controller.init.value))
        self.rollouts = QSpinBox()
        self.rollouts.setObjectName("settings_rollouts")
        self.rollouts.setToolTip(tr("How many plans the learned policy draws at most for a search to begin with"))
        self.rollouts.setRange(1, MOST_ROLLOUTS)
        self.rollouts.lineEdit().setTextMargins(GAP, 0, 0, 0)
        self.rollouts.setValue(controller.rollouts)
        self._enable()
        self.init.currentIndexChanged.connect(self._on_init)
        self.rollouts.valueChanged.connect(self._on_rollouts)

    def attach(self, panel: SettingsPanel) -> None:
        """Put both fields into the form of the settings."""
        panel.add_row(
            (tr("First plan &by"), self.init),
            (tr("Policy r&ollouts"), self.rollouts),
            tr("What builds the first plan holds for every scenario."),
        )

    def _on_init(self) -> None:
        self._controller.init = Init(self.init.currentData())
        self._settings.setValue(_INIT, self._controller.init.value)
        self._enable()

    def _on_rollouts(self, number: int) -> None:
        self._controller.rollouts = number
        self._settings.setValue(_ROLLOUTS, number)

    def _enable(self) -> None:
        self.rollouts.setEnabled(self._controller.init in (Init.AUTO, Init.POLICY))


def told(first: FirstPlan) -> str:
    """Return a small line such as ``First plan: policy, 38 ms``; nothing where a plan was given."""
    if first.by is None:
        return ""
    span = f"{first.seconds:.1f} s" if first.seconds >= 1 else f"{max(round(1000 * first.seconds), 1)} ms"
    return _TOLD[first.by].format(time=span)


def explained(first: FirstPlan) -> str:
    """Return a sentence on what built a first plan; nothing where a plan was given."""
    return _EXPLAINED[first.by] if first.by else ""


def _stored_init(settings: QSettings) -> Init:
    stored = str(settings.value(_INIT, ""))
    return Init(stored) if stored in set(Init) else Init.AUTO


def _stored_rollouts(settings: QSettings) -> int:
    stored = str(settings.value(_ROLLOUTS, ""))
    return int(stored) if stored.isdecimal() and 1 <= int(stored) <= MOST_ROLLOUTS else ROLLOUTS

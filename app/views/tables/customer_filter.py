"""What the table of customers can be filtered by beside words: profile, and what a customer is in the plan."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from app.jobs.solve_controller import SolveController
from app.language import tr
from app.map.text_scale import scaled
from app.model.customer_sets import Trait, of_profiles, with_trait
from app.model.document import Change
from app.views.theme import GAP

_ANY = None
_NO_PROFILE = ""


NARROWEST = 105
"""Pixels of a box where there is little room."""

_TRAITS = {
    Trait.SERVED: tr("Served"),
    Trait.UNSERVED: tr("Unserved"),
    Trait.LATE: tr("Late"),
    Trait.LOCKED: tr("Locked"),
    Trait.WINDOWED: tr("With time windows"),
    Trait.ANY_TIME: tr("At any time"),
}


class CustomerFilter(QWidget):
    """Two combo boxes that say which customers are to be shown.

    Parameters
    ----------
    controller
        Has the document and the figures of its plan.

    Signals
    -------
    changed
        Other customers are to be shown than before.
    """

    changed = Signal()

    def __init__(self, controller: SolveController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller, self._session = controller, controller.session
        self._shown: frozenset[str] | None = None
        self.profile = _box("customers_filter_profile", tr("Show customers of profile"))
        self.trait = _box("customers_filter_trait", tr("Show customers that are"))
        self.trait.addItem(tr("Any state"), _ANY)
        for trait in Trait:
            self.trait.addItem(_TRAITS[trait], trait.value)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for box in (self.profile, self.trait):
            layout.addWidget(box)
            box.activated.connect(lambda _: self._refresh())
        layout.addStretch(1)
        self._list_profiles()
        self._session.changed.connect(self._on_changed)
        self._session.replaced.connect(self.clear)
        controller.evaluated.connect(lambda _: self._on_evaluated())

    @property
    def ids(self) -> frozenset[str] | None:
        """The customers to be shown; None is all of them."""
        return self._shown

    def clear(self) -> None:
        """Show all customers."""
        for box in (self.profile, self.trait):
            box.setCurrentIndex(0)
        self._refresh()

    def _refresh(self) -> None:
        """Work out anew who is to be shown; rows keep their places until then, also when a cell is edited."""
        shown = self._chosen()
        if shown != self._shown:
            self._shown = shown
            self.changed.emit()

    def _chosen(self) -> frozenset[str] | None:
        profile, trait = self.profile.currentData(), self.trait.currentData()
        found = None if profile is _ANY else of_profiles(self._session.scenario, [profile])
        if trait is not _ANY:
            fit = with_trait(Trait(trait), self._session.state, self._controller.evaluations.evaluation)
            found = fit if found is None else found & fit
        return found

    def _on_evaluated(self) -> None:
        trait = self.trait.currentData()
        if trait is not _ANY and Trait(trait).of_plan:
            self._refresh()

    def _on_changed(self, change: Change) -> None:
        if change.touches("profiles"):
            self._list_profiles()

    def _list_profiles(self) -> None:
        """List the profiles, and keep the one that is chosen if it is still there."""
        chosen = self.profile.currentData()
        self.profile.clear()
        self.profile.addItem(tr("Any profile"), _ANY)
        self.profile.addItem(tr("No profile"), _NO_PROFILE)
        for key, profile in self._session.scenario.profiles.items():
            self.profile.addItem(profile.name or key, key)
        if chosen is not _ANY:
            self.profile.setCurrentIndex(max(self.profile.findData(chosen), 0))
            self._refresh()


def _box(name: str, label: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(label)
    box.setToolTip(label)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMinimumWidth(scaled(NARROWEST))
    box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return box

"""The difference between two variants on the map, kept up to date while it is wanted."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.edits.session import EditSession
from app.map.difference_layer import DrawnDifference
from app.map.view import MapView
from app.model.difference import PlanDifference, leg_difference, moved_places, plan_difference
from app.model.variants import Variant
from app.views.variants.pair import ComparedPair


class MapDifference(QObject):
    """Draws on the map what is different between the compared pair, in place of the routes.

    Signals
    -------
    wanted_changed
        Whether it is drawn now.
    """

    wanted_changed = Signal(bool)

    def __init__(self, session: EditSession, pair: ComparedPair, view: MapView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._pair, self._view = session, pair, view
        self._wanted = False
        self._timer = QTimer(self, singleShot=True, interval=0)  # several edits in a row are drawn once
        self._timer.timeout.connect(self._draw)
        session.changed.connect(self._on_changed)
        pair.changed.connect(self._on_changed)
        session.replaced.connect(lambda: self.set_wanted(False))

    def set_wanted(self, wanted: bool) -> None:
        """Draw it, or the routes."""
        wanted = wanted and self._pair.base != self._pair.other
        if wanted != self._wanted:
            self._wanted = wanted
            self._timer.stop()
            self._draw()
        self.wanted_changed.emit(wanted)

    def _on_changed(self) -> None:
        if self._wanted:
            if self._pair.base == self._pair.other:
                self.set_wanted(False)
            else:
                self._timer.start()

    def _draw(self) -> None:
        drawn = None
        if self._wanted:
            items = self._session.variants.value.items
            drawn = drawn_difference(items[self._pair.base], items[self._pair.other])
        self._view.set_difference(drawn)


def drawn_difference(before: Variant, after: Variant, difference: PlanDifference | None = None) -> DrawnDifference:
    """Return what is drawn of the difference between two variants; who has moved is ringed where he is after.

    Parameters
    ----------
    before, after
        The variants.
    difference
        Between their plans, if it is known already.
    """
    difference = difference or plan_difference(before.state.plan, after.state.plan)
    legs = leg_difference(before.state, after.state)
    moved = difference.moved | moved_places(before.state.scenario, after.state.scenario)
    customers = {**before.state.scenario.customers, **after.state.scenario.customers}
    rings = [(one.lat, one.lon) for key in sorted(moved) if (one := customers.get(key)) is not None]
    return DrawnDifference((before.name, after.name), legs.same, legs.before, legs.after, rings)

"""The cost of the best plan over the time of a solve, as a curve that grows while the solver runs."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QColor, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import Sample
from app.language import tr
from app.model.amounts import money
from app.model.patch import State
from app.views.theme import GAP, MARGIN

EXTENSION = 250
"""Milliseconds between two steps by which the curve grows while nothing better is found."""

LINE_WIDTH = 2
"""Logical pixels."""


class CostCurve(QWidget):
    """A falling staircase: dashed while the best plan still breaks a rule, solid as soon as it breaks none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cost_curve")
        self._controller: SolveController | None = None
        self._samples: list[Sample] = []
        self._found: State | None = None  # what the search has left, as long as nobody has changed it
        self._summary = QLabel()
        self._summary.setObjectName("cost_summary")
        self._summary.setWordWrap(True)
        # A view box and two axes; a PlotItem brings seven menus that nobody needs, and leaks them.
        self._axes = {side: pg.AxisItem(side) for side in ("left", "bottom")}
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False)
        self.plot = pg.GraphicsLayoutWidget()
        self.plot.setObjectName("cost_plot")
        self.plot.setAccessibleName(tr("Cost of the best plan over time"))
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the sentence above says what it shows
        self.plot.setMinimumHeight(120)
        for axis, row, column in ((self._axes["left"], 0, 0), (self._axes["bottom"], 1, 1)):
            axis.enableAutoSIPrefix(False)
            axis.linkToView(self._box)
            self.plot.addItem(axis, row, column)
        self._axes["bottom"].setLabel(tr("Time of search (s)"))
        self.plot.addItem(self._box, 0, 1)
        self.broken, self.sound = pg.PlotCurveItem(stepMode="right"), pg.PlotCurveItem(stepMode="right")
        self._box.addItem(self.broken)
        self._box.addItem(self.sound)
        self._timer = QTimer(self, interval=EXTENSION)
        self._timer.timeout.connect(self._draw)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self._summary)
        layout.addWidget(self.plot, 1)
        layout.addStretch()  # keeps the sentence on top while there is no curve
        self.plot.hide()
        self._colour()
        self._say()

    @property
    def samples(self) -> tuple[Sample, ...]:
        """What is drawn."""
        return tuple(self._samples)

    def set_controller(self, controller: SolveController) -> None:
        """Draw this controller's solves from now on; the last one stays until the next begins, or another document."""
        self._controller = controller
        controller.started.connect(self._on_started)
        controller.sampled.connect(self.add_sample)
        controller.ended.connect(self._on_ended)
        controller.session.replaced.connect(self._on_replaced)
        controller.evaluated.connect(self._say)

    def add_sample(self, sample: Sample) -> None:
        """Draw one more point."""
        self._samples.append(sample)
        self.plot.show()
        self._say()
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _on_started(self) -> None:
        self._samples.clear()
        self._found = None
        if self._controller is not None:
            self._axes["left"].setLabel(
                tr("Cost ({currency})", currency=self._controller.session.scenario.settings.currency)
            )
        self._say()
        self._draw()
        self._timer.start()

    def _on_replaced(self) -> None:
        """Forget a curve of another document."""
        self._samples.clear()
        self._found = None
        self.plot.hide()
        self._say()

    def _on_ended(self) -> None:
        self._timer.stop()
        if self._controller is not None and self._samples:
            self._found = self._controller.session.state
        self._draw()

    def _draw(self) -> None:
        broken = [sample for sample in self._samples if not sample.feasible]
        sound = [sample for sample in self._samples if sample.feasible]
        # The best plan stays the best until there is a better one, so each step lasts until the next one, or now.
        now = self._controller.elapsed if self._controller else 0.0
        end = max([now, *(sample.elapsed for sample in self._samples)])
        until = sound[0].elapsed if sound else end
        for curve, samples, last in ((self.broken, broken, until), (self.sound, sound, end)):
            x = [sample.elapsed for sample in samples]
            y = [sample.cost for sample in samples]
            if samples and last > x[-1]:
                x.append(last)
                y.append(y[-1])
            curve.setData(x, y)

    def _say(self, *_: object) -> None:
        if not self._samples or self._controller is None:
            self._summary.setText(tr("The cost of the best plan shows here while the solver runs."))
            return
        first, last = self._samples[0], self._samples[-1]
        currency = self._controller.session.scenario.settings.currency
        change = f"{last.cost / first.cost - 1:+.1%}" if first.cost > 0 and last is not first else ""
        self._summary.setText(_summary(money(last.cost, currency), change, last.feasible))
        if self._found is not None and self._changed_since(self._found):
            self._summary.setText(
                tr(
                    "The last search ended at {cost}. Something has been changed since then: the figures above are "
                    "those of now.",
                    cost=money(last.cost, currency),
                )
            )

    def _changed_since(self, found: State) -> bool:
        """Whether the curve is no longer about what is there: undo may bring that back."""
        if self._controller is None:
            return False
        now = self._controller.session.state
        return (now.scenario, now.plan) != (found.scenario, found.plan)

    def _colour(self) -> None:
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.Text)
        self.plot.setBackground(palette.color(QPalette.ColorRole.Window))  # without one it keeps that of its first day
        for axis in self._axes.values():
            axis.setPen(palette.color(QPalette.ColorRole.Mid))
            axis.setTextPen(text)
        accent = palette.color(QPalette.ColorRole.Accent)
        width = LINE_WIDTH * self.devicePixelRatioF()  # Qt takes that of a cosmetic pen for pixels of the screen
        self.sound.setPen(_pen(accent, width, Qt.PenStyle.SolidLine))
        self.broken.setPen(_pen(text, width, Qt.PenStyle.DashLine))


def _summary(cost: str, change: str, feasible: bool) -> str:
    """Return what the best plan costs, by how much that differs from the first one, and whether it is sound."""
    if change and feasible:
        return tr("{cost}, {change} since the first; keeps every rule", cost=cost, change=change)
    if change:
        return tr("{cost}, {change} since the first; still breaks a rule", cost=cost, change=change)
    if feasible:
        return tr("{cost}; keeps every rule", cost=cost)
    return tr("{cost}; still breaks a rule", cost=cost)


def _pen(colour: QColor, width: float, style: Qt.PenStyle) -> QPen:
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)  # as wide as that on the screen, whatever the scale of the axes
    return pen

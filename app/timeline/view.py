"""The timeline as a widget: give it figures and a scenario, and it says what the user picks.

It changes nothing itself: it asks by signals, and shows what it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollBar, QWidget

from app.edits.selection import Item
from app.language import tr
from app.map.lettering import Lettering
from app.map.text_scale import scaled, text_scale
from app.model.evaluation import Evaluation
from app.model.scenario import Scenario
from app.timeline.canvas import Canvas
from app.timeline.day import Day, Place
from app.timeline.headers import Headers
from app.timeline.interaction import KEY_ZOOM, Interaction
from app.timeline.now import Now, local_time
from app.timeline.readout import route_text, stop_text
from app.timeline.rows import LANE
from app.timeline.ruler import Ruler
from app.timeline.stage import Stage
from app.timeline.theme import TimelineTheme

KEYS = tr("The arrow keys go from stop to stop and from vehicle to vehicle, plus and minus zoom, F shows the whole day")
"""What a screen reader says of the lanes while no stop is current."""
AWAY = 14
"""Pixels between a stop and what is said of it."""


class TimelineView(QWidget):
    """Lanes with their names and an axis, to be zoomed, panned and walked along.

    Parameters
    ----------
    tell
        Returns the present time, seconds since midnight.

    Signals
    -------
    selection_requested
        Frozenset of ``(kind, id)`` that should become the selection.
    item_activated
        Kind and id of what was double-clicked, or of what Return was pressed on.
    stop_dragged
        Id of a customer that is dragged; whoever takes it follows the mouse from then on.
    """

    selection_requested = Signal(object)
    item_activated = Signal(str, str)
    stop_dragged = Signal(str)

    def __init__(self, tell: Callable[[], int] = local_time, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.stage = Stage(TimelineTheme.of(self.palette()), self)
        self.interaction = Interaction(self.stage, self)
        self.now = Now(tell, self)
        lettering = Lettering()
        self.ruler = Ruler(self.stage, self.now)
        self.headers = Headers(self.stage, self.interaction, lettering)
        self.canvas = Canvas(self.stage, self.interaction, self.now, lettering)
        self._scroll = QScrollBar(Qt.Orientation.Vertical)
        self._scroll.setObjectName("timeline_scroll")
        self._scroll.setSingleStep(LANE)
        self._readout = QLabel(self)
        self._readout.setObjectName("timeline_readout")
        self._readout.setTextFormat(Qt.TextFormat.PlainText)
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._readout.hide()
        corner = QWidget()
        corner.setAutoFillBackground(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, row, column in (
            (corner, 0, 0),
            (self.ruler, 0, 1),
            (self.headers, 1, 0),
            (self.canvas, 1, 1),
            (self._scroll, 1, 2),
        ):
            layout.addWidget(widget, row, column)
        layout.setColumnStretch(1, 1)
        layout.setRowStretch(1, 1)
        self.setFocusProxy(self.canvas)
        self.canvas.installEventFilter(self)
        self._scroll.valueChanged.connect(self.stage.scroll)
        self.stage.moved.connect(self._on_moved)
        self.stage.changed.connect(self._on_moved)
        self.stage.pointed.connect(self._show_readout)
        self.interaction.selection_requested.connect(self.selection_requested)
        self.interaction.item_activated.connect(self.item_activated)
        self.interaction.stop_dragged.connect(self.stop_dragged)
        self.canvas.setAccessibleDescription(KEYS)
        self._style_readout()

    def show_plan(self, evaluation: Evaluation, scenario: Scenario, *, unused: bool = False) -> None:
        """Show the routes of a plan; cheap enough for ten times a second.

        Parameters
        ----------
        evaluation
            Its figures.
        scenario
            Has names, windows and shifts.
        unused
            Whether there is a lane for each type of which vehicles stay at home.
        """
        self.headers.dimensions = scenario.settings.dimensions
        self.stage.set_day(Day.of(evaluation, scenario, self.stage.day, unused=unused))

    def set_selected(self, items: Iterable[Item]) -> None:
        """Show the selection; items that have no place in the day are kept but not shown."""
        selected = frozenset(items)
        asked = self.interaction.requested == selected
        self.stage.set_selected(selected)
        place = self.interaction.current
        self.canvas.setAccessibleDescription(KEYS if place is None else self._text_of(place).replace("\n", ", "))
        if place is not None and not asked:  # who picked it here sees it already
            self.stage.reveal(self.stage.day.lanes[place[0]].item_at(place[1]))

    def item_at(self, at: QPoint) -> Item | None:
        """Return the stop, else the route or vehicle, at a pixel of the canvas."""
        return self.interaction.item_at(at.x() / text_scale(), at.y() / text_scale())

    def fit(self) -> None:
        """Bring the whole day into view."""
        self.stage.fit()

    def show_source(self, words: str) -> None:
        """Say with the figures of a route where distances and times come from."""
        self.headers.source = words

    def zoom_in(self) -> None:
        """Magnify time by a step."""
        self.stage.zoom(KEY_ZOOM)

    def zoom_out(self) -> None:
        """Show more time by a step."""
        self.stage.zoom(1 / KEY_ZOOM)

    def _text_of(self, place: Place) -> str:
        lane, stop = self.stage.day.lanes[place[0]], place[1]
        if stop is not None:
            return stop_text(lane, stop)
        return route_text(lane, self.headers.dimensions, self.headers.source)

    def _on_moved(self) -> None:
        with QSignalBlocker(self._scroll):
            rows = self.stage.rows
            self._scroll.setPageStep(rows.height)
            self._scroll.setRange(0, round(rows.reach))
            self._scroll.setValue(round(rows.top))
            self._scroll.setVisible(rows.reach > 0)
        self._show_readout()

    def _show_readout(self) -> None:
        """Say what is known of the stop below the mouse, or of the one that the keys have led to."""
        hit, place = self.stage.hit, None
        if hit is not None:
            place = (hit.row, hit.stop)
        elif self.interaction.walking and self.canvas.hasFocus():
            place = self.interaction.current
        if place is None or place[1] is None:
            self._readout.hide()
            return
        row, stop = place
        stage = self.stage
        self._readout.setText(self._text_of(place))
        self._readout.adjustSize()
        at = stage.axis.to_pixel(float(stage.day.lanes[row].middles[stop]))
        origin = self.canvas.mapTo(self, QPoint(0, 0))
        self._readout.move(*self._beside(origin.x() + scaled(at), origin.y() + scaled(stage.rows.pixel(row))))
        self._readout.raise_()
        self._readout.show()

    def _beside(self, px: int, top: int) -> tuple[int, int]:
        """Return where the readout stands: right of a stop, or left of it, within the widget."""
        size = self._readout.size()
        left = px + AWAY if px + AWAY + size.width() <= self.width() else px - AWAY - size.width()
        return max(left, 0), max(min(top, self.height() - size.height()), 0)

    def _style_readout(self) -> None:
        theme = self.stage.theme
        self._readout.setStyleSheet(
            f"background: {theme.header.name()}; color: {theme.ink.name()}; border: 1px solid {theme.muted.name()};"
            f" border-radius: 4px; padding: 5px 8px; font-size: {scaled(12)}px;"
        )

    # Events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.stage.set_theme(TimelineTheme.of(self.palette()))
            self._style_readout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.canvas.update()
            self._show_readout()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        self.now.set_running(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.now.set_running(False)
        super().hideEvent(event)

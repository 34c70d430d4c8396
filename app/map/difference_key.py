"""The key to a difference that is drawn on the map: which line is whose."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.map.furniture import MARGIN
from app.map.items import cosmetic
from app.map.theme import MapTheme, blended

BEFORE_COLOUR = 3
"""Of the first plan's lines: a place in the palette of routes."""
DASHES = (4.0, 3.0)
"""Of the first plan's lines: drawn and left out, in widths of the line."""
WIDTH, THIN = 2.6, 1.0
SAME_STRENGTH = 0.55
"""Of the thin lines that both have."""

PADDING, SAMPLE, GAP, LEADING = 9.0, 34.0, 9.0, 5.0
"""Pixels: around everything, length of a line, between it and its text, and between texts."""
LONGEST = 30
"""Widths of a letter that a text may take."""


@dataclass(frozen=True, slots=True)
class DifferencePens:
    """How each kind of leg is drawn, on the map and in its key; they differ in dash and width as well as in colour."""

    same: QPen
    before: QPen
    after: QPen

    @classmethod
    def of(cls, theme: MapTheme) -> DifferencePens:
        """Return the pens that go with a theme."""
        dashed = cosmetic(theme.route_colour(BEFORE_COLOUR), WIDTH)
        dashed.setDashPattern(DASHES)
        dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
        same = cosmetic(blended(theme.muted, theme.land, SAME_STRENGTH), THIN)
        return cls(same, dashed, cosmetic(theme.accent, WIDTH))


class DifferenceKey(QWidget):
    """A small plate over the map; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("difference_key")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme: MapTheme | None = None
        self._names = ("", "")
        self._texts: tuple[str, ...] = ()
        self._line = 0.0
        self.move(MARGIN, MARGIN)
        self.hide()

    def set_theme(self, theme: MapTheme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def show_names(self, names: tuple[str, str] | None) -> None:
        """Say which plan has the dashed and which the solid lines; None hides the key."""
        if names is None:
            self.hide()
            return
        self._names = names
        self._measure()
        self.setAccessibleName(
            tr(
                "Dashed lines are driven only in {first}, solid ones only in {second}, thin ones in both; "
                "a ring is around each stop that has moved.",
                first=names[0],
                second=names[1],
            )
        )
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        metrics = QFontMetricsF(self.font())
        room = LONGEST * metrics.averageCharWidth()
        first, second = (metrics.elidedText(name, Qt.TextElideMode.ElideRight, room) for name in self._names)
        self._texts = (tr("Only {plan}", plan=first), tr("Only {plan}", plan=second), tr("Both"), tr("Moved stop"))
        self._line = metrics.height() + LEADING
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        widest = max((metrics.horizontalAdvance(text) for text in self._texts), default=0.0)
        return QSize(round(2 * PADDING + SAMPLE + GAP + widest + 1), round(2 * PADDING + self._line * len(self._texts)))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        if theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        plate = QColor(theme.halo)
        plate.setAlphaF(0.9)
        painter.setPen(QPen(QColor(theme.graticule), 1.0))
        painter.setBrush(plate)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        pens = DifferencePens.of(theme)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, (text, pen) in enumerate(zip(self._texts, (pens.before, pens.after, pens.same, None), strict=True)):
            middle = PADDING + self._line * (place + 0.5)
            if pen is not None:
                painter.setPen(pen)
                painter.drawLine(QPointF(PADDING, middle), QPointF(PADDING + SAMPLE, middle))
            else:
                painter.setPen(QPen(QColor(theme.ink), 2.0))
                painter.drawEllipse(QPointF(PADDING + SAMPLE / 2, middle), 7.0, 7.0)
            painter.setPen(QColor(theme.ink))
            box = QRectF(PADDING + SAMPLE + GAP, middle - self._line / 2, self.width(), self._line)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

"""A chart of differences: a bar for each alternative, or a waterfall of the parts that a difference is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.language import tr
from app.map.text_scale import scaled
from app.model.why.explanation import Bar

ROW = 34
"""Pixels: a line of text and the bar below it."""

THICKNESS = 7
"""Pixels of a bar."""

MOST = 4
"""So many rows at first; the others are shown when that is asked for."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a bar lies, in the unit of its numbers, and what is written beside it."""

    label: str
    value: str
    start: float
    end: float
    broken: bool = False


class BarChart(QWidget):
    """Rows of bars; the arrow keys walk them, Return selects what one is about, and Ctrl+Return does it.

    A bar to the left saves something; one that would break a rule is hatched and marked, so that no colour is needed.

    Signals
    -------
    current_changed(int)
        Another row is the current one.
    chosen(int)
        What the row is about should be selected.
    done(int)
        What the row stands for should be done.

    Parameters
    ----------
    lines
        Of text in a row at most: whole sentences take more than names.
    parent
        Owner.
    """

    current_changed = Signal(int)
    chosen = Signal(int)
    done = Signal(int)

    def __init__(self, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.bars: tuple[Bar, ...] = ()
        self.current = -1
        self._spans: tuple[Span, ...] = ()
        self._low, self._high = 0.0, 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_alternatives(self, bars: tuple[Bar, ...]) -> None:
        """Show a bar for each; every one begins at nothing."""
        # Tours that nobody else rides in cost what they cost; only differences can be compared in length.
        spans = (Span(bar.label, _signed(bar), 0.0, bar.number.value, bool(bar.broken)) for bar in bars)
        self._show(bars, tuple(spans))

    def set_parts(self, bars: tuple[Bar, ...]) -> None:
        """Show a waterfall: every bar begins where the one before it ends, and the last is the sum."""
        spans, at = list[Span](), 0.0
        for bar in bars:
            spans.append(Span(bar.label, _signed(bar), at, at + bar.number.value))
            at += bar.number.value
        if len(bars) > 1:
            total = _format(at, bars[0])
            spans.append(Span(tr("Together"), total, 0.0, at))
        self._show(bars, tuple(spans))

    def sizeHint(self) -> QSize:
        return QSize(scaled(220), self._row_height * len(self._spans))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), self._row_height * len(self._spans))

    @property
    def _row_height(self) -> int:
        return scaled(ROW) + (self._lines - 1) * self.fontMetrics().lineSpacing()

    def _show(self, bars: tuple[Bar, ...], spans: tuple[Span, ...]) -> None:
        self.bars = bars
        if spans != self._spans:
            self._spans = spans
            self.updateGeometry()
        self._low = min((min(one.start, one.end) for one in spans), default=0.0)
        self._high = max((max(one.start, one.end) for one in spans), default=1.0)
        self._low, self._high = min(self._low, 0.0), max(self._high, 0.0)
        self.set_current(min(self.current, len(bars) - 1))
        self.setVisible(bool(spans))
        self.update()

    def set_current(self, row: int) -> None:
        """Make a row the current one; -1 is none."""
        row = max(-1, min(row, len(self.bars) - 1))
        if row != self.current:
            self.current = row
            self.current_changed.emit(row)
            self.update()
        self._tell()

    def _tell(self) -> None:
        """Say in words what is shown, for those who do not see it."""
        if 0 <= self.current < len(self._spans):
            said = [self._line(self.current)]
            said += [str(sentence) for sentence in self.bars[self.current].broken]
        else:
            said = [self._line(row) for row in range(len(self._spans))]
        self.setAccessibleDescription("\n".join(said) or tr("The arrow keys walk the bars"))

    def _line(self, row: int) -> str:
        one = self._spans[row]
        text = tr("{label}: {value}", label=one.label, value=one.value)
        return tr("{text}, breaks a rule", text=text) if one.broken else text

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self._row_height
        for row, one in enumerate(self._spans):
            self._paint_row(painter, QRectF(0, row * height, self.width(), height), one, row)
        painter.end()

    def _paint_row(self, painter: QPainter, area: QRectF, one: Span, row: int) -> None:
        palette, pad = self.palette(), scaled(4)
        if row == self.current and self.current < len(self.bars):
            painter.fillRect(area, palette.color(QPalette.ColorRole.AlternateBase))
            if self.hasFocus():
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        metrics = painter.fontMetrics()
        text = area.adjusted(pad, 0, -pad, -scaled(THICKNESS) - pad)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        value = f"✕ {one.value}" if one.broken else one.value
        taken = metrics.horizontalAdvance(value) + 2 * pad
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)
        room = text.adjusted(0, 0, -taken, 0)
        wide = int(room.width()) * self._lines - (self._lines - 1) * metrics.averageCharWidth() * 8  # lines end early
        label = metrics.elidedText(one.label, Qt.TextElideMode.ElideRight, wide)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, align | Qt.TextFlag.TextWordWrap if self._lines > 1 else align, label)
        self._paint_bar(painter, area, one)

    def _paint_bar(self, painter: QPainter, area: QRectF, one: Span) -> None:
        palette, pad, thick = self.palette(), scaled(4), scaled(THICKNESS)
        width = area.width() - 2 * pad
        scale = width / (self._high - self._low) if self._high > self._low else 0.0

        def x(value: float) -> float:
            return pad + (value - self._low) * scale

        top = area.bottom() - thick - scaled(3)
        painter.fillRect(QRectF(pad, top, width, thick), palette.color(QPalette.ColorRole.Midlight))
        left, right = sorted((x(one.start), x(one.end)))
        colour = palette.color(QPalette.ColorRole.Link if one.end < one.start else QPalette.ColorRole.Text)
        bar = QRectF(left, top, max(right - left, 2.0), thick)
        painter.fillRect(bar, _brush(colour, hatched=one.broken))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1))
        painter.drawLine(int(x(0)), int(top - 1), int(x(0)), int(top + thick + 1))

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.set_current(min(self.current + 1, len(self.bars) - 1))
            case Qt.Key.Key_Up:
                self.set_current(max(self.current - 1, 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.current >= 0:
                held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
                (self.done if held else self.chosen).emit(self.current)
            case _:
                super().keyPressEvent(event)
                return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._row_height)
        if 0 <= row < len(self.bars):
            self.set_current(row)
            self.chosen.emit(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current < 0 and self.bars and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.set_current(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        if event.type() == QEvent.Type.ToolTip:
            return self._show_tip(event)
        return super().event(event)

    def _show_tip(self, event: QEvent) -> bool:
        row = int(event.pos().y() // self._row_height)  # type: ignore[attr-defined]
        if 0 <= row < len(self.bars):
            said = [self._line(row), *(str(sentence) for sentence in self.bars[row].broken)]
            self.setToolTip("\n".join(said))
        return super().event(event)


def _signed(bar: Bar) -> str:
    return format(bar.number, "+")


def _format(value: float, like: Bar) -> str:
    return format(replace(like.number, value=value), "+")


def _brush(colour: QColor, *, hatched: bool) -> QBrush:
    return QBrush(colour, Qt.BrushStyle.BDiagPattern if hatched else Qt.BrushStyle.SolidPattern)

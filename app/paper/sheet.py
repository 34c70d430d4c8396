"""The sheet: its size and margins, its fonts, and paragraphs of text that know how high they are.

Everything is in units of a tenth of a point, 720 to the inch: Qt takes the sizes of fonts in whole pixels, and lays
text out as if for a screen where a pixel is large.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption

DPI = 720
MM = DPI / 25.4
POINT = 10.0

INK = QColor("#000000")
GREY = QColor("#555555")
"""Captions and what is said by the way; a laser printer still makes it dark enough."""
RULE = QColor("#b0b0b0")
"""Thin lines between rows."""

MARGIN = 12 * MM

LONGEST_LINE = 600
"""Letters; more than any line of the sheet can show, so that a text without end is not laid out to its end."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in units: its size, and what is kept free around it."""

    width: float
    height: float
    margin: float = MARGIN

    @classmethod
    def of(cls, points: QSizeF) -> Sheet:
        """Return the sheet of a size in points."""
        return cls(points.width() * POINT, points.height() * POINT)

    @property
    def area(self) -> QRectF:
        """Where things are drawn."""
        return QRectF(self.margin, self.margin, self.width - 2 * self.margin, self.height - 2 * self.margin)


def font(points: float, *, bold: bool = False, italic: bool = False) -> QFont:
    """Return the font of the sheet in a size."""
    made = QFont()
    made.setPixelSize(round(points * POINT))
    made.setBold(bold)
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # hinted widths are those of one screen
    return made


class Paragraph:
    """A text broken into lines.

    Parameters
    ----------
    text
        Anything; what cannot be printed is left out, and so are empty lines.
    font
        Of all of it.
    width
        Of its lines; a word that is longer is broken.
    most
        Lines at most; the last one then ends in an ellipsis.
    align
        To which side.
    colour
        Of the text.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        *,
        most: int = 1,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        colour: QColor = INK,
    ) -> None:
        self._colour = colour
        self._layout = QTextLayout(printable(text[: most * LONGEST_LINE]), font)
        self._layout.setCacheEnabled(True)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        if self._lay_out(width) > most:
            self._shorten(width, most)
        lines = self._layout.lineCount()
        self.height = self._layout.lineAt(lines - 1).y() + self._layout.lineAt(lines - 1).height() if lines else 0.0
        self.width = max((self._layout.lineAt(at).naturalTextWidth() for at in range(lines)), default=0.0)

    @property
    def text(self) -> str:
        """What of it is shown."""
        return self._layout.text()

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its top left corner here."""
        painter.setPen(QPen(self._colour))
        self._layout.draw(painter, QPointF(x, y))

    def _lay_out(self, width: float) -> int:
        y = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0.0, y))
            y += line.height()
        self._layout.endLayout()
        return self._layout.lineCount()

    def _shorten(self, width: float, most: int) -> None:
        """Cut the text so that it and an ellipsis fit into the lines there are."""
        text = self._layout.text()
        line = self._layout.lineAt(most - 1)
        keep = line.textStart() + line.textLength()
        while True:
            self._layout.setText(text[:keep].rstrip() + "…")
            if self._lay_out(width) <= most or keep == 0:
                return
            keep -= 1


def printable(text: str) -> str:
    """Return a text without what cannot be printed; its lines are kept, empty ones are not."""
    lines = ("".join(letter for letter in line if not _is_control(letter)).strip() for line in text.splitlines())
    return "\u2028".join(filter(None, lines))


def _is_control(letter: str) -> bool:
    return ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 or 0xD800 <= ord(letter) < 0xE000

"""Shows a page of the guide, with pictures that fit and follow the appearance, and marks what is searched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from app.language import tr
from app.views.guide.pages import Page
from app.views.theme import Theme

WIDEST = 640
"""Pixels of a picture; in a narrow window it has less."""
NARROWEST = 200
PAGE_MARGIN = 22
LINE_HEIGHT = 128
"""Percent."""
PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a picture in the text of a document."""
CELL_PADDING = 6
HEADING_SPACE = (0, 26, 18)
"""Pixels above headings, by their level."""


class GuideBrowser(QTextBrowser):
    """Shows one page; a link is for the window to follow, so nothing outside of the guide is ever opened.

    Signals
    -------
    page_requested
        Name of the page that a link leads to.
    """

    page_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page: Page | None = None
        self._words = ""
        self._hits: list[QTextCursor] = []
        self._current = -1
        self._room = WIDEST
        # Text must not be replaced in the midst of being laid out, which may end in another size of the viewport.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._read_again)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setObjectName("guide_page")
        self.setAccessibleName(tr("Page of the guide"))
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.anchorClicked.connect(lambda url: self.page_requested.emit(Path(url.path()).stem))
        theme.changed.connect(self._read_again)

    @property
    def hits(self) -> int:
        """How many places of the page are marked."""
        return len(self._hits)

    @property
    def current(self) -> int:
        """Which of them is shown, from 0; -1 for none."""
        return self._current

    def show_page(self, page: Page, section: str = "") -> None:
        """Show a page from its beginning, or from one of its sections."""
        if page is not self._page:
            self._read(page)
        block = self.document().begin()
        while section and block.isValid() and not (block.blockFormat().headingLevel() and block.text() == section):
            block = block.next()
        top = self.document().documentLayout().blockBoundingRect(block).top() if section and block.isValid() else 0.0
        self.verticalScrollBar().setValue(round(top))

    def mark(self, words: str) -> None:
        """Mark every place of the page that has these words, in any case; none for ""."""
        self._words, self._current = words, -1
        self._hits = places(self.document(), words)
        self._paint_hits()

    def show_hit(self, number: int) -> None:
        """Bring a marked place into view."""
        self._current = number
        cursor = QTextCursor(self._hits[number])
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._paint_hits()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture that fits, in the variant of the appearance where there is one."""
        if kind != QTextDocument.ResourceType.ImageResource.value or self._page is None:
            return super().loadResource(kind, name)
        path = self._page.path.parent / QUrl(name).path()
        dark = path.with_name(f"{path.stem}-dark{path.suffix}")
        image = QImage(str(dark if self._theme.dark and dark.exists() else path))
        ratio = self.devicePixelRatioF()
        size = image.size().scaled(QSize(round(self._room * ratio), 1 << 20), Qt.AspectRatioMode.KeepAspectRatio)
        if image.width() > size.width():
            mode = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, mode)
        image.setDevicePixelRatio(ratio)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = min(max(self.viewport().width() - 2 * PAGE_MARGIN, NARROWEST), WIDEST)
        if room != self._room:
            self._room = room
            self._later.start()

    def _read(self, page: Page) -> None:
        self._page = page
        self._hits, self._current = [], -1
        self.setExtraSelections([])
        self.document().clear()  # with the pictures of another appearance
        self.setMarkdown(page.text)
        self.document().setDocumentMargin(PAGE_MARGIN)
        self._space()

    def _read_again(self) -> None:
        """Give links and pictures the colours and the room that there are now."""
        if self._page is not None:
            bar, current = self.verticalScrollBar(), self._current
            where = bar.value()
            self._read(self._page)
            self.mark(self._words)
            self._current = current
            self._paint_hits()
            bar.setValue(where)

    def _space(self) -> None:
        """Give lines, headings and tables room, which Markdown cannot say."""
        block = self.document().begin()
        while block.isValid():
            change = QTextBlockFormat()
            if PICTURE not in block.text():
                change.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            level = block.blockFormat().headingLevel()
            if level:
                change.setTopMargin(HEADING_SPACE[min(level, len(HEADING_SPACE)) - 1])
            QTextCursor(block).mergeBlockFormat(change)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                made = frame.format()
                made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                made.setBorderBrush(QColor(self._theme.colours.border))
                made.setCellPadding(CELL_PADDING)
                made.setTopMargin(CELL_PADDING)
                made.setBottomMargin(2 * CELL_PADDING)
                frame.setFormat(made)

    def _paint_hits(self) -> None:
        marks = []
        for number, cursor in enumerate(self._hits):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            colours = self._theme.colours
            shown = number == self._current
            mark.format.setBackground(QColor(colours.accent if shown else colours.selection))
            mark.format.setForeground(QColor(colours.on_accent if shown else colours.text))
            marks.append(mark)
        self.setExtraSelections(marks)


def places(document: QTextDocument, words: str) -> list[QTextCursor]:
    """Return every place of a document that has these words, in any case; none for ""."""
    found = []
    cursor = QTextCursor(document)
    while words and not (cursor := document.find(words, cursor)).isNull():
        found.append(QTextCursor(cursor))
    return found

"""The window of the guide, which stays open beside the work."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from app.map.text_scale import scaled, text_scale
from app.views.guide.browser import GuideBrowser, places
from app.views.guide.pages import Page, read_pages
from app.views.theme import GAP, Theme

SIZE = QSize(960, 680)
CONTENTS_WIDTH = 240
FIND_WIDTH = 260
PAGE, SECTION = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1

Keys = QKeySequence.StandardKey


class GuideWindow(QDialog):
    """Contents on the left, a page on the right, and a search through all pages above it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide_window")
        self.setWindowTitle(tr("User Guide"))
        self.resize((SIZE * text_scale()).boundedTo(self.screen().availableSize()))
        self.finished.connect(self.deleteLater)
        self.pages = read_pages()
        self._history: list[Page] = []
        self._place = -1
        self._items: list[QTreeWidgetItem] = []  # of the pages, in the contents
        self.browser = GuideBrowser(theme)
        self.contents = self._make_contents()
        self.find_line = QLineEdit()
        self.find_line.setObjectName("guide_find")
        self.find_line.setPlaceholderText(tr("Find in the guide"))
        self.find_line.setAccessibleName(tr("Find in the guide"))
        self.find_line.setClearButtonEnabled(True)
        self.found = QLabel()
        self.found.setObjectName("guide_found")
        self.found.setProperty("muted", True)
        self._back = _button("guide_back", "back", tr("Back"), Keys.Back, theme)
        self._forward = _button("guide_forward", "forward", tr("Forward"), Keys.Forward, theme)
        self._previous = _button("guide_previous", "up", tr("Previous place"), Keys.FindPrevious, theme)
        self._next = _button("guide_next", "down", tr("Next place"), Keys.FindNext, theme)
        self._lay_out()
        self._connect()
        self.show_page(self.pages[0])

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._history[self._place]

    def show_page(self, page: Page, section: str = "") -> None:
        """Show a page, from one of its sections if one is named; Back leads to the page before."""
        if not self._history or page is not self.page:
            self._history[self._place + 1 :] = [page]
            self._place += 1
        self._show(section)

    def go(self, step: int) -> None:
        """Show the page before (``step`` -1), or the one that was left by that (1)."""
        if 0 <= self._place + step < len(self._history):
            self._place += step
            self._show()

    def find_next(self, step: int) -> None:
        """Go to the next place that has the words searched for (``step`` 1), or to the one before (-1).

        Beyond the last place of a page follows the next page that has one, and the first page after the last.
        """
        counts = self._counts()
        if any(counts):
            here, number = self.pages.index(self.page), self.browser.current + step
            while not 0 <= number < counts[here]:
                here = (here + step) % len(counts)
                number = 0 if step > 0 else counts[here] - 1
            if self.pages[here] is not self.page:
                self.show_page(self.pages[here])
            self.browser.show_hit(number)
        self._show_found()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search by Enter, backwards with Shift; a dialog would take it for its button."""
        if self.find_line.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.find_next(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _make_contents(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.ensurePolished()  # else rows are measured before the style says how high they are
        tree.setObjectName("guide_contents")
        tree.setAccessibleName(tr("Contents"))
        tree.setHeaderHidden(True)
        tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        for page in self.pages:
            top = _item(tree.invisibleRootItem(), page.title, page)
            self._items.append(top)
            for section in page.sections:
                _item(top, section, page, section)
        return tree

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GAP // 2)
        bar.addWidget(self._back)
        bar.addWidget(self._forward)
        bar.addStretch(1)
        bar.addWidget(self.found)
        self.find_line.setFixedWidth(scaled(FIND_WIDTH))
        bar.addWidget(self.find_line)
        bar.addWidget(self._previous)
        bar.addWidget(self._next)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(GAP, GAP, GAP, 0)
        column.addLayout(bar)
        column.addWidget(self.browser, 1)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.addWidget(self.contents)
        splitter.addWidget(right)
        splitter.setSizes([scaled(CONTENTS_WIDTH), scaled(SIZE.width() - CONTENTS_WIDTH)])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.contents.currentItemChanged.connect(self._on_chosen)
        self.contents.itemClicked.connect(self._on_chosen)
        self.browser.page_requested.connect(self._on_link)
        self.find_line.textChanged.connect(self._on_words)
        for button, act in (
            (self._back, partial(self.go, -1)),
            (self._forward, partial(self.go, 1)),
            (self._previous, partial(self.find_next, -1)),
            (self._next, partial(self.find_next, 1)),
        ):
            button.clicked.connect(lambda _checked=False, act=act: act())
        QShortcut(Keys.Find, self, self._ask_words)

    def _ask_words(self) -> None:
        self.find_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_line.selectAll()

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.show_page(item.data(0, PAGE), item.data(0, SECTION))

    def _on_link(self, name: str) -> None:
        for page in self.pages:
            if page.path.stem == name:
                self.show_page(page)

    def _show(self, section: str = "") -> None:
        """Show the page of now, here and in the contents, and mark on it what is searched."""
        page = self.page
        self.browser.show_page(page, section)
        for item, one in zip(self._items, self.pages, strict=True):
            item.setExpanded(one is page)
        chosen = self.contents.currentItem()
        if chosen is None or chosen.data(0, PAGE) is not page:
            with QSignalBlocker(self.contents):
                self.contents.setCurrentItem(self._items[self.pages.index(page)])
        self._back.setEnabled(self._place > 0)
        self._forward.setEnabled(self._place + 1 < len(self._history))
        self._on_words()

    def _on_words(self) -> None:
        self.browser.mark(self.find_line.text())
        self._show_found()

    def _counts(self) -> list[int]:
        """Return how many places each page has."""
        return [len(places(page.document, self.find_line.text())) for page in self.pages]

    def _show_found(self) -> None:
        words, counts = self.find_line.text(), self._counts()
        here, all_ = self.browser.hits, sum(counts)
        for button in (self._previous, self._next):
            button.setEnabled(bool(all_))
        if not words:
            self.found.setText("")
        elif not all_:
            self.found.setText(tr("Not found"))
        elif self.browser.current >= 0:
            before = sum(counts[: self.pages.index(self.page)])
            self.found.setText(tr("{place} of {places}", place=before + self.browser.current + 1, places=all_))
        else:
            self.found.setText(tr("{here} here, {elsewhere} on other pages", here=here, elsewhere=all_ - here))


def show_guide(theme: Theme, parent: QWidget) -> None:
    """Open the guide of a window, or bring it to the front where it is open already."""
    guide = parent.findChild(GuideWindow) or GuideWindow(theme, parent)
    guide.show()
    guide.raise_()
    guide.activateWindow()


def _item(above: QTreeWidgetItem, text: str, page: Page, section: str = "") -> QTreeWidgetItem:
    item = QTreeWidgetItem(above, [text])
    item.setData(0, PAGE, page)
    item.setData(0, SECTION, section)
    return item


def _button(name: str, icon: str, tip: str, keys: Keys, theme: Theme) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setShortcut(QKeySequence(keys))
    shown = button.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{tip} ({shown})")
    button.setAccessibleName(tip)
    theme.bind(button, icon)
    return button

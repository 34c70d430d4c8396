"""The window of the guide, which stays open beside the work."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QUrl
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

from app.views.guide.browser import GuideBrowser, places
from app.views.guide.pages import Page, read_pages
from app.views.theme import GAP, Theme

SIZE = QSize(960, 680)
CONTENTS_WIDTH = 240
PAGE, SECTION = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1

Keys = QKeySequence.StandardKey


class GuideWindow(QDialog):
    """Contents on the left, a page on the right, and a search through all pages above it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide_window")
        self.setWindowTitle("User Guide")
        self.resize(SIZE)
        self.finished.connect(self.deleteLater)
        self.pages = read_pages()
        self.browser = GuideBrowser(theme)
        self.contents = self._make_contents()
        self.find_line = QLineEdit()
        self.find_line.setObjectName("guide_find")
        self.find_line.setPlaceholderText("Find in the guide")
        self.find_line.setAccessibleName("Find in the guide")
        self.find_line.setClearButtonEnabled(True)
        self.found = QLabel()
        self.found.setObjectName("guide_found")
        self.found.setProperty("muted", True)
        self._back = _button("guide_back", "back", "Back", Keys.Back, theme)
        self._forward = _button("guide_forward", "forward", "Forward", Keys.Forward, theme)
        self._previous = _button("guide_previous", "up", "Previous place", Keys.FindPrevious, theme)
        self._next = _button("guide_next", "down", "Next place", Keys.FindNext, theme)
        self._lay_out()
        self._connect()
        self.show_page(self.pages[0])

    @property
    def page(self) -> Page:
        """The page that is shown."""
        url = self.browser.source()
        return next(page for page in self.pages if QUrl.fromLocalFile(str(page.path)) == url)

    def show_page(self, page: Page, section: str = "") -> None:
        """Show a page, from one of its sections if one is named."""
        self.browser.show_page(page, section)

    def find(self, step: int) -> None:
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
                self.browser.mark(self.find_line.text())
            self.browser.show_hit(number)
        self._show_found()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search by Enter, backwards with Shift; a dialog would take it for its button."""
        if self.find_line.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.find(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _make_contents(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("guide_contents")
        tree.setAccessibleName("Contents")
        tree.setHeaderHidden(True)
        tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        for page in self.pages:
            top = _item(tree.invisibleRootItem(), page.title, page)
            for section in page.sections:
                _item(top, section, page, section)
        return tree

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GAP // 2)
        for widget in (self._back, self._forward):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.found)
        self.find_line.setFixedWidth(260)
        for widget in (self.find_line, self._previous, self._next):
            bar.addWidget(widget)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(GAP, GAP, GAP, 0)
        column.addLayout(bar)
        column.addWidget(self.browser, 1)
        splitter = QSplitter()
        splitter.addWidget(self.contents)
        splitter.addWidget(right)
        splitter.setSizes([CONTENTS_WIDTH, SIZE.width() - CONTENTS_WIDTH])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.contents.currentItemChanged.connect(self._on_chosen)
        self.contents.itemClicked.connect(self._on_chosen)
        self.browser.sourceChanged.connect(self._on_page)
        self.find_line.textChanged.connect(self._on_words)
        for button, act in (
            (self._back, self.browser.backward),
            (self._forward, self.browser.forward),
            (self._previous, partial(self.find, -1)),
            (self._next, partial(self.find, 1)),
        ):
            button.clicked.connect(lambda _checked=False, act=act: act())
        self.browser.backwardAvailable.connect(self._back.setEnabled)
        self.browser.forwardAvailable.connect(self._forward.setEnabled)
        self._back.setEnabled(False)
        self._forward.setEnabled(False)
        QShortcut(Keys.Find, self, self._ask_words)

    def _ask_words(self) -> None:
        self.find_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_line.selectAll()

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.show_page(item.data(0, PAGE), item.data(0, SECTION))

    def _on_page(self) -> None:
        """Follow a link in the contents; mark what is searched on the new page too."""
        page = self.page
        for number in range(self.contents.topLevelItemCount()):
            item = self.contents.topLevelItem(number)
            item.setExpanded(item.data(0, PAGE) is page)
            chosen = self.contents.currentItem()
            if item.data(0, PAGE) is page and (chosen is None or chosen.data(0, PAGE) is not page):
                with QSignalBlocker(self.contents):
                    self.contents.setCurrentItem(item)
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
            self.found.setText("Not found")
        elif self.browser.current >= 0:
            before = sum(counts[: self.pages.index(self.page)])
            self.found.setText(f"{before + self.browser.current + 1} of {all_}")
        else:
            self.found.setText(f"{here} here, {all_ - here} on other pages")


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

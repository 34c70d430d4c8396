"""The window of the guide: contents, links, search, and both appearances."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.views.guide.browser import WIDEST
from app.views.guide.pages import PAGES, Page, read_pages
from app.views.guide.window import GuideWindow, show_guide
from app.views.theme import Appearance, Theme


@pytest.fixture
def guide(qtbot: QtBot, theme: Theme) -> Iterator[GuideWindow]:
    made = GuideWindow(theme)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def place(name: str) -> int:
    return PAGES.index(name)


def button(guide: GuideWindow, name: str) -> QToolButton:
    found = guide.findChild(QToolButton, name)
    assert isinstance(found, QToolButton)
    return found


def look_for(guide: GuideWindow, qtbot: QtBot, words: str) -> None:
    line = guide.findChild(QLineEdit, "guide_find")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.clear()
    qtbot.keyClicks(line, words)


def test_it_opens_at_the_first_page_with_all_pages_in_its_contents(guide: GuideWindow) -> None:
    assert guide.page is guide.pages[0]
    assert guide.contents.topLevelItemCount() == len(PAGES)
    assert guide.contents.currentItem() is guide.contents.topLevelItem(0)


def test_the_contents_lead_to_pages_and_sections_by_keyboard(guide: GuideWindow, qtbot: QtBot) -> None:
    guide.contents.setFocus()
    number = next(number for number, page in enumerate(guide.pages) if len(page.sections) > 1)
    for _ in range(number):
        guide.contents.setCurrentItem(guide.contents.topLevelItem(guide.pages.index(guide.page) + 1))
    assert guide.page is guide.pages[number]
    for _ in range(len(guide.page.sections)):
        qtbot.keyClick(guide.contents, Qt.Key.Key_Down)
    assert guide.page is guide.pages[number]
    assert guide.contents.currentItem().text(0) == guide.page.sections[-1]
    assert guide.browser.verticalScrollBar().value() > 0 or not guide.browser.verticalScrollBar().maximum()


def test_a_link_leads_to_a_page_which_the_contents_follow_and_back_leads_back(guide: GuideWindow) -> None:
    guide.browser.anchorClicked.emit(QUrl("importing.md"))
    assert guide.page is guide.pages[place("importing")]
    assert guide.contents.currentItem() is guide.contents.topLevelItem(place("importing"))
    button(guide, "guide_back").click()
    assert guide.page is guide.pages[0]
    assert guide.contents.currentItem() is guide.contents.topLevelItem(0)
    button(guide, "guide_forward").click()
    assert guide.page is guide.pages[place("importing")]


def test_what_is_searched_is_marked_and_walked_through_on_all_pages(guide: GuideWindow, qtbot: QtBot) -> None:
    look_for(guide, qtbot, "vehicle")
    assert guide.browser.hits > 1
    assert guide.browser.current == -1
    seen = []
    line = guide.find_line
    for _ in range(300):
        qtbot.keyClick(line, Qt.Key.Key_Return)
        if seen and (guide.page, guide.browser.current) == seen[0]:
            break
        seen.append((guide.page, guide.browser.current))
    assert {page.path for page, _ in seen} == {page.path for page in guide.pages if "vehicle" in page.text.casefold()}
    assert len(set(seen)) == len(seen)
    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (guide.page, guide.browser.current) == seen[-1]
    assert guide.isVisible()


def test_what_is_nowhere_is_told(guide: GuideWindow, qtbot: QtBot) -> None:
    look_for(guide, qtbot, "xyzzy")
    assert guide.browser.hits == 0
    assert guide.found.text()
    assert not button(guide, "guide_next").isEnabled()
    guide.find_next(1)
    assert guide.page is guide.pages[0]


def test_the_search_begins_and_ends_by_keys(guide: GuideWindow, qtbot: QtBot) -> None:
    guide.browser.setFocus()
    qtbot.keyClick(guide.browser, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.find_line.hasFocus()
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def test_pictures_fit_and_follow_the_appearance(guide: GuideWindow, theme: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    for name, colour in (("wide", "white"), ("wide-dark", "black")):
        image = QImage(2 * WIDEST, 100, QImage.Format.Format_RGB32)
        image.fill(colour)
        assert image.save(str(tmp_path / f"{name}.png"))
    (tmp_path / "page.md").write_text("# Page\n\n![wide](wide.png)\n", encoding="utf-8")
    path = tmp_path / "page.md"
    guide.browser.show_page(Page(path, "Page", (), path.read_text(encoding="utf-8")))

    def shown() -> QImage:
        found = guide.browser.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("wide.png"))
        assert isinstance(found, QImage)
        return found

    guide.resize(1200, 700)
    qtbot.waitUntil(lambda: shown().deviceIndependentSize().width() == WIDEST)
    assert shown().pixelColor(5, 5).lightness() == 255
    theme.apply(Appearance.DARK)
    assert shown().pixelColor(5, 5).lightness() == 0
    guide.resize(700, 500)
    qtbot.waitUntil(lambda: shown().deviceIndependentSize().width() < WIDEST)
    qtbot.waitUntil(lambda: guide.browser.horizontalScrollBar().maximum() == 0)


def test_what_is_marked_stays_so_in_another_appearance(guide: GuideWindow, theme: Theme, qtbot: QtBot) -> None:
    look_for(guide, qtbot, "vehicle")
    guide.find_next(1)
    guide.find_next(1)
    before = guide.browser.hits, guide.browser.current, len(guide.browser.extraSelections())
    theme.apply(Appearance.DARK)
    assert (guide.browser.hits, guide.browser.current, len(guide.browser.extraSelections())) == before


def test_the_window_opens_one_guide_and_brings_it_back(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    for _ in range(2):
        show_guide(theme, window)
    (guide,) = window.findChildren(GuideWindow)
    assert guide.isVisible()
    assert not guide.isModal()
    guide.close()


def test_pages_are_read_once_and_in_order() -> None:
    assert [page.path.stem for page in read_pages()] == list(PAGES)


def test_rows_of_the_contents_have_the_height_of_rows(guide: GuideWindow) -> None:
    row = guide.contents.visualItemRect(guide.contents.topLevelItem(1))
    assert row.height() >= guide.contents.fontMetrics().height() + 8

"""The guide tells no tales: every link, picture, command and key that it names is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QImage, QKeySequence
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.resources import resource
from app.views.dialogs.shortcuts_dialog import CELLS, GESTURES, RULES, TIMELINE, ZONES
from app.views.guide.pages import PAGES, Page, read_pages
from app.views.guide.window import GuideWindow
from app.views.main_window import MainWindow
from app.views.theme import Theme

COMMAND = re.compile(r"\*\*([^*>]+(?: > [^*>]+)+)\*\*(?: \(`([^`]+)`\))?")
KEYS = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)*(?:[A-Z]|F\d{1,2}|Esc|Space|Enter|Return|Ins|Del|Up|Down|\d|[+−-])")
PLAIN = QKeySequence.SequenceFormat.PortableText


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(theme, QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat), SolverClient())
    qtbot.addWidget(made)
    yield made
    made.end()


def pages() -> list[pytest.param]:  # type: ignore[valid-type]
    return [pytest.param(page, id=page.path.stem) for page in read_pages()]


def flat(page: Page) -> str:
    """Return the text without the breaks of its lines."""
    return " ".join(page.text.split())


def commands_of(menu: QMenu, path: str) -> Iterator[tuple[str, QAction]]:
    """Yield all commands of a menu, and the menus in it, by the way to them."""
    for action in menu.actions():
        if not action.isSeparator():
            way = f"{path} > {action.text().replace('&', '').lstrip('0123456789 ')}"
            yield way, action
            below = action.menu()
            if isinstance(below, QMenu):
                yield from commands_of(below, way)


def commands(window: MainWindow) -> dict[str, QAction]:
    found: dict[str, QAction] = {}
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        found |= commands_of(menu, menu.title().replace("&", ""))
    return found


def test_all_files_are_pages() -> None:
    assert {path.stem for path in resource("guide").glob("*.md")} == set(PAGES)


@pytest.mark.parametrize("page", pages())
def test_a_page_has_one_title_and_no_section_twice(page: Page) -> None:
    assert page.text.startswith(f"# {page.title}\n")
    assert len(set(page.sections)) == len(page.sections)
    assert len(re.findall(r"^# ", page.text, re.MULTILINE)) == 1


@pytest.mark.parametrize("page", pages())
def test_every_link_leads_to_a_page_and_every_picture_is_there(page: Page) -> None:
    for picture, target in re.findall(r"(!?)\[[^\]]*\]\(([^)]*)\)", flat(page)):
        path = page.path.parent / target
        assert path.is_file(), target
        if picture:
            assert not QImage(str(path)).isNull(), target
        else:
            assert path.suffix == ".md"


def test_every_command_is_in_its_menu_with_its_keys(window: MainWindow) -> None:
    there = commands(window)
    named = 0
    for page in read_pages():
        for way, keys in COMMAND.findall(flat(page)):
            assert way in there, f"{page.path.name}: {way}"
            known = [one.toString(PLAIN) for one in there[way].shortcuts()]
            assert keys == "" or keys in known, f"{page.path.name}: {way} has {known}, not {keys}"
            named += 1
    assert named > 20


def test_every_key_does_something(window: MainWindow) -> None:
    known = {one.toString(PLAIN) for action in window.findChildren(QAction) for one in action.shortcuts()}
    known |= {
        part
        for keys, _ in (*GESTURES, *ZONES, *TIMELINE, *CELLS, *RULES)
        for part in re.split(r", | or | in |\s", keys)
    }
    for page in read_pages():
        for code in re.findall(r"`([^`]+)`", page.text):
            if KEYS.fullmatch(code):
                assert code in known, f"{page.path.name}: {code}"


def test_the_menu_opens_the_guide_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.actions_by_name["guide"].trigger()
    guide = window.findChild(GuideWindow)
    assert guide is not None
    assert guide.isVisible()
    assert not guide.isModal()
    guide.close()

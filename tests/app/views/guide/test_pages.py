"""The guide tells no tales: every link, picture, command and key that it names is there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.language import ENGLISH, languages
from app.resources import resource
from app.views.guide.pages import PAGES, Page, read_pages
from app.views.guide.window import GuideWindow
from app.views.main_window import MainWindow
from app.views.theme import Theme
from tests.app.views.speaking import Spoken

COMMAND = re.compile(r"\*\*([^*>]+(?: > [^*>]+)+)\*\*(?: \(`([^`]+)`\)?)?")
MODIFIERS = {"en": "Ctrl|Shift|Alt", "de": "Strg|Umschalt|Alt"}
NAMED = {
    "en": "Esc|Space|Enter|Return|Ins|Del|Up|Down",
    "de": "Esc|Leertaste|Enter|Return|Einfg|Entf|Hoch|Herunter|Bild aufwärts|Bild abwärts",
}
PARTS = {"en": r", | or | in |\s", "de": r", | oder | in |\s"}
every_language = pytest.mark.parametrize("language", languages())


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(theme, QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat), SolverClient())
    qtbot.addWidget(made)
    yield made
    made.end()


def pages() -> list[pytest.param]:  # type: ignore[valid-type]
    return [
        pytest.param(page, id=f"{language}-{page.path.stem}")
        for language in languages()
        for page in read_pages(language)
    ]


def flat(page: Page) -> str:
    """Return the text without the breaks of its lines."""
    return " ".join(page.text.split())


@every_language
def test_all_files_are_pages(language: str) -> None:
    folder = resource("guide") if language == ENGLISH else resource(f"guide/{language}")
    assert {path.stem for path in folder.glob("*.md")} == set(PAGES)
    assert {page.path.parent for page in read_pages(language)} == {folder}


def test_a_page_that_is_not_translated_is_in_english() -> None:
    assert [page.path for page in read_pages("tlh")] == [page.path for page in read_pages("en")]


@every_language
def test_the_translations_of_a_page_have_the_same_parts(language: str) -> None:
    """A page that has grown in English has to grow in the others, too."""
    for page, english in zip(read_pages(language), read_pages(ENGLISH), strict=True):
        assert [len(part) for part in outline(page)] == [len(part) for part in outline(english)], page.path.name
        assert outline(page)[-1] == outline(english)[-1], page.path.name


def outline(page: Page) -> tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]]:
    """Return its sections, paragraphs, rows and items, commands, and where its links and pictures lead."""
    paragraphs = [part for part in page.text.split("\n\n") if not part.startswith("#")]
    rows = re.findall(r"^(?:\||- |\d\. )", page.text, re.MULTILINE)
    links = sorted(Path(target).name for target in re.findall(r"\]\(([^)]*)\)", page.text))
    return page.sections, paragraphs + rows, COMMAND.findall(flat(page)), links


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


@pytest.mark.skipif(sys.platform == "darwin", reason="keys have signs there, and the guide has words")
@every_language
def test_every_command_is_in_its_menu_with_its_keys(language: str, spoken_windows: Spoken) -> None:
    there = spoken_windows[language]["commands"]
    named = 0
    for page in read_pages(language):
        for way, keys in COMMAND.findall(flat(page)):
            assert way in there, f"{page.path.name}: {way}"
            assert keys == "" or keys in there[way], f"{page.path.name}: {way} has {there[way]}, not {keys}"
            named += 1
    assert named > 20


@pytest.mark.skipif(sys.platform == "darwin", reason="keys have signs there, and the guide has words")
@every_language
def test_every_key_does_something(language: str, spoken_windows: Spoken) -> None:
    known = set(spoken_windows[language]["keys"])
    known |= {part for keys in spoken_windows[language]["gestures"] for part in re.split(PARTS[language], keys)}
    keys = re.compile(rf"(?:(?:{MODIFIERS[language]})\+)*(?:[A-Z]|F\d{{1,2}}|{NAMED[language]}|\d|[+−-])")
    for page in read_pages(language):
        for code in re.findall(r"`([^`]+)`", page.text):
            if keys.fullmatch(code):
                assert code in known, f"{page.path.name}: {code}"


def test_the_menu_opens_the_guide_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.actions_by_name["guide"].trigger()
    guide = window.findChild(GuideWindow)
    assert guide is not None
    assert guide.isVisible()
    assert not guide.isModal()
    guide.close()

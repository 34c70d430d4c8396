"""The window in another language: all of it, without a warning, and with a letter of its own for each command."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from app.language import languages
from tests.app.views.speaking import ROOT, Spoken, home_of


def letters(texts: list[str]) -> Counter[str]:
    """Return how often each letter is marked."""
    return Counter(found[1].casefold() for text in texts if (found := re.search(r"&(\w)", text.replace("&&", ""))))


def test_the_language_that_was_chosen_is_spoken(spoken_windows: Spoken) -> None:
    assert {language: said["spoken"] for language, said in spoken_windows.items()} == {
        one: one for one in spoken_windows
    }


@pytest.mark.parametrize("language", languages())
def test_no_letter_reaches_two_commands_of_a_menu(language: str, spoken_windows: Spoken) -> None:
    menus = spoken_windows[language]["letters"]
    assert len(menus) > 10
    doubled = {name: [one for one, count in letters(texts).items() if count > 1] for name, texts in menus.items()}
    assert {name: found for name, found in doubled.items() if found} == {}


@pytest.mark.parametrize("language", languages())
def test_no_letter_of_a_menu_reaches_something_in_the_window(language: str, spoken_windows: Spoken) -> None:
    """Qt opens no menu by a letter that a label or a button has as well."""
    said = spoken_windows[language]
    beside = letters(said["beside"])
    assert len(beside) > 10
    menus = letters(said["letters"]["menu_bar"])
    assert [text for text in said["beside"] if letters([text]).keys() & menus.keys()] == []


@pytest.mark.parametrize("language", languages()[1:])
def test_the_window_and_qt_itself_are_translated(language: str, spoken_windows: Spoken) -> None:
    here, english = spoken_windows[language], spoken_windows["en"]
    assert here["weekday"] != english["weekday"]
    assert here["cancel"] != english["cancel"]
    assert here["tabs"] != english["tabs"]
    assert len(here["commands"]) == len(english["commands"])
    assert len(set(here["commands"]) & set(english["commands"])) < len(english["commands"]) / 10


def test_the_language_is_known_before_any_sentence_is_read(tmp_path: Path) -> None:
    """The real start, with an event loop that ends at once."""
    code = (
        "import sys\nfrom PySide6.QtWidgets import QApplication\n"
        "def look(app):\n"
        "    window = [w for w in app.topLevelWidgets() if w.objectName() == 'main_window'][0]\n"
        "    print(*(a.menu().objectName() + '=' + a.text() for a in window.menuBar().actions()), sep='\\n')\n"
        "    return 0\n"
        "QApplication.exec = lambda *_: look(QApplication.instance())\n"
        "from app.__main__ import main\nsys.exit(main([]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=home_of(tmp_path, "de"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    titles = dict(line.partition("=")[::2] for line in run.stdout.splitlines())
    assert "Datei" in titles["file_menu"].replace("&", "")

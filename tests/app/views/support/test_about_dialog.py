"""About: which version, from what, and that Qt's libraries may be replaced."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app import __version__
from app.edition import Edition
from app.views.support import about_dialog
from app.views.support.about_dialog import AboutDialog, built


def text(dialog: AboutDialog, name: str) -> str:
    label = dialog.findChild(QLabel, name)
    assert label is not None
    return label.text()


@pytest.fixture
def packaged(monkeypatch: pytest.MonkeyPatch) -> Edition:
    known = Edition(__version__, "abc1234", "2026-11-23", packaged=True)
    monkeypatch.setattr(about_dialog, "edition", lambda: known)
    return known


def test_version_and_build_are_named(packaged: Edition, qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert __version__ in text(dialog, "about_version")
    assert packaged.commit in text(dialog, "about_build")
    assert "2026" in text(dialog, "about_build")
    assert "LGPL" in text(dialog, "about_qt")


def test_each_kind_of_program_has_a_sentence_of_its_own() -> None:
    sources = built(Edition("1"))
    unknown = built(Edition("1", packaged=True))
    whole = built(Edition("1", "abc1234", "2026-11-23", packaged=True))
    damaged = built(Edition("1", "abc1234", "some day", packaged=True))
    assert len({sources, unknown, whole, damaged}) == 4
    assert "some day" in damaged


def test_it_is_as_high_as_its_text_needs(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.height()
    assert before >= dialog.heightForWidth(dialog.width())
    dialog.tell("A sentence about what was done. " * 5)
    assert dialog.height() > before
    assert dialog.height() >= dialog.heightForWidth(dialog.width())

"""Every text has the room that it needs, in every language: German is longer than English by a third."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.language import languages
from tests.app.cramped_window import cut_off
from tests.app.views.speaking import ROOT, home_of


@pytest.mark.timeout(400)  # thirty windows, one after another
@pytest.mark.parametrize("language", languages())
def test_nothing_is_cut_off_on_any_screen(language: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.app.cramped_window", language, str(tmp_path)],
        cwd=ROOT,
        env=home_of(tmp_path, language),
        capture_output=True,
        text=True,
        timeout=380,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {}


def test_what_has_too_little_room_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    narrow, low, button, box, fitting = (
        QLabel("x" * 40),
        QLabel("word " * 40),
        QPushButton("x" * 40),
        QComboBox(),
        QLabel("x"),
    )
    low.setWordWrap(True)
    low.setFixedHeight(10)
    box.addItems(["x", "x" * 40])
    for widget in (narrow, low, button, box, fitting):
        widget.setFixedWidth(100)
        layout.addWidget(widget)
    window.show()
    qtbot.waitExposed(window)
    assert len(list(cut_off(window))) == 4

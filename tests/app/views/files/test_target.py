"""Where a file is to be written: suffixes, and the question about a file that is there already."""

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.views.files.target import ask_target, file_name


@pytest.fixture
def ask(qtbot, tmp_path, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)

    def asked(typed, suffix=".csv", only=False):
        chosen = str(tmp_path / typed) if typed else ""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
        found = ask_target(window, "Save", "x", "", suffix, only=only)
        return None if found is None else found.relative_to(tmp_path).as_posix()

    return asked


@pytest.mark.parametrize(
    ("typed", "only", "path"),
    [
        ("", False, None),
        ("plan", False, "plan.csv"),
        ("plan.CSV", True, "plan.CSV"),
        ("plan.txt", False, "plan.txt"),
        ("plan.txt", True, "plan.txt.csv"),
    ],
)
def test_suffix_is_added_where_it_is_missing(ask, typed, only, path):
    assert ask(typed, only=only) == path


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_that_only_the_suffix_meets_is_not_replaced_unasked(ask, tmp_path, monkeypatch, replace):
    (tmp_path / "plan.csv").touch()
    buttons = QMessageBox.StandardButton
    monkeypatch.setattr(QMessageBox, "question", lambda *_: buttons.Yes if replace else buttons.No)
    assert ask("plan") == ("plan.csv" if replace else None)


def test_the_file_dialog_has_asked_about_what_was_typed(ask, tmp_path, monkeypatch):
    (tmp_path / "plan.csv").touch()
    monkeypatch.setattr(QMessageBox, "question", lambda *_: pytest.fail("asked twice"))
    assert ask("plan.csv") == "plan.csv"


def test_names_with_slashes_stay_in_one_folder():
    assert file_name("Mon/Tue: 8\\9\n", ".zip") == "Mon-Tue- 8-9-.zip"

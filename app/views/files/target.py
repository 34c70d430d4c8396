"""The question where a file should be written to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.language import tr


def ask_target(
    window: QWidget, title: str, suggested: str, files: str, suffix: str, *, only: bool = False
) -> Path | None:
    """Let the user choose a file to write, and see to its suffix.

    The file dialog asks before a file is written over, but only for the name that was typed; where a suffix makes that
    the name of another file, the question is asked here.

    Parameters
    ----------
    window
        Owns the dialogs.
    title, suggested, files
        Of the file dialog: what it is called, the name it begins with, and which files it shows.
    suffix
        With its dot; added to a name that has none.
    only
        Whether no other suffix will do: then it is added to a name with another one, too.

    Returns
    -------
    Path or None
        None when the user thought better of it.
    """
    chosen, _ = QFileDialog.getSaveFileName(window, title, suggested, files)
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.casefold() == suffix.casefold() or (path.suffix and not only):
        return path
    path = path.with_name(path.name + suffix)
    if not path.exists():
        return path
    answer = QMessageBox.question(
        window, title, tr("{name} is there already. Do you want to replace it?", name=path.name)
    )
    return path if answer == QMessageBox.StandardButton.Yes else None


def file_name(name: str, suffix: str) -> str:
    """Return the name of a file for something that has a name of its own, which may hold what a file's may not."""
    return "".join("-" if letter in '/\\:*?"<>|' or not letter.isprintable() else letter for letter in name) + suffix

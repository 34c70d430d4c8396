"""The list of what is wrong with a file, written for whoever has to put it right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.io.atomic import WriteError
from app.io.issues import RowIssue, write_issues_csv
from app.jobs.background import BackgroundRunner
from app.language import tr
from app.views.files.target import ask_target


def export_issues(
    file: str, issues: Sequence[RowIssue], runner: BackgroundRunner, say: Callable[[str], None], window: QWidget
) -> None:
    """Ask for a CSV file and write the list to it.

    Parameters
    ----------
    file
        What the issues are about; gives the name to suggest.
    issues
        The list.
    runner
        Writes it.
    say
        Takes a sentence for the user, unless the window is gone by then.
    window
        Owns the question.
    """
    suggested = tr("{stem} problems.csv", stem=Path(file).stem)
    path = ask_target(window, tr("Export List"), suggested, tr("CSV files (*.csv)"), ".csv")
    if path is None:
        return

    def told(sentence: str) -> None:
        if isValid(window):
            say(sentence)

    runner.run(
        tr("Saving {name}", name=path.name),
        lambda: write_issues_csv(path, issues),
        lambda _: told(tr("The list is in {path}.", path=path)),
        lambda error: told(
            str(error) if isinstance(error, WriteError) else tr("{name} could not be written.", name=path.name)
        ),
    )

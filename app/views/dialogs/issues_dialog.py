"""What a file holds and what is wrong with it, before anything of it is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.io.issues import RowIssue
from app.jobs.background import BackgroundRunner
from app.language import tr, trn
from app.model.scenario import Scenario
from app.views.contents import contents
from app.views.dialogs.issues_export import export_issues
from app.views.dialogs.issues_table import IssuesTable, issues_view
from app.views.messages import InlineMessage
from app.views.theme import GAP, MARGIN, Theme


class IssuesDialog(QDialog):
    """Lists every row that cannot be used; the user accepts the others, or cancels and keeps what is open.

    Parameters
    ----------
    file
        Name of the file or folder.
    scenario
        Made of the good rows; None when there is nothing to accept.
    issues
        All that is wrong.
    runner
        Writes the list when it is exported.
    damaged
        Whether the file itself is damaged, so that the scenario is what could be read of it.
    """

    def __init__(
        self,
        file: str,
        scenario: Scenario | None,
        issues: Sequence[RowIssue],
        runner: BackgroundRunner,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        damaged: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("issues_dialog")
        self.setWindowTitle(tr("Open {file}", file=file))
        self.resize(760, 440)
        self.finished.connect(self.deleteLater)
        self._file, self._issues, self._runner = file, tuple(issues), runner
        heading = QLabel(_heading(file, scenario, len(self._issues), damaged))
        heading.setObjectName("issues_heading")
        heading.setWordWrap(True)
        self._message = InlineMessage(theme)

        export = QPushButton(tr("Export List…"))
        export.setObjectName("issues_export")
        export.setAutoDefault(False)
        export.clicked.connect(self._export)
        cancel = QPushButton(tr("Cancel"))
        cancel.setObjectName("issues_cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        accept = QPushButton(tr("Open Without It") if len(self._issues) == 1 else tr("Open Without Them"))
        if damaged:
            accept.setText(tr("Open What Could Be Read"))
        accept.setObjectName("issues_accept")
        accept.setEnabled(scenario is not None)
        accept.setAutoDefault(False)
        accept.clicked.connect(self.accept)
        (cancel if scenario is None else accept).setDefault(True)

        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(export)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(heading)
        layout.addWidget(issues_view(IssuesTable(self._issues, self)), 1)
        layout.addWidget(self._message)
        layout.addLayout(buttons)

    def _export(self) -> None:
        export_issues(self._file, self._issues, self._runner, self._message.say, self)


def _heading(file: str, scenario: Scenario | None, issues: int, damaged: bool) -> str:
    name = escape(file)
    if scenario is None:
        return trn(
            "<b>{file} cannot be opened.</b> One thing would have to be put right first:",
            "<b>{file} cannot be opened.</b> {number} things would have to be put right first:",
            issues,
            file=name,
        )
    counted = contents(scenario)
    if damaged:
        return tr(
            "<b>{file} is damaged. {counted} could be read.</b> They open as a new document, and the file "
            "itself stays as it is. What is open now stays until you accept. Of the rest:",
            file=name,
            counted=counted,
        )
    if not counted:
        return trn(
            "<b>One thing in {file} cannot be used.</b> Without it nothing is left. "
            "What is open now stays until you accept.",
            "<b>{number} things in {file} cannot be used.</b> Without them nothing is left. "
            "What is open now stays until you accept.",
            issues,
            file=name,
        )
    return trn(
        "<b>One thing in {file} cannot be used.</b> Without it there are {counted}. "
        "What is open now stays until you accept.",
        "<b>{number} things in {file} cannot be used.</b> Without them there are {counted}. "
        "What is open now stays until you accept.",
        issues,
        file=name,
        counted=counted,
    )

"""What the forms have in common that name a server, say what it learns, and ask whether that is agreed to."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.map.text_scale import scaled
from app.views.theme import GAP, MARGIN

LONGEST = 500
"""Letters of an address, or of another field."""


def paragraph(name: str, text: str = "", *, muted: bool = False, error: bool = False) -> QLabel:
    """Return a label for sentences: they wrap, and no name in them is taken for a format."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("muted", muted)
    label.setProperty("error", error)
    return label


def say(label: QLabel, text: str, *, error: bool = False) -> None:
    """Show a sentence, in the colour of errors if it is one."""
    label.setProperty("error", error)
    label.style().unpolish(label)
    label.style().polish(label)
    label.setText(text)


def form_layout() -> QFormLayout:
    """Return a layout for captions and fields."""
    form = QFormLayout()
    form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
    form.setHorizontalSpacing(MARGIN)
    form.setVerticalSpacing(GAP)
    return form


def trial_layout(test: QPushButton, result: QLabel) -> QHBoxLayout:
    """Return a row for the button that tries a server out and for what comes of it."""
    # else Enter in a field would test while the form is not complete
    test.setAutoDefault(False)
    trial = QHBoxLayout()
    trial.setSpacing(MARGIN)
    trial.addWidget(test)
    trial.addWidget(result, 1)
    return trial


def answer_buttons(dialog: QDialog, use: QPushButton, refuse: QPushButton | None = None) -> QDialogButtonBox:
    """Return the buttons that end a form: use what was named, perhaps take an agreement back, or cancel."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    # else Enter in a field would cancel while the form is not complete
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
    if refuse is not None:
        refuse.setAutoDefault(False)
        buttons.addButton(refuse, QDialogButtonBox.ButtonRole.DestructiveRole)
    buttons.addButton(use, QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def lay_out(
    dialog: QDialog,
    width: int,
    introduction: QLabel,
    form: QFormLayout,
    said: Iterable[QWidget],
    buttons: QDialogButtonBox,
    trial: QHBoxLayout | None = None,
) -> None:
    """Put a form together, from top to bottom; `said` is what is agreed to and what is wrong.

    Parameters
    ----------
    width
        Of the dialog, pixels at 100 percent.
    """
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
    layout.setSpacing(MARGIN)
    layout.addWidget(introduction)
    layout.addLayout(form)
    for widget in said:
        layout.addWidget(widget)
    if trial is not None:
        layout.addLayout(trial)
    layout.addStretch(1)
    layout.addWidget(buttons)
    dialog.setFixedWidth(scaled(width))

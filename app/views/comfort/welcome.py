"""What stands over an empty map: three ways to begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.views.comfort.card import Card
from app.views.theme import GAP, MARGIN

WIDTH = 380
"""Pixels."""


@dataclass(frozen=True, slots=True)
class Start:
    """One way to begin.

    Parameters
    ----------
    name
        Object name of its button.
    title, text
        On the button, and below it.
    act
        What happens.
    """

    name: str
    title: str
    text: str
    act: Callable[[], object]


class Welcome(Card):
    """A button for each way to begin, the first of them to be recommended, with a sentence on it."""

    def __init__(self, over: QWidget, starts: Sequence[Start]) -> None:
        super().__init__(over, WIDTH)
        self.setObjectName("welcome")
        self.setAccessibleName(tr("Ways to begin"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, 2 * MARGIN)
        layout.setSpacing(GAP // 2)
        heading = QLabel(tr("Plan a day of routes"))
        heading.setProperty("heading", True)
        heading.setWordWrap(True)
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(heading)
        for place, start in enumerate(starts):
            layout.addSpacing(MARGIN)
            button = QPushButton(start.title)
            button.setObjectName(start.name)
            button.setProperty("primary", place == 0)
            button.setAccessibleDescription(start.text)
            button.clicked.connect(lambda _checked=False, act=start.act: act())
            layout.addWidget(button)
            text = QLabel(start.text)
            text.setProperty("muted", True)
            text.setWordWrap(True)
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(text)

"""Says where distances and times come from, with a button that leads to where that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.language import tr
from app.model.road_library import library
from app.model.scenario import Settings, TravelSource
from app.views.theme import GAP

BUTTONS = {TravelSource.ROADS: tr("Road network…"), TravelSource.SERVER: tr("Server…")}
"""Where more is to be chosen, what the button says that leads there."""


def lacks(settings: Settings, source: TravelSource) -> bool:
    """Whether a source of travel needs more than its name, and the settings do not say it or it is not here."""
    if source is TravelSource.ROADS:
        return not library().has(settings.network)
    return source is TravelSource.SERVER and not settings.server


class SourceLine(QWidget):
    """A sentence and a button; one that cannot be used looks like what it is.

    Signals
    -------
    wanted(app.model.scenario.TravelSource)
        What the source of now needs is to be chosen.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings_source")
        self._source = TravelSource.GREAT_CIRCLE
        self.words = QLabel()
        self.words.setObjectName("settings_source_words")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(BUTTONS[TravelSource.ROADS])
        self.button.setObjectName("settings_source_button")
        self.button.clicked.connect(lambda: self.wanted.emit(self._source))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)

    def show_words(self, words: str, settings: Settings) -> None:
        """Say where the numbers of a scenario with these settings come from."""
        self._source = source = settings.travel
        self.words.setText(words)
        self.words.setAccessibleName(words)
        lacking = lacks(settings, source)
        for name, wanted in (("error", lacking), ("muted", not lacking)):
            if self.words.property(name) != wanted:
                self.words.setProperty(name, wanted)
                self.words.style().polish(self.words)
        self.button.setVisible(source in BUTTONS)
        self.button.setAccessibleDescription(words)
        if source in BUTTONS:
            self.button.setText(BUTTONS[source])

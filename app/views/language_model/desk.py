"""Lets a language model put answers into its words, and read questions; without one, nothing here happens."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.jobs.key_file import read_key, write_key
from app.jobs.model_address import Patience
from app.language import spoken, tr
from app.model.phrases import interpreting
from app.model.why.explanation import Explanation
from app.model.why.prose import checked, facts_of, messages_of
from app.views.language_model.choice import store_choice, stored_choice
from app.views.why.card import Card

if TYPE_CHECKING:
    from app.jobs.language_model import LanguageModel  # the start does without the network
    from app.views.language_model.dialog import ModelDialog

logger = logging.getLogger(__name__)

AFTER = 600
"""Milliseconds that an answer has to stay before a model is told it: while a plan changes, answers come and go."""

KEPT = 100
"""Answers whose words are remembered."""

KEY_FILE = "language-model.key"


class LanguageModelDesk(QObject):
    """The program's own words are there at once; those of a model take their place only if they have been checked.

    Parameters
    ----------
    settings
        Where the choice is kept.
    window
        Owns the dialog.
    patience
        What a server is given.

    Signals
    -------
    said(str)
        Why there are no words of a model; each reason once.
    message(str)
        What has to be read: the key cannot be kept.
    reading(str)
        A typed question is being read.
    read(str, str)
        A typed question, and what the model makes of it.
    unread(str, str)
        A typed question, and why the model makes nothing of it.
    """

    said = Signal(str)
    message = Signal(str)
    reading = Signal(str)
    read = Signal(str, str)
    unread = Signal(str, str)

    def __init__(self, settings: QSettings, window: QWidget, patience: Patience | None = None) -> None:
        super().__init__(window)
        self._settings, self._window, self._patience = settings, window, patience
        self.choice = stored_choice(settings)
        self._key: str | None = None  # not read before it is needed
        self._asked: LanguageModel | None = None  # not made before it is asked
        self._cards: Sequence[Card] = ()
        self._waiting: dict[int, Explanation] = {}  # by place of the card
        self._told: dict[str, str | None] = {}  # words by facts; None where they did not hold
        self._complained: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=AFTER)
        self._soon.timeout.connect(self._ask)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {"language_model": self.choose}

    def attach(self, cards: Sequence[Card]) -> None:
        """Put the answers of some cards into a model's words from now on."""
        self._cards = cards
        for place, card in enumerate(cards):
            card.explained.connect(partial(self._on_explained, place))

    def choose(self) -> None:
        """Let the user name a model, or turn it off."""
        from app.views.language_model.dialog import ModelDialog  # the start does without it

        dialog = ModelDialog(self.choice, self.key, self._patience, self._window)
        dialog.accepted.connect(lambda: self._choose(dialog))
        dialog.open()

    @property
    def key(self) -> str:
        """The key that was given with the model."""
        if self._key is None:
            self._key = read_key(_key_path())
        return self._key

    @property
    def _model(self) -> LanguageModel:
        if self._asked is None:
            from app.jobs.language_model import LanguageModel

            self._asked = LanguageModel(self._patience, self)
            self._asked.replied.connect(self._on_replied)
            self._asked.failed.connect(self._on_failed)
        return self._asked

    def _take_back(self, place: int) -> None:
        self._waiting.pop(place, None)
        if self._asked is not None:
            self._asked.cancel(place)

    def interpret(self, typed: str) -> None:
        """Let the model say which question was typed; nothing happens where there is no model."""
        if self.choice.on:
            self.reading.emit(typed)
            self._model.ask(self.choice.server(self.key), interpreting.messages_of(typed), typed)

    def close(self) -> None:
        """Take back what has been asked."""
        self._soon.stop()
        if self._asked is not None:
            self._asked.close()

    def _choose(self, dialog: ModelDialog) -> None:
        self.close()
        self._waiting.clear()
        self._told.clear()
        self._complained.clear()
        self.choice, self._key = dialog.choice, dialog.key
        store_choice(self._settings, self.choice)
        try:
            write_key(_key_path(), self._key)
        except OSError as error:
            logger.warning("the key of the language model cannot be kept: %s", error)
            self.message.emit(tr("The key cannot be kept, so it is asked for again at the next start."))
        for place, card in enumerate(self._cards):
            if card.explanation is not None:
                self._on_explained(place, card.explanation)

    # Answers

    def _on_explained(self, place: int, explanation: Explanation) -> None:
        self._take_back(place)
        if not self.choice.on or not explanation.complete:
            return
        facts = _facts(explanation)
        if facts in self._told:
            self._show(place, explanation, self._told[facts])
        else:
            self._waiting[place] = explanation
            self._soon.start()

    def _ask(self) -> None:
        for place, explanation in self._waiting.items():
            if self._cards[place].isVisible():
                self._model.ask(self.choice.server(self.key), messages_of(explanation, spoken()), place)

    def _on_replied(self, ticket: object, reply: str) -> None:
        if isinstance(ticket, str):
            self.read.emit(ticket, reply)
            return
        explanation = self._waiting.pop(ticket, None) if isinstance(ticket, int) else None
        if explanation is None or not isinstance(ticket, int):
            return
        words = checked(reply, explanation, spoken())
        if words is None:
            logger.info("what the language model has said does not hold, so it is not shown")
        while len(self._told) >= KEPT:
            del self._told[next(iter(self._told))]
        self._told[_facts(explanation)] = words
        self._show(ticket, explanation, words)

    def _on_failed(self, ticket: object, why: str) -> None:
        if isinstance(ticket, str):
            self.unread.emit(ticket, why)
            return
        self._waiting = {place: one for place, one in self._waiting.items() if place != ticket}
        if why not in self._complained:
            self._complained.add(why)
            self.said.emit(why)

    def _show(self, place: int, explanation: Explanation, words: str | None) -> None:
        if words is not None:
            self._cards[place].show_wording(explanation, words)


def _facts(explanation: Explanation) -> str:
    return json.dumps(facts_of(explanation), ensure_ascii=False)


def _key_path() -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / KEY_FILE

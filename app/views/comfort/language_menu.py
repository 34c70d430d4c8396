"""The menu that chooses the language of the program, from its next start on."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QWidget

from app.language import ENGLISH, languages, tr
from app.language_choice import AS_THE_SYSTEM, store_choice, stored_choice
from app.views.menu import Menu


class LanguageMenu(Menu):
    """The system's language, and each that there is a catalogue of, by the name that it has in itself.

    Signals
    -------
    said
        A passing sentence.
    """

    said = Signal(str)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName("language_menu")
        group = QActionGroup(self)
        self._codes = (AS_THE_SYSTEM, *languages())
        texts: list[str] = []
        for code in self._codes:
            action = self.addAction(marked(native_name(code), texts) if code else tr("As the &System"))
            texts.append(action.text())
            action.setObjectName(f"language_{code or 'system'}")
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, code=code: self._choose(code))
            group.addAction(action)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = stored_choice()
        for action, code in zip(self.actions(), self._codes, strict=True):
            action.setChecked(code == chosen)

    def _choose(self, code: str) -> None:
        try:
            store_choice(code)
        except OSError:
            self.said.emit(tr("The language could not be kept: the folder of the settings cannot be written to."))
        else:
            self.said.emit(tr("Routewright speaks this language from its next start on."))
        self._show_chosen()


def native_name(code: str) -> str:
    """Return what a language is called by those who speak it."""
    return "English" if code == ENGLISH else QLocale(code).nativeLanguageName()


def marked(name: str, others: Iterable[str]) -> str:
    """Return a name with a mark before its first letter that is marked in none of the others."""
    taken = {text[text.index("&") + 1].casefold() for text in others if "&" in text}
    free = (place for place, letter in enumerate(name) if letter.casefold() not in taken)
    place = next(free, len(name))
    return f"{name[:place]}&{name[place:]}" if place < len(name) else name

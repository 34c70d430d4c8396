"""Sentences of an answer; those that speak of something else than was asked about lead there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.edits.selection import Item
from app.language import tr
from app.model.why.facts import Sentence


class Sentences(QLabel):
    """A text whose links are walked with Tab and followed with Return, as with the mouse.

    Parameters
    ----------
    name
        Of the object.
    listed
        Whether each sentence has a line of its own.
    parent
        Owner.

    Signals
    -------
    chosen
        A frozenset of items that a sentence speaks of.
    """

    chosen = Signal(object)

    def __init__(self, name: str, *, listed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self._listed = listed
        self._said: tuple[Sentence, ...] = ()
        self.linkActivated.connect(self._on_link)

    def show_sentences(self, said: Sequence[Sentence], known: Collection[Item] = ()) -> None:
        """Show sentences.

        Parameters
        ----------
        said
            In their order.
        known
            What they are all about: who only speaks of that leads nowhere.
        """
        self._said = tuple(said)
        leads = [bool(set(sentence.items).difference(known)) for sentence in said]
        parts = [
            self._marked(number, escape(str(sentence)), leading=leading)
            for number, (sentence, leading) in enumerate(zip(said, leads, strict=True))
        ]
        self.setText(("<br>" if self._listed else " ").join(parts))
        self.setAccessibleName("\n".join(map(str, said)))
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
        self.setTextInteractionFlags(flags | Qt.TextInteractionFlag.LinksAccessibleByKeyboard if any(leads) else flags)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if any(leads) else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription(tr("Links select what they speak of") if any(leads) else "")

    def _marked(self, number: int, text: str, *, leading: bool) -> str:
        """Return a sentence as it is shown: in a list an arrow, and not a line below each, says that it leads away."""
        if self._listed and leading:
            return f'→ <a href="{number}" style="text-decoration:none">{text}</a>'
        marked = f'<a href="{number}">{text}</a>' if leading else text
        return f"• {marked}" if self._listed else marked

    def _on_link(self, link: str) -> None:
        items: frozenset[Item] = frozenset(self._said[int(link)].items)
        self.chosen.emit(items)

"""A card over the map: so many places cannot be reached by road, or not by every vehicle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.language import sentences, tr, trn
from app.model.unreached import Unreached
from app.views.theme import Theme
from app.views.warning_card import WarningCard


class UnreachedCard(WarningCard):
    """Hidden while every place can be reached, and after it was closed until there are others.

    Parameters
    ----------
    theme
        Draws icons.

    Signals
    -------
    asked
        The user wants to see which.
    """

    asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        explained = tr("Lists them, with reasons and the nearest road")
        super().__init__(theme, "unreached", tr("Show Which"), explained, parent)
        self._shown: frozenset[tuple[str, str, bool]] = frozenset()
        self.further.setObjectName("unreached_which")
        self.further.clicked.connect(self.asked)

    def tell(self, found: Sequence[Unreached]) -> None:
        """Say how many there are; none hide the card."""
        places = frozenset((one.kind, one.id, one.everybody) for one in found)
        if places == self._shown:
            return
        self._shown = places
        if not places:
            self.hide()
            return
        nobody = sum(one.everybody for one in found)
        self.warn(sentences(*_counts(nobody, len(found) - nobody)))


def _counts(nobody: int, partly: int) -> Iterator[str]:
    """Yield how many places nobody gets to, and how many only some vehicles."""
    if nobody:
        yield trn("{number} place cannot be reached by road.", "{number} places cannot be reached by road.", nobody)
    if partly:
        yield trn(
            "{number} place cannot be reached by every vehicle.",
            "{number} places cannot be reached by every vehicle.",
            partly,
        )

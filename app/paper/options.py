"""What can be chosen about manifests. No Qt here, so that commands can ask for them without it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.io.navigation import Codes


class PaperSize(StrEnum):
    """Which paper."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """How manifests are made.

    Parameters
    ----------
    size
        Of the paper; a printer has one of its own.
    codes
        Which codes stand on them.
    printed
        When, in words; it stands on each page, so that two versions of a plan can be told apart.
    why
        Whether each stop says what the drive to it is for, and each customer who is left out, why.
    """

    size: PaperSize = PaperSize.A4
    codes: Codes = Codes.PLACES
    printed: str = ""
    why: bool = False

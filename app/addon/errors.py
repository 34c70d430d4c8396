"""What can go wrong with the add-on, in sentences for the user."""

from __future__ import annotations

from collections.abc import Sequence


class AddonError(Exception):
    """Something with the add-on was not done; its text is a sentence for the user.

    Parameters
    ----------
    sentence
        What, why, and what to do.
    said
        The last lines of a program that failed.
    """

    def __init__(self, sentence: str, said: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.said = tuple(said)


class StoppedError(Exception):
    """It was stopped by the user."""

"""What is typed, word by word; what stands in quotation marks is one word."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«"}
"""Marks that open what is one word, and those that close it."""

LONGEST = 400
"""Letters; whoever types more does not type a command."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word.

    Parameters
    ----------
    text
        Without quotation marks.
    start, end
        Where it stands in what is typed, marks included.
    quoted
        Whether it stands in quotation marks, so that it can only be a name.
    """

    text: str
    start: int
    end: int
    quoted: bool = False


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words of a text; quotation marks that nothing closes reach to its end."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] in QUOTES:
            start, (inner, at) = at, _quoted(text, at)
            found.append(Token(inner, start, at, quoted=True))
        else:
            start = at
            while at < len(text) and not text[at].isspace():
                at += 1
            found.append(Token(text[start:at], start, at))
    return tuple(found)


def _quoted(text: str, at: int) -> tuple[str, int]:
    """Return what stands in quotation marks that open at a place, and the place behind them; doubled ones are one."""
    closing, inner = QUOTES[text[at]], ""
    at += 1
    while at < len(text):
        if text[at] == closing:
            if text[at + 1 : at + 2] != closing:
                return inner, at + 1
            at += 1
        inner += text[at]
        at += 1
    return inner, at


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return '"' + text.replace('"', '""') + '"'


def joined(tokens: Sequence[Token]) -> str:
    """Return some words as one text."""
    return " ".join(token.text for token in tokens)


def key_of(text: str) -> str:
    """Return what two texts share that are the same but for capital letters, blanks and ways to write a letter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def plain_of(key: str) -> str:
    """Return a key without accents and marks over letters."""
    parts = unicodedata.normalize("NFKD", key)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))

"""What a user is told of what is not understood."""

from __future__ import annotations

from app.language import tr
from app.model.phrases.understanding import Answer, Mistaken, Unclear, Unfinished

MOST = 12
"""So many ways to go on are named; more are offered beside."""


def told(answer: Answer) -> str:
    """Return a sentence: what is missing, or what was expected at which word; "" where all is well."""
    match answer:
        case Mistaken(word="", expected=()):
            return tr("This is too long for a command.")
        case Mistaken(word=word, expected=()):
            return tr("Nothing more was expected at “{word}”.", word=word)
        case Mistaken(word=word, expected=expected):
            return tr("“{word}” is not understood here. Expected: {expected}.", word=word, expected=_listed(expected))
        case Unfinished(expected=expected):
            return tr("Goes on with: {expected}.", expected=_listed(expected))
        case Unclear(choices=choices):
            return tr("This can mean several things: {choices}.", choices=_listed([one.text for one in choices]))
    return ""


def _listed(items: tuple[str, ...] | list[str]) -> str:
    return ", ".join(items[:MOST])

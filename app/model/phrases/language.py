"""Which words are understood: those of the program's language, and English."""

from __future__ import annotations

from functools import cache

from app.language import spoken
from app.model.phrases import english, german
from app.model.phrases.grammar import Grammar


def grammar() -> Grammar:
    """Return what can be said in the language that the program speaks, and in English, which is not offered then."""
    return _grammar(spoken())


@cache
def _grammar(code: str) -> Grammar:
    if code.partition("_")[0] == "de":
        return Grammar.of(german.PHRASES, english.PHRASES)
    return Grammar.of(english.PHRASES)

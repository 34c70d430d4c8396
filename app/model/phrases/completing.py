"""How what is typed can go on: whole texts, each of which can be understood as it is, or goes on in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.model.phrases.grammar import Grammar
from app.model.phrases.lexicon import Lexicon
from app.model.phrases.text import LONGEST, key_of, tokens_of
from app.model.phrases.understanding import LONGEST_NAME, Path, Reader

MOST_NAMES = 8
"""So many names are offered in one place."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on.

    Parameters
    ----------
    text
        All that is typed then.
    added
        The word or name that it ends with.
    whole
        Whether that is a command or question already.
    """

    text: str
    added: str
    whole: bool


def completions(text: str, grammar: Grammar, lexicon: Lexicon, most: int = 12) -> tuple[Completion, ...]:
    """Return how a text can go on.

    Parameters
    ----------
    text
        What is typed so far.
    grammar
        What can be said.
    lexicon
        Who is called how.
    most
        So many ways at most.
    """
    if len(text) > LONGEST:
        return ()
    made = dict.fromkeys(_all(text, grammar, lexicon))
    found: list[Completion] = []
    for whole, added in made:
        if len(found) == most:
            break
        if key_of(whole) != key_of(text):
            understood = len(Reader(tokens_of(whole), grammar, lexicon, guess=False).meant()) == 1
            found.append(Completion(whole if understood else f"{whole} ", added, understood))
    return tuple(found)


def _all(text: str, grammar: Grammar, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    tokens = tokens_of(text)
    open_end = bool(tokens) and tokens[-1].end == len(text)  # the last word may go on
    reader = Reader(tokens, grammar, lexicon, guess=False)
    paths = sorted(reader.paths, key=lambda path: (-path.at, path.level))
    for path in paths:
        left = tokens[path.at :]
        if len(left) > LONGEST_NAME or (not left and open_end):
            continue
        start = left[0].start if left else len(text)
        before, typed = text[:start], text[start:]
        if before and not before[-1].isspace():
            before += " "
        if len(left) < 2:
            yield from _words(path, before, key_of(typed))
        if not any(token.quoted for token in left[1:]):
            name = left[0].text if len(left) == 1 else " ".join(typed.split())
            for slot in path.node.slots:
                for written in islice(lexicon.beginning(slot.kind, name, MOST_NAMES), MOST_NAMES):
                    yield before + written, written


def _words(path: Path, before: str, typed: str) -> Iterator[tuple[str, str]]:
    for key, (word, _) in path.node.words.items():
        if key.startswith(typed) and (word.offered or (typed and key == typed)):
            yield before + word.text, word.text

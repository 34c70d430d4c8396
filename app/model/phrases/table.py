"""Names of one kind of things: found as they are typed, and written so that they are found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Generic, TypeVar

from app.model.phrases.text import Token, joined, key_of, plain_of, quoted

V = TypeVar("V", bound=Hashable)

EXACT, NAMED, ALIKE, PART, GUESS = range(5)
"""How well what is typed fits: an id, a name, but for accents or an ending, a part of a name, nearly a name."""

MOST = 12
"""So many things are found of those that fit equally well; whoever types so little has to type more anyway."""

LEAST_GUESSED = 4
"""Letters; fewer are nearly everything."""

ENDINGS = ("s", "es", "e", "n", "en")
"""Of plurals."""

NEAR = 0.8
"""How like a name something is, from 0 to 1, to be taken for it."""

_NUMBER = re.compile(r"\D*?0*([1-9]\d*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry(Generic[V]):
    """A thing.

    Parameters
    ----------
    value
        What stands for it.
    id
        How it is called without doubt.
    names
        How it is called else, the one to be written first.
    """

    value: V
    id: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match(Generic[V]):
    """What fits best.

    Parameters
    ----------
    level
        How well: `EXACT` to `GUESS`.
    values
        All that fits so well, or the first `MOST` of it.
    """

    level: int
    values: tuple[V, ...]


class Table(Generic[V]):
    """All things of a kind.

    Parameters
    ----------
    entries
        Each value once, each id once.
    keywords
        Words that a name without quotation marks must not have.
    """

    def __init__(self, entries: Sequence[Entry[V]], keywords: frozenset[str] = frozenset()) -> None:
        self.entries = {entry.value: entry for entry in entries}
        self._keywords = keywords
        self._ids = {entry.id: entry.value for entry in entries}
        self._keys: dict[str, dict[V, None]] = {}
        for entry in entries:
            for key in filter(None, map(key_of, (entry.id, *entry.names))):
                self._keys.setdefault(key, {})[entry.value] = None

    def prepare(self) -> None:
        """Sort all names now, which else the first search does."""
        _ = self._plain, self._words

    def match(self, tokens: Sequence[Token], *, guess: bool = False) -> Match[V] | None:
        """Return what some words mean; None where they mean nothing here.

        Parameters
        ----------
        tokens
            At least one; one in quotation marks stands alone.
        guess
            Whether what is nearly a name is taken for it.
        """
        text = joined(tokens)
        if text in self._ids:
            return Match(EXACT, (self._ids[text],))
        key = key_of(text)
        if not key:
            return None
        if key in self._keys:
            return Match(NAMED, tuple(self._keys[key])[:MOST])
        if tokens[0].quoted:
            return None
        if alike := self._alike(key):
            return Match(ALIKE, alike)
        if part := tuple(self._having(key, MOST)):
            return Match(PART, part)
        if guess and (guessed := self._guessed(key)):
            return Match(GUESS, guessed)
        return None

    def beginning(self, typed: str, most: int, among: frozenset[V] | None = None) -> list[V]:
        """Return things to go on with: those whose names begin with what is typed, then those that have it elsewhere.

        Parameters
        ----------
        typed
            The beginning of a name, or "".
        most
            So many at most.
        among
            Of which things; all when left out.
        """
        key = key_of(typed)
        found: dict[V, None] = {}
        firsts = (value for form, values in self._keys.items() if form.startswith(key) for value in values)
        for value in firsts if not key else (*firsts, *self._having(key, 10 * MOST)):
            if among is None or value in among:
                found[value] = None
                if len(found) == most and not key:
                    break
        return list(found)[:most]

    def written(self, value: V, *, marked: bool = False) -> str:
        """Return how a thing is typed so that it and nothing else is meant; ``marked`` always in quotation marks."""
        entry = self.entries[value]
        name = next((name for name in entry.names if self._means(name, value)), entry.id)
        return quoted(name) if marked else self._typed(name)

    def _means(self, name: str, value: V) -> bool:
        key = key_of(name)
        return bool(key) and self._ids.get(name, value) == value and list(self._keys.get(key, ())) == [value]

    def _typed(self, name: str) -> str:
        """Return a name, in quotation marks where its words could be taken for others."""
        words = name.split()
        plain = name == " ".join(words) and all(word[0].isalnum() for word in words) and name[-1:] not in "?.!"
        taken = any(key_of(word) in self._keywords for word in words)
        return name if plain and not taken and '"' not in name else quoted(name)

    @cached_property
    def _plain(self) -> dict[str, dict[V, None]]:
        made: dict[str, dict[V, None]] = {}
        for key, values in self._keys.items():
            made.setdefault(plain_of(key), {}).update(values)
            number = _NUMBER.fullmatch(key)
            if number is not None:
                made.setdefault(number[1], {}).update(values)
        return made

    @cached_property
    def _words(self) -> list[tuple[str, str]]:
        """Every beginning of a word within a name, to its end, with the key of the name, sorted."""
        return sorted(
            {(" ".join(words[at:]), key) for key in self._keys for words in [key.split()] for at in range(len(words))}
        )

    def _alike(self, key: str) -> tuple[V, ...]:
        plain = plain_of(key)
        forms = [plain, *(plain.removesuffix(end) for end in ENDINGS if plain.endswith(end) and len(plain) > 3)]
        found: dict[V, None] = {}
        for form in forms:
            found.update(self._plain.get(form, {}))
        return tuple(found)[:MOST]

    def _having(self, key: str, most: int) -> Iterator[V]:
        found: dict[V, None] = {}
        at = bisect_left(self._words, (key, ""))
        while at < len(self._words) and self._words[at][0].startswith(key) and len(found) < most:
            found.update(self._keys[self._words[at][1]])
            at += 1
        return iter(list(found)[:most])

    def _guessed(self, key: str) -> tuple[V, ...]:
        if len(key) < LEAST_GUESSED:
            return ()
        matcher = SequenceMatcher(None, b=key)
        best, found = NEAR, dict[V, None]()
        for form, values in self._keys.items():
            if form[0] != key[0] or abs(len(form) - len(key)) > 2:
                continue
            matcher.set_seq1(form)
            if matcher.real_quick_ratio() < best or matcher.quick_ratio() < best or (like := matcher.ratio()) < best:
                continue
            if like > best:
                best, found = like, {}
            found.update(values)
        return tuple(found)[:MOST]

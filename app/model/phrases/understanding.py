"""What a typed text means: one thing, one of several, something that is not finished, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product

from app.model.phrases.grammar import Grammar, Meaning, Node, Said, Slot, Word
from app.model.phrases.lexicon import EXPECTED, Lexicon, Value
from app.model.phrases.table import Match
from app.model.phrases.text import LONGEST, Token, key_of, tokens_of

LONGEST_NAME = 8
"""Words of a name that is not in quotation marks."""

MOST_CHOICES = 8
"""So many meanings are told apart."""

ENDS = "?.!"
"""What may stand behind a sentence."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One meaning.

    Parameters
    ----------
    meaning
        What it is about.
    values
        What stands in its places.
    text
        How it is typed so that there is no doubt.
    """

    meaning: Meaning
    values: Mapping[str, Value]
    text: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Several meanings, all equally likely."""

    choices: tuple[Understood, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The beginning of something; ``expected`` is how it can go on."""

    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mistaken:
    """Nothing.

    Parameters
    ----------
    word
        The first that does not fit; "" where there is none.
    start, end
        Where it stands.
    expected
        What could stand there.
    """

    word: str
    start: int
    end: int
    expected: tuple[str, ...]


Answer = Understood | Unclear | Unfinished | Mistaken


def understand(text: str, grammar: Grammar, lexicon: Lexicon) -> Answer:
    """Return what a text means.

    Parameters
    ----------
    text
        Anything.
    grammar
        What can be said.
    lexicon
        Who is called how.
    """
    if len(text) > LONGEST:
        return Mistaken("", LONGEST, len(text), ())
    answer = _understood(text, grammar, lexicon)
    bare = text.rstrip().rstrip(ENDS)
    if isinstance(answer, Mistaken | Unfinished) and bare != text.rstrip() and bare.strip():
        other = _understood(bare, grammar, lexicon)
        if isinstance(other, Understood | Unclear):
            return other
    return answer


def _understood(text: str, grammar: Grammar, lexicon: Lexicon) -> Answer:
    answer: Answer | None = None
    for guess in (False, True):  # what is spelled right goes before what is not
        reader = Reader(tokens_of(text), grammar, lexicon, guess=guess)
        answer = reader.answer()
        if isinstance(answer, Understood | Unclear):
            break
    assert answer is not None
    return answer


def rendered(said: Said, values: Mapping[str, Value], grammar: Grammar, lexicon: Lexicon) -> str:
    """Return how something is typed so that there is no doubt: with names in quotation marks where it takes them."""
    text = _rendered(said, values, lexicon, marked=False)
    meant = Reader(tokens_of(text), grammar, lexicon, guess=False).meant()
    return text if meant == [(said, values)] else _rendered(said, values, lexicon, marked=True)


def _rendered(said: Said, values: Mapping[str, Value], lexicon: Lexicon, *, marked: bool) -> str:
    parts = (
        one.text if isinstance(one, Word) else lexicon.written(one.kind, values[one.name], marked=marked)
        for one in said.elements
    )
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Path:
    """How far something has been read.

    Parameters
    ----------
    at
        So many words.
    node
        What can follow.
    level
        How badly the names fit, summed up.
    matches
        What stands in the places so far.
    """

    at: int
    node: Node
    level: int = 0
    matches: Mapping[str, Match[Value]] = field(default_factory=dict)


class Reader:
    """Reads words in every way that the grammar has.

    Parameters
    ----------
    tokens
        The words.
    grammar
        What can be said.
    lexicon
        Who is called how.
    guess
        Whether what is nearly a name is taken for it.
    """

    def __init__(self, tokens: tuple[Token, ...], grammar: Grammar, lexicon: Lexicon, *, guess: bool) -> None:
        self._tokens, self._grammar, self._lexicon, self._guess = tokens, grammar, lexicon, guess
        self._known: dict[tuple[object, int, int], Match[Value] | None] = {}
        self.paths = list(self._walk(Path(0, grammar.root)))

    def answer(self) -> Answer:
        """Return what the words mean."""
        if meant := self.meant():
            choices = [
                Understood(said.meaning, values, rendered(said, values, self._grammar, self._lexicon))
                for said, values in meant[:MOST_CHOICES]
            ]
            return choices[0] if len(choices) == 1 else Unclear(tuple(choices))
        ends = [path for path in self.paths if path.at == len(self._tokens)]
        if ends:
            return Unfinished(_expected(ends))
        furthest = max(path.at for path in self.paths)
        token = self._tokens[furthest]
        stuck = [path for path in self.paths if path.at == furthest]
        return Mistaken(token.text, token.start, token.end, _expected(stuck))

    def meant(self) -> list[tuple[Said, dict[str, Value]]]:
        """Return what the words mean, each in the plainest way to say it; several where that is not clear."""
        whole = [path for path in self.paths if path.at == len(self._tokens) and path.node.end is not None]
        least = min((path.level for path in whole), default=0)
        found: list[tuple[Said, dict[str, Value]]] = []
        for path in whole:
            if path.level == least and path.node.end is not None:
                said = self._grammar.plainest[path.node.end.what]
                for values in islice(product(*(one.values for one in path.matches.values())), MOST_CHOICES + 1):
                    one = (said, dict(zip(path.matches, values, strict=True)))
                    if one not in found:
                        found.append(one)
        return found

    def _walk(self, path: Path) -> Iterator[Path]:
        yield path
        if path.at == len(self._tokens):
            return
        token = self._tokens[path.at]
        if not token.quoted and (found := path.node.words.get(key_of(token.text))) is not None:
            yield from self._walk(Path(path.at + 1, found[1], path.level, path.matches))
        for slot, node in path.node.slots.items():
            for end in self._ends(path.at):
                match = self._match(slot, path.at, end)
                if match is not None:
                    matches = {**path.matches, slot.name: match}
                    yield from self._walk(Path(end, node, path.level + match.level, matches))

    def _ends(self, at: int) -> Iterator[int]:
        """Yield where a name that begins at a word can end."""
        if self._tokens[at].quoted:
            yield at + 1
            return
        for end in range(at + 1, min(len(self._tokens), at + LONGEST_NAME) + 1):
            if self._tokens[end - 1].quoted:
                return
            yield end

    def _match(self, slot: Slot, at: int, end: int) -> Match[Value] | None:
        known = (slot.kind, at, end)
        if known not in self._known:
            self._known[known] = self._lexicon.match(slot.kind, self._tokens[at:end], guess=self._guess)
        return self._known[known]


def _expected(paths: list[Path]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for path in paths:
        found.update((word.text, None) for word, _ in path.node.words.values() if word.offered)
        found.update((EXPECTED[slot.kind], None) for slot in path.node.slots)
    return tuple(found)

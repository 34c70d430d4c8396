"""What can be typed, as a tree of words and of places where a name or an amount stands.

A language is a table of phrases: a meaning, and how it is said. ``{name:kind}`` is a place; what stands in brackets may
be left out; of what stands in parentheses with bars, one is said, and the first is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.model.phrases.text import key_of


class Kind(StrEnum):
    """What stands in a place of a phrase."""

    CUSTOMER = "customer"
    SERVED = "served"  # a customer; those in a route are offered
    UNSERVED = "unserved"  # a customer; those in no route are offered
    LOCKED = "locked"  # a customer; those with a lock are offered
    VEHICLE = "vehicle"  # one that drives
    USED = "used"  # the same; those with a route are offered
    TYPES = "types"  # one type of vehicles, or all types of a travel profile
    ZONE = "zone"
    TIME = "time"
    WINDOWS = "windows"
    SPAN = "span"


class Meaning(StrEnum):
    """What a phrase is about."""

    ASSIGN = "assign"
    UNASSIGN = "unassign"
    MOVE_AFTER = "move after"
    MOVE_BEFORE = "move before"
    SWAP = "swap"
    REVERSE = "reverse"
    LOCK_VEHICLE = "lock vehicle"
    LOCK_PLACE = "lock place"
    LOCK_DRIVEN = "lock driven"
    UNLOCK = "unlock"
    UNLOCK_ALL = "unlock all"
    CLOSE = "close"
    CLOSE_AFTER = "close after"
    CLOSE_BEFORE = "close before"
    OPEN = "open"
    SET_WINDOW = "set window"
    ANY_TIME = "any time"
    SET_SERVICE = "set service"
    WHY = "why"
    WHY_UNASSIGNED = "why unassigned"
    WHY_VEHICLE = "why vehicle"
    WHY_NOT_NEXT = "why not next"
    WHY_NOT_HERE = "why not here"
    WHY_LEG = "why leg"
    WHY_RETURN = "why return"
    WHY_ROUTE = "why route"
    COST_LOCK = "cost lock"
    COST_LOCKS = "cost locks"
    COST_WINDOWS = "cost windows"
    COST_ZONES = "cost zones"
    COST_PROFILES = "cost profiles"
    COST_CAPACITIES = "cost capacities"
    COST_SHIFTS = "cost shifts"
    COST_VEHICLES = "cost vehicles"
    COST_ALL = "cost all"
    CHANGED = "changed"


Phrase = tuple[Meaning, str]
"""A meaning, and how it is said."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands; ``offered`` unless it may be left out or another is said as well."""

    text: str
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a name or an amount."""

    name: str
    kind: Kind


Element = Word | Slot


@dataclass(frozen=True, slots=True)
class Said:
    """One way to say something."""

    meaning: Meaning
    elements: tuple[Element, ...]

    @property
    def what(self) -> tuple[Meaning, frozenset[str]]:
        """The meaning, and the names of its places."""
        return self.meaning, frozenset(one.name for one in self.elements if isinstance(one, Slot))


@dataclass(slots=True)
class Node:
    """What can follow on what has been said.

    Parameters
    ----------
    words
        By their keys, with how they are written and whether they are offered.
    slots
        Places.
    end
        What has been said, where nothing need follow.
    """

    words: dict[str, tuple[Word, Node]] = field(default_factory=dict)
    slots: dict[Slot, Node] = field(default_factory=dict)
    end: Said | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that can be said in a language.

    Parameters
    ----------
    root
        How everything begins.
    keywords
        All words of it, as keys: a name that has one of them stands in quotation marks.
    plainest
        By meaning and names of places, how it is said at its best.
    """

    root: Node
    keywords: frozenset[str]
    plainest: Mapping[tuple[Meaning, frozenset[str]], Said]

    @classmethod
    def of(cls, *tables: Sequence[Phrase]) -> Grammar:
        """Make one of tables of phrases; those of the first are offered, the others only understood."""
        root, keywords = Node(), set[str]()
        plainest: dict[tuple[Meaning, frozenset[str]], Said] = {}
        for place, table in enumerate(tables):
            for meaning, template in table:
                for elements in _expanded(template):
                    said = Said(meaning, elements)
                    _add(root, said, offered=place == 0)
                    plainest.setdefault(said.what, said)
                    keywords.update(key_of(one.text) for one in elements if isinstance(one, Word))
        return cls(root, frozenset(keywords), plainest)


def _add(node: Node, said: Said, *, offered: bool) -> None:
    for element in said.elements:
        if isinstance(element, Slot):
            node = node.slots.setdefault(element, Node())
            continue
        key, wanted = key_of(element.text), element.offered and offered
        word, following = node.words.get(key, (Word(element.text, wanted), Node()))
        node.words[key] = (Word(word.text, word.offered or wanted), following)
        node = following
    node.end = node.end or said


_PART = re.compile(r"\{(?P<name>\w+):(?P<kind>\w+)\}|(?P<mark>[\[\]()|])|(?P<word>[^\s\[\](){}|]+)")


def _expanded(template: str) -> Iterator[tuple[Element, ...]]:
    parts = list(_PART.finditer(template))
    made, end = _sequence(parts, 0)
    if end != len(parts):
        raise ValueError(f"{template!r} closes what it has not opened")
    yield from made


Ways = list[tuple[Element, ...]]


def _sequence(parts: Sequence[re.Match[str]], at: int) -> tuple[Ways, int]:
    """Return all ways to say what begins at a part, the one to be offered first, and where it ends."""
    ways: Ways = [()]
    while at < len(parts):
        part: Mapping[str, str | None] = parts[at].groupdict()
        mark, more = part["mark"], Ways()
        if mark in ("]", ")", "|"):
            break
        at += 1
        if mark is not None:
            more, at = _choice(parts, at)
            # What may be left out is said more rarely than not.
            more = [(), *map(_aside, more)] if mark == "[" else [more[0], *map(_aside, more[1:])]
        elif part["word"] is not None:
            more = [(Word(part["word"]),)]
        else:
            more = [(Slot(part["name"] or "", Kind(part["kind"] or "")),)]
        ways = [before + after for before in ways for after in more]
    return ways, at


def _choice(parts: Sequence[re.Match[str]], at: int) -> tuple[Ways, int]:
    ways, at = _sequence(parts, at)
    while parts[at]["mark"] == "|":
        more, at = _sequence(parts, at + 1)
        ways = ways + more
    return ways, at + 1


def _aside(way: tuple[Element, ...]) -> tuple[Element, ...]:
    return tuple(Word(one.text, offered=False) if isinstance(one, Word) else one for one in way)

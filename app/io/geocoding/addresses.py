"""Addresses as people write them, taken apart, and made alike however they are written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ABBREVIATIONS = {
    "str": "strasse",
    "st": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "blvd": "boulevard",
    "bd": "boulevard",
    "ln": "lane",
    "dr": "drive",
    "sq": "square",
    "hwy": "highway",
    "pkwy": "parkway",
    "pl": "platz",
    "avda": "avenida",
    "c": "calle",
    "r": "rue",
}
"""Words that stand for a kind of street; what is abbreviated alike in the map and by people needs no guess."""

_ENDINGS = (("str", "strasse"), ("nk", "nkatu"), ("nt", "ntie"), ("pl", "platz"), ("v", "vagen"), ("g", "gatan"))
"""Ends of words before a point, such as Hauptstr. and Fredrikink.; of those without one, the first only."""

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "œ": "oe", "ı": "i"})
_NO_WORD = re.compile(r"[^\w./-]+")
_NUMBER = re.compile(r"(\d{1,5})\s?([a-z]?)(?![a-z0-9])(?:\s?[-/–]\s?(\d{1,5}))?", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(
    r"(?P<street>.*?[^\W\d].*?)[\s,]+(?P<number>\d{1,5}\s?[a-zA-Z]?(?![^\W\d_])(?!\.)(?:\s?[-/–]\s?\d{1,5})?)(?P<rest>\b.*)"
)
_NUMBER_BEFORE = re.compile(r"(?P<number>\d{1,5}[a-zA-Z]?(?:\s?[-/–]\s?\d{1,5})?)[\s,]+(?P<street>[^\W\d].*)")
_POSTCODE = re.compile(r"(?:\b[A-Z]{1,2}-?)?\b(\d{3}\s\d{2}|\d{4,6})\b\s*(?P<city>.*)")


@dataclass(frozen=True, slots=True)
class Address:
    """An address, as far as it is known.

    Parameters
    ----------
    street
        Its name, without the number.
    number
        Of the house, such as ``12`` or ``12 A``.
    postcode, city
        As they are written.
    """

    street: str = ""
    number: str = ""
    postcode: str = ""
    city: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return not (self.street or self.postcode or self.city)

    def __str__(self) -> str:
        first, second = f"{self.street} {self.number}".strip(), f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (first, second) if part)


def parsed(text: str) -> Address:
    """Return an address that was written in one line, such as ``Mannerheimintie 12 A, 00100 Helsinki``."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    if not parts:
        return Address()
    if len(parts) > 1 and re.fullmatch(r"\d{1,5}\s?[a-zA-Z]?", parts[1]):  # Main Street, 12, Springfield
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    first, others = parts[0], parts[1:]
    postcode, city = _area(others)
    whole = None if others else _POSTCODE.fullmatch(first)
    if whole is not None and not re.search(r"\d", whole["city"]):
        return Address(postcode=whole[1], city=whole["city"].strip())
    street, number, rest = _street(first)
    if rest and not postcode:
        further, town = _area([rest])
        postcode, city = further, city or town
    return Address(street, number, postcode, city)


def number_of(text: str) -> tuple[int, str, int] | None:
    """Return a house number in parts: number, letter in lower case, and last number of a range (or the number again).

    Parameters
    ----------
    text
        Such as ``12``, ``12 A`` or ``12-16``; what follows, such as a flat, is passed over.

    Returns
    -------
    tuple or None
        None where it begins with no number.
    """
    found = _NUMBER.match(text.strip())
    if found is None:
        return None
    first = int(found[1])
    last = int(found[3]) if found[3] else first
    return first, found[2].lower(), last if first <= last <= first + 100 else first


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """Return a name as it is compared: without case, accents and points, and with abbreviations written out."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_written_out(word) for word in _NO_WORD.sub(" ", bare.replace(".", ". ")).split())


def _written_out(word: str) -> str:
    core = word.rstrip("./")
    if core in _ABBREVIATIONS:
        return _ABBREVIATIONS[core]
    endings = _ENDINGS if word.endswith(".") else _ENDINGS[:1]
    for ending, whole in endings:
        if len(core) > len(ending) + 2 and core.endswith(ending):
            return core[: -len(ending)] + whole
    return core


def _street(text: str) -> tuple[str, str, str]:
    """Return street, house number, and what stands behind the number."""
    if (found := _NUMBER_BEFORE.fullmatch(text)) is not None:
        inner = _POSTCODE.search(found["street"])
        if inner is not None:
            return found["street"][: inner.start()].strip(), found["number"], found["street"][inner.start() :]
        return found["street"].strip(), found["number"], ""
    if (found := _NUMBER_BEHIND.fullmatch(text)) is not None:
        return found["street"].strip(" ,"), found["number"].strip(), found["rest"].strip()
    return text, "", ""


def _area(parts: list[str]) -> tuple[str, str]:
    """Return postcode and city of what stands behind the street."""
    postcode, city = "", ""
    for part in parts:
        found = _POSTCODE.search(part)
        if found is not None and not postcode:
            postcode = found[1]
            city = found["city"].strip() or part[: found.start()].strip() or city
        elif not city and not re.search(r"\d", part):
            city = part
    return postcode, city

"""Nominatim, and servers that speak as it does: places of addresses, one after the other, as its rules want it."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.io.geocoding.addresses import Address, folded, number_of
from app.io.geocoding.candidates import Candidate, Quality, without_doubles
from app.io.servers.answer_cache import AnswerCache
from app.io.servers.exchange import Answer, Fault, Request, fault_of, read_json, server_of
from app.io.servers.fetch import Ask, Pause, patiently
from app.io.servers.tables import AnswerError

EVERY = 1.0
"""Seconds from one request to the next: what the public server of Nominatim asks of everybody."""

MOST = 5
"""Candidates that are asked for."""

LONGEST_LABEL = 300

_HOUSE_RANK, _STREET_RANK = 30, 26
"""Of what Nominatim calls the rank of a place: from here on it is a house, or a street."""

_WORTH = {Quality.HOUSE: 0.95, Quality.BETWEEN: 0.9, Quality.STREET: 0.7, Quality.AREA: 0.4}
_OTHER = 0.8  # it does not say the street or the number that was asked for


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one address.

    Parameters
    ----------
    key
        As it was asked.
    candidates
        The best first.
    """

    key: int
    candidates: tuple[Candidate, ...]


def search_request(address: str, asked: Address) -> Request:
    """Return what asks a server, by its address, where something is."""
    if asked.street and (asked.number or asked.city or asked.postcode):
        said = {
            "street": f"{asked.number} {asked.street}".strip(),
            "city": asked.city,
            "postalcode": asked.postcode,
        }
    else:
        said = {"q": str(asked)}
    values = {name: value for name, value in said.items() if value}
    return Request(f"{address.rstrip('/')}/search?{urlencode({**values, 'format': 'jsonv2', 'limit': MOST})}")


def read_search(answer: Answer, asked: Address, server: str) -> list[Candidate]:
    """Return the candidates of an answer, the best first.

    Raises
    ------
    AnswerError
        If it is none.
    """
    fault = fault_of(answer)
    if fault is not None:
        raise AnswerError(fault)
    read = read_json(answer)
    if not isinstance(read, list) or not all(isinstance(one, dict) for one in read):
        raise AnswerError(Fault.GARBAGE)
    found = [_candidate(one, asked, server) for one in read[: 4 * MOST]]
    found.sort(key=lambda one: -one.score)
    return without_doubles(found, MOST)


def search_course(
    address: str, wanted: Iterable[tuple[int, Address]], cache: AnswerCache, clock: Callable[[], float]
) -> Generator[Ask | Pause | Found, Answer | None, Fault | None]:
    """Ask for one address after the other; what was asked before is taken from the disk.

    Parameters
    ----------
    address
        Of the server.
    wanted
        Addresses, each with a key by which its answer is known.
    cache
        Keeps answers.
    clock
        Seconds since the epoch.

    Yields
    ------
    Ask, Pause or Found
        See `app.io.servers.fetch`.

    Returns
    -------
    Fault or None
        Why it gave up.
    """
    server, may_ask = server_of(address), 0.0
    for key, asked in wanted:
        request = search_request(address, asked)
        kept = cache.get(request.url)
        if kept is None:
            if (wait := may_ask - clock()) > 0:
                yield Pause(min(wait, EVERY))
            answer = yield from patiently(request, clock)
            may_ask = clock() + EVERY
        else:
            answer = Answer(200, kept)
        try:
            candidates = read_search(answer, asked, server)
        except AnswerError as error:
            return error.fault
        if kept is None:
            cache.put(request.url, answer.body)
        yield Found(key, tuple(candidates))
    return None


def _candidate(said: dict[str, Any], asked: Address, server: str) -> Candidate:
    try:
        lat, lon = float(said["lat"]), float(said["lon"])
    except (KeyError, TypeError, ValueError):
        raise AnswerError(Fault.GARBAGE) from None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise AnswerError(Fault.GARBAGE)
    label, rank, licence = said.get("display_name"), said.get("place_rank"), said.get("licence")
    if not isinstance(label, str) or not isinstance(rank, int):
        raise AnswerError(Fault.GARBAGE)
    quality = Quality.HOUSE if rank >= _HOUSE_RANK else Quality.STREET if rank >= _STREET_RANK else Quality.AREA
    score = _WORTH[quality] * (1.0 if _is_meant(label, asked) else _OTHER)
    source = " · ".join(part for part in (server, licence if isinstance(licence, str) else "") if part)
    return Candidate((lat, lon), label[:LONGEST_LABEL], quality, score, source[:LONGEST_LABEL])


def _is_meant(label: str, asked: Address) -> bool:
    """Whether a label says the street and the number that were asked for."""
    words, number = folded(label.replace(",", " ")), number_of(asked.number)
    numbered = number is None or any(
        (said := number_of(word)) is not None and said[0] <= number[0] <= said[2] for word in words.split()
    )
    return numbered and folded(asked.street) in words

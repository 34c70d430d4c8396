"""Places of addresses from a server that speaks as Nominatim does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.geocoding.addresses import Address
from app.io.geocoding.candidates import Quality, sure
from app.io.servers.answer_cache import LIVES, AnswerCache
from app.io.servers.exchange import Answer, Fault, Request
from app.io.servers.fetch import Ask, Pause
from app.io.servers.nominatim import EVERY, Found, read_search, search_course, search_request
from app.io.servers.tables import AnswerError
from tests.app.io.servers.stub_nominatim import place, places

ADDRESS = "https://example.org/nominatim/"
KIRKKOTIE = Address("Kirkkotie", "3", "04300", "Tuusula")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[AnswerCache]:
    with closing(AnswerCache(tmp_path / "cache" / "answers.sqlite")) as made:
        yield made


class Run:
    """A whole course.

    Parameters
    ----------
    answer
        Answers requests.
    """

    def __init__(self, cache: AnswerCache, wanted: list[Address], answer: Callable[[Request], Answer]) -> None:
        self.found: dict[int, Found] = {}
        self.asked: list[Request] = []
        self.now = 1e9
        self.times: list[float] = []
        course = search_course(ADDRESS, enumerate(wanted), cache, lambda: self.now)
        reply: Answer | None = None
        try:
            while True:
                step = course.send(reply)
                reply = None
                match step:
                    case Ask():
                        self.times.append(self.now)
                        self.now += 0.1
                        self.asked.append(step.request)
                        reply = answer(step.request)
                    case Pause():
                        self.now += step.seconds
                    case Found():
                        self.found[step.key] = step
        except StopIteration as end:
            self.fault: Fault | None = end.value


def test_what_is_asked_reads_as_documented() -> None:
    url = urlsplit(search_request(ADDRESS, KIRKKOTIE).url)
    assert url.path == "/nominatim/search"
    assert parse_qs(url.query) == {
        "street": ["3 Kirkkotie"],
        "city": ["Tuusula"],
        "postalcode": ["04300"],
        "format": ["jsonv2"],
        "limit": ["5"],
    }
    assert parse_qs(urlsplit(search_request(ADDRESS, Address(city="Tuusula")).url).query)["q"] == ["Tuusula"]
    assert "Kirkkotie" not in repr(search_request(ADDRESS, KIRKKOTIE))


def test_a_house_is_sure_and_says_whose_it_is() -> None:
    answer = places(place(60.4, 25.1, "3, Kirkkotie, Tuusula, 04300, Suomi", 30))
    found = read_search(answer, KIRKKOTIE, "example.org")
    one = sure(found)
    assert one is not None
    assert (one.point, one.quality) == ((60.4, 25.1), Quality.HOUSE)
    assert "example.org" in one.source
    assert "OpenStreetMap" in one.source


@pytest.mark.parametrize(
    ("label", "rank"),
    [("5, Kirkkotie, Tuusula", 30), ("3, Kirkkokatu, Tuusula", 30), ("Kirkkotie, Tuusula", 26), ("Tuusula", 16)],
)
def test_what_is_not_the_house_that_was_asked_for_is_left_to_a_person(label: str, rank: int) -> None:
    assert sure(read_search(places(place(60.4, 25.1, label, rank)), KIRKKOTIE, "example.org")) is None


def test_two_houses_are_a_choice_and_doubles_are_one() -> None:
    label = "3, Kirkkotie, Tuusula"
    two = places(place(60.4, 25.1, label, 30), place(60.2, 24.9, label, 30), place(60.4001, 25.1, label, 30))
    found = read_search(two, KIRKKOTIE, "example.org")
    assert len(found) == 2
    assert sure(found) is None


def test_nothing_is_an_answer() -> None:
    assert read_search(places(), KIRKKOTIE, "example.org") == []


BAD = {
    "garbage": b"<html>",
    "no list": b"{}",
    "no place": b'[{"display_name": "x", "place_rank": 30}]',
    "text": b"[7]",
    "far away": json.dumps([place(91, 0, "x", 30)]).encode(),
    "infinite": json.dumps([place(float("inf"), 0, "x", 30)]).encode(),
    "no label": b'[{"lat": "1", "lon": "2", "place_rank": 30}]',
    "no rank": b'[{"lat": "1", "lon": "2", "display_name": "x"}]',
}


@pytest.mark.parametrize("how", BAD)
def test_what_is_no_answer_is_not_taken(how: str) -> None:
    with pytest.raises(AnswerError):
        read_search(Answer(200, BAD[how]), KIRKKOTIE, "example.org")


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda x: (
            st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(["lat", "lon", "display_name", "place_rank"]), x)
        ),
        max_leaves=8,
    )
)
def test_any_json_is_an_answer_or_is_refused(said: object) -> None:
    try:
        read_search(Answer(200, json.dumps(said).encode()), KIRKKOTIE, "example.org")
    except AnswerError:
        return


def test_a_server_is_asked_once_a_second_at_most_and_once_for_each_address(cache: AnswerCache) -> None:
    def answer(_: Request) -> Answer:
        return places(place(60.4, 25.1, "3, Kirkkotie, Tuusula", 30))

    wanted = [KIRKKOTIE, Address("Kirkkotie", "5", "", "Tuusula"), Address("Kirkkotie", "7", "", "Tuusula"), KIRKKOTIE]
    run = Run(cache, wanted, answer)
    assert run.fault is None
    assert sorted(run.found) == [0, 1, 2, 3]
    assert len(run.asked) == 3
    assert all(after - before >= EVERY for before, after in zip(run.times, run.times[1:], strict=False))
    again = Run(cache, wanted, answer)
    assert not again.asked
    assert {key: one.candidates for key, one in again.found.items()} == {
        key: one.candidates for key, one in run.found.items()
    }


def test_what_was_found_before_a_fault_stays_and_a_fault_is_not_kept(cache: AnswerCache) -> None:
    wanted = [KIRKKOTIE, Address("Kirkkotie", "5", "", "Tuusula")]

    def answer(request: Request) -> Answer:
        return places() if "street=3" in request.url else Answer(403)

    run = Run(cache, wanted, answer)
    assert run.fault is Fault.REFUSED
    assert sorted(run.found) == [0]
    assert [one.url for one in Run(cache, wanted, answer).asked] == [run.asked[1].url]


def test_addresses_are_not_on_disk(cache: AnswerCache, tmp_path: Path) -> None:
    request = search_request(ADDRESS, KIRKKOTIE)
    cache.put(request.url, b"[]")
    cache.close()
    for file in (tmp_path / "cache").iterdir():
        assert b"Kirkkotie" not in file.read_bytes()


def test_answers_are_forgotten_when_they_are_old(tmp_path: Path) -> None:
    now = 1e9
    with closing(AnswerCache(tmp_path / "answers.sqlite", lambda: now)) as cache:
        cache.put("a", b"[]")
        assert cache.get("a") == b"[]"
        assert cache.get("b") is None
        now += LIVES + 1
        assert cache.get("a") is None


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"no database" * 100), lambda path: path.mkdir()])
def test_a_damaged_file_is_no_harm(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    path = tmp_path / "answers.sqlite"
    damage(path)
    with closing(AnswerCache(path)) as cache:
        cache.put("a", b"[]")
        assert cache.get("a") == (b"[]" if path.is_file() else None)

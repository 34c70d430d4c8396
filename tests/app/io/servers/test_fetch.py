"""Getting what is missing from servers that answer well, wrongly, too little, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.servers.exchange import Answer, Fault, Request, fault_of, retry_after, said, server_of
from app.io.servers.fetch import PAUSES, Ask, Journey, Part, Pause
from app.io.servers.osrm import Osrm
from app.io.servers.plan import blocks
from app.io.servers.tables import AnswerError, NoRoadError, TravelApi
from app.io.servers.valhalla import Valhalla
from solver.problem import UNREACHABLE
from tests.app.io.servers.stub_router import StubRouter, metres, seconds

ADDRESS = "http://localhost:5000"
APIS: dict[str, tuple[TravelApi, str]] = {"osrm": (Osrm(), "driving"), "valhalla": (Valhalla(), "auto")}


def places(count: int) -> np.ndarray:
    rng = np.random.default_rng(count)
    return np.round(np.column_stack([rng.uniform(60.1, 60.3, count), rng.uniform(24.8, 25.2, count)]), 6)


class Fetched:
    """What came of a course.

    Attributes
    ----------
    distance, duration
        -1 where nothing came.
    """

    def __init__(
        self,
        api: TravelApi,
        profile: str,
        where: np.ndarray,
        answer: Callable[[Request], Answer],
        missing: np.ndarray | None = None,
    ) -> None:
        size = len(where)
        self.distance, self.duration = np.full((size, size), -1), np.full((size, size), -1)
        self.pauses: list[float] = []
        self.asked = 0
        self.journey = Journey(api, ADDRESS, profile, where, lambda: 1e9)
        course = self.journey.course(blocks(np.ones((size, size), dtype=np.bool_) if missing is None else missing))
        reply: Answer | None = None
        while True:
            try:
                step = course.send(reply)
            except StopIteration as end:
                self.fault: Fault | None = end.value
                return
            reply = None
            if isinstance(step, Ask):
                self.asked += 1
                assert self.asked < 5000
                reply = answer(step.request)
            elif isinstance(step, Pause):
                self.pauses.append(step.seconds)
            elif isinstance(step, Part):
                where_to = np.ix_(step.starts, step.ends)
                self.distance[where_to], self.duration[where_to] = step.table.distance, step.table.duration


def expected(where: np.ndarray, of: Callable[[tuple[float, float], tuple[float, float]], float]) -> np.ndarray:
    all_places = [(lat, lon) for lat, lon in where.tolist()]
    return np.rint([[of(start, end) for end in all_places] for start in all_places]).astype(np.int64)


@pytest.fixture(params=APIS)
def kind(request: pytest.FixtureRequest) -> tuple[TravelApi, str]:
    return APIS[request.param]


def test_all_pairs_come_as_the_server_has_them(kind: tuple[TravelApi, str]) -> None:
    where = places(120)
    fetched = Fetched(*kind, where, StubRouter().answer)
    assert fetched.fault is None
    away = ~np.eye(120, dtype=np.bool_)
    assert np.array_equal(fetched.duration[away], expected(where, seconds)[away])
    assert np.array_equal(fetched.distance[away], expected(where, metres)[away])
    assert fetched.asked <= 9
    assert not fetched.pauses


def test_older_servers_of_valhalla_answer_pair_by_pair() -> None:
    where = places(5)
    fetched = Fetched(Valhalla(), "auto", where, StubRouter(short=False).answer)
    away = ~np.eye(5, dtype=np.bool_)
    assert np.array_equal(fetched.duration[away], expected(where, seconds)[away])
    assert np.array_equal(fetched.distance[away], expected(where, metres)[away])


def test_only_what_is_missing_is_asked_for(kind: tuple[TravelApi, str]) -> None:
    missing = np.zeros((40, 40), dtype=np.bool_)
    missing[5] = missing[:, 5] = True
    fetched = Fetched(*kind, places(40), StubRouter().answer, missing)
    assert fetched.asked == 2
    assert (fetched.duration >= 0).sum() == 2 * 39


@pytest.mark.parametrize("limit", [2, 3, 7, 40])
def test_a_smaller_limit_of_the_server_is_found_and_kept_to(kind: tuple[TravelApi, str], limit: int) -> None:
    where = places(9)
    router = StubRouter(limit=limit)
    fetched = Fetched(*kind, where, router.answer)
    assert fetched.fault is None
    assert (fetched.duration[~np.eye(9, dtype=np.bool_)] >= 0).all()
    assert 2 <= fetched.journey.most <= 100


def test_a_server_that_always_has_too_much_is_given_up(kind: tuple[TravelApi, str]) -> None:
    fetched = Fetched(*kind, places(9), lambda _: Answer(413))
    assert fetched.fault is Fault.REFUSED
    assert fetched.asked < 10


def test_no_way_is_an_answer(kind: tuple[TravelApi, str]) -> None:
    where = places(6)
    island = tuple(where[2])
    router = StubRouter(cut=lambda start, end: end == island != start)
    fetched = Fetched(*kind, where, router.answer)
    assert (np.delete(fetched.duration[:, 2], 2) == UNREACHABLE).all()
    assert (np.delete(fetched.distance[:, 2], 2) == UNREACHABLE).all()
    assert (fetched.duration[2] < UNREACHABLE).all()


@pytest.mark.parametrize("lost", [{0}, {3, 4}, {0, 29}, set(range(30))])
def test_places_near_no_road_are_found_and_the_others_still_get_theirs(
    kind: tuple[TravelApi, str], lost: set[int]
) -> None:
    where = places(30)
    router = StubRouter(roadless={(where[one, 0], where[one, 1]) for one in lost})
    fetched = Fetched(*kind, where, router.answer)
    assert fetched.fault is None
    away = ~np.eye(30, dtype=np.bool_)
    near = np.array([one not in lost for one in range(30)])
    both = near[:, None] & near[None, :] & away
    assert np.array_equal(fetched.duration[both], expected(where, seconds)[both])
    assert (fetched.duration[~(near[:, None] & near[None, :])] == UNREACHABLE).all()
    assert fetched.asked <= 5 + 12 * len(lost)


def test_a_server_that_complains_of_every_table_and_no_place_is_given_up() -> None:
    def answer(request: Request) -> Answer:
        if request.url.count(",") > 10:
            return Answer(400, b'{"code": "NoSegment"}')
        return StubRouter().answer(request)

    assert Fetched(Osrm(), "driving", places(9), answer).fault is Fault.GARBAGE


def once(fault: Answer) -> Callable[[Request], Answer]:
    """Answer with a fault every other time."""
    router, count = StubRouter(), iter(range(10_000))
    return lambda request: fault if next(count) % 2 == 0 else router.answer(request)


PASSING = {
    "busy": Answer(429, b"Too Many Requests"),
    "away for a moment": Answer(503),
    "gateway": Answer(502, b"<html>"),
    "slow": Answer(fault=Fault.SLOW),
    "hung up": Answer(fault=Fault.UNREACHABLE),
}


@pytest.mark.parametrize("how", PASSING)
def test_what_may_be_over_is_asked_again_after_a_pause(kind: tuple[TravelApi, str], how: str) -> None:
    fetched = Fetched(*kind, places(4), once(PASSING[how]))
    assert fetched.fault is None
    assert fetched.pauses == [PAUSES[0]]


@pytest.mark.parametrize("how", PASSING)
def test_what_is_never_over_is_given_up_after_longer_and_longer_pauses(kind: tuple[TravelApi, str], how: str) -> None:
    fetched = Fetched(*kind, places(4), lambda _: PASSING[how])
    assert fetched.fault is fault_of(PASSING[how])
    assert fetched.pauses == list(PAUSES)
    assert (fetched.duration == -1).all()


def test_a_server_says_itself_how_long_to_leave_it_alone() -> None:
    answer = Answer(429, headers={"retry-after": "17"})
    assert Fetched(Osrm(), "driving", places(4), once(answer)).pauses == [17.0]
    too_long = Fetched(Osrm(), "driving", places(4), lambda _: Answer(429, headers={"retry-after": "7200"}))
    assert too_long.fault is Fault.BUSY
    assert too_long.asked == 1
    assert retry_after(Answer(headers={"retry-after": "Sun, 09 Sep 2001 01:47:00 GMT"}), 1e9) == 20.0
    assert retry_after(Answer(headers={"retry-after": "soon"}), 1e9) == 0.0


def osrm(durations: object, distances: object) -> Answer:
    return Answer(200, json.dumps({"code": "Ok", "durations": durations, "distances": distances}).encode())


WHOLE = [[1.0, 2.0], [3.0, 4.0]]
BAD = {
    "nothing": Answer(200, b""),
    "garbage": Answer(200, b"\xff\x00{]"),
    "half": Answer(200, b'{"code": "Ok", "durations": [[0,'),
    "deep": Answer(200, b"[" * 100_000),
    "another JSON": Answer(200, b'["Ok"]'),
    "a number": Answer(200, b"7"),
    "no distances": osrm(WHOLE, None),
    "a row too few": osrm(WHOLE[:1], WHOLE),
    "a row too short": osrm([[1.0, 2.0], [3.0]], WHOLE),
    "text": osrm([[1.0, "2"], [3.0, 4.0]], WHOLE),
    "true": osrm([[1.0, True], [3.0, 4.0]], WHOLE),
    "below zero": osrm([[1.0, -2.0], [3.0, 4.0]], WHOLE),
    "infinite": osrm([[1.0, float("inf")], [3.0, 4.0]], WHOLE),
    "no number": osrm([[1.0, float("nan")], [3.0, 4.0]], WHOLE),
    "for ever": osrm([[1.0, 2.0], [3.0, 1e12]], WHOLE),
    "huge": osrm([[1.0, 2.0], [3.0, 10**400]], WHOLE),
    "another code": Answer(200, b'{"code": "Fine"}'),
    "an option": Answer(400, b'{"code": "InvalidOptions"}'),
}


@pytest.mark.parametrize("how", BAD)
def test_what_is_no_table_is_not_taken(how: str) -> None:
    with pytest.raises(AnswerError) as caught:
        Osrm().read_table(BAD[how], 2, 2)
    assert caught.value.fault is Fault.GARBAGE


@pytest.mark.parametrize("how", BAD)
def test_nor_by_the_reader_of_the_other_server(how: str) -> None:
    with pytest.raises(AnswerError):
        Valhalla().read_table(BAD[how], 2, 2)


@pytest.mark.parametrize(
    "body",
    [
        {"sources_to_targets": [[{"time": 1, "distance": 2}, 3]]},
        {"sources_to_targets": [{"time": 1}]},
        {"sources_to_targets": {"durations": [[1, 2]]}},
        {"sources_to_targets": {"durations": [[1, 2]], "distances": [[1, [2]]]}},
        {"sources_to_targets": None},
        {},
    ],
)
def test_tables_of_valhalla_that_are_none_are_not_taken(body: object) -> None:
    with pytest.raises(AnswerError):
        Valhalla().read_table(Answer(200, json.dumps(body).encode()), 1, 2)


@pytest.mark.parametrize(
    ("status", "fault"),
    [(401, Fault.REFUSED), (404, Fault.ABSENT), (302, Fault.ELSEWHERE), (500, Fault.BROKEN), (400, Fault.GARBAGE)],
)
def test_a_status_is_a_fault_and_a_sentence(kind: tuple[TravelApi, str], status: int, fault: Fault) -> None:
    assert Fetched(*kind, places(4), lambda _: Answer(status)).fault is fault
    assert said(fault, ADDRESS + "/secret").endswith(".")
    assert "secret" not in said(fault, ADDRESS + "/secret")


def test_what_came_before_a_fault_stays_and_the_rest_is_asked_for_next_time(kind: tuple[TravelApi, str]) -> None:
    where, router, count = places(90), StubRouter(), iter(range(100))
    first = Fetched(*kind, where, lambda request: router.answer(request) if next(count) < 3 else Answer(401))
    assert first.fault is Fault.REFUSED
    got = first.duration >= 0
    assert 0.5 < got.mean() < 0.9
    second = Fetched(*kind, where, router.answer, ~got)
    assert second.fault is None
    assert (got | (second.duration >= 0) | np.eye(90, dtype=np.bool_)).all()
    assert second.asked <= 2


@given(st.binary(max_size=300), st.sampled_from([0, 200, 400]), st.sampled_from(list(APIS)))
def test_any_answer_is_a_table_or_a_fault(body: bytes, status: int, kind: str) -> None:
    api = APIS[kind][0]
    try:
        table = api.read_table(Answer(status, body), 1, 1)
    except (AnswerError, NoRoadError):
        return
    assert table.distance.shape == (1, 1)


def test_the_shape_of_a_way_comes_back(kind: tuple[TravelApi, str]) -> None:
    api, profile = kind
    start, end = (60.1, 24.9), (60.2, 25.0)
    router = StubRouter(cut=lambda start, end: start == end)
    read = api.read_route(router.answer(api.route_request(ADDRESS, profile, start, end)))
    assert np.allclose(read, [start, end], atol=1e-6)
    assert api.read_route(router.answer(api.route_request(ADDRESS, profile, start, start))).shape == (0, 2)
    for body in (b'{"code": "Ok", "routes": []}', b'{"trip": {"legs": [{"shape": "~"}]}}', b'{"code":"Ok","trip":7}'):
        with pytest.raises(AnswerError):
            api.read_route(Answer(200, body))


def test_what_is_asked_reads_as_documented() -> None:
    where = np.array([(60.1, 24.9), (60.2, 25.0), (-0.5, 179.1234567)])
    request = Osrm().table_request("http://localhost:5000/", "my car", where[:1], where[1:])
    assert request.url == (
        "http://localhost:5000/table/v1/my%20car/24.900000,60.100000;25.000000,60.200000;179.123457,-0.500000"
        "?annotations=duration,distance&sources=0&destinations=1;2"
    )
    assert "60.1" not in repr(request)
    request = Valhalla().table_request("http://localhost:8002", "truck height=3.8 hazmat=true", where[:1], where[1:])
    assert request.url == "http://localhost:8002/sources_to_targets"
    assert json.loads(request.body or b"") == {
        "sources": [{"lat": 60.1, "lon": 24.9}],
        "targets": [{"lat": 60.2, "lon": 25.0}, {"lat": -0.5, "lon": 179.123457}],
        "verbose": False,
        "units": "kilometers",
        "costing": "truck",
        "costing_options": {"truck": {"height": 3.8, "hazmat": True}},
    }


def test_a_server_is_called_by_its_name_and_port() -> None:
    assert server_of("https://key@example.org:8080/secret?key=7") == "example.org:8080"
    assert server_of("https://example.org/secret") == "example.org"
    assert server_of("http://[") == ""

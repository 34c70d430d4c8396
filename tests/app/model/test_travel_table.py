"""What servers have said of pairs of places, kept in memory."""

from __future__ import annotations

from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.travel_table import MOST_TABLES, UNKNOWN, Asked, TravelTable, travel_table, use_table
from solver.problem import UNREACHABLE

CAR = Asked("http://localhost:5000", "driving")
PLACES = np.array([(60.1, 24.9), (60.2, 25.0), (60.3, 25.1)])


def square(first: int, size: int = 3) -> np.ndarray:
    return np.arange(first, first + size * size, dtype=np.int64).reshape(size, size)


def test_nothing_is_known_at_first_but_the_way_from_a_place_to_itself() -> None:
    pairs = TravelTable().pairs(CAR, np.array([*PLACES, PLACES[0]]))
    assert pairs.known.sum() == 4 + 2
    assert pairs.distance[0, 3] == pairs.duration[3, 0] == 0
    assert pairs.distance[0, 1] == UNKNOWN


def test_what_was_put_comes_back_for_the_places_in_any_order() -> None:
    table = TravelTable()
    table.put(CAR, PLACES, PLACES, square(100), square(200))
    pairs = table.pairs(CAR, PLACES[[2, 0]])
    assert pairs.known.all()
    assert pairs.distance.tolist() == [[0, 106], [102, 0]]
    assert pairs.duration.tolist() == [[0, 206], [202, 0]]


def test_a_place_is_itself_within_a_millionth_of_a_degree_and_no_further() -> None:
    table = TravelTable()
    table.put(CAR, PLACES, PLACES, square(100), square(200))
    assert table.pairs(CAR, PLACES + 4e-7).known.all()
    assert table.pairs(CAR, np.concatenate([PLACES, PLACES + 6e-7])).known.sum() == 9 + 3


def test_other_servers_and_profiles_have_pairs_of_their_own() -> None:
    table = TravelTable()
    table.put(CAR, PLACES, PLACES, square(100), square(200))
    for other in (Asked(CAR.address, "walking"), Asked("http://localhost:5001", CAR.profile)):
        assert table.pairs(other, PLACES).known.sum() == 3


def test_what_is_not_said_leaves_what_is_known() -> None:
    table = TravelTable()
    table.put(CAR, PLACES, PLACES, square(100), square(200))
    half = np.full((1, 3), UNKNOWN)
    half[0, 2] = UNREACHABLE
    table.put(CAR, PLACES[:1], PLACES, half, half)
    pairs = table.pairs(CAR, PLACES)
    assert pairs.distance[0].tolist() == [0, 101, UNREACHABLE]
    assert pairs.known.all()


def test_the_places_not_looked_at_for_longest_go_when_there_are_too_many() -> None:
    table = TravelTable(most_places=3)
    table.put(CAR, PLACES, PLACES, square(100), square(200))
    table.pairs(CAR, PLACES[:1])  # so the second one goes
    new = np.array([(61.0, 26.0)])
    table.put(CAR, new, PLACES[[0, 2]], np.array([[7, 8]]), np.array([[9, 10]]))
    pairs = table.pairs(CAR, np.concatenate([PLACES, new]))
    assert pairs.known[1].tolist() == [False, True, False, False]
    assert pairs.distance[[0, 2, 3, 3], [2, 0, 0, 2]].tolist() == [102, 106, 7, 8]


def test_more_places_than_there_is_room_for_are_refused_and_change_nothing() -> None:
    table = TravelTable(most_places=2)
    with pytest.raises(ValueError, match="more than 2"):
        table.put(CAR, PLACES, PLACES, square(100), square(200))
    assert table.pairs(CAR, PLACES).known.sum() == 3


def test_of_too_many_servers_the_one_not_used_for_longest_is_forgotten() -> None:
    table = TravelTable()
    for number in range(MOST_TABLES):
        table.put(Asked("http://localhost", str(number)), PLACES, PLACES, square(0), square(0))
    table.pairs(Asked("http://localhost", "0"), PLACES)
    table.put(CAR, PLACES, PLACES, square(0), square(0))
    assert table.pairs(Asked("http://localhost", "0"), PLACES).known.all()
    assert not table.pairs(Asked("http://localhost", "1"), PLACES).known.all()


def test_every_change_has_a_revision_of_its_own_and_looking_has_none() -> None:
    table = TravelTable()
    seen = [table.revision]
    table.put(CAR, PLACES, PLACES, square(100), square(200))
    seen.append(table.revision)
    table.pairs(CAR, PLACES)
    assert table.revision == seen[-1]
    table.forget(CAR)
    seen.append(table.revision)
    table.clear()
    seen.append(table.revision)
    assert len(set(seen)) == 4
    assert table.pairs(CAR, PLACES).known.sum() == 3


def test_the_model_reads_the_table_that_it_was_given() -> None:
    mine = TravelTable()
    former = use_table(mine)
    try:
        assert travel_table() is mine
    finally:
        assert use_table(former) is mine
    assert travel_table() is former


def test_threads_do_not_tear_it() -> None:
    table = TravelTable(most_places=40)
    rng = np.random.default_rng(1)
    places = np.column_stack([rng.uniform(60, 61, 80), rng.uniform(24, 25, 80)])

    def work(first: int) -> None:
        for start in range(first, 60, 2):
            some = places[start : start + 20]
            table.put(CAR, some, some, np.full((20, 20), 5), np.full((20, 20), 6))
            pairs = table.pairs(CAR, some)
            assert set(np.unique(pairs.distance)) <= {UNKNOWN, 0, 5}

    threads = [Thread(target=work, args=(first,)) for first in (0, 1)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    pairs = table.pairs(CAR, places[40:80])
    assert set(np.unique(pairs.duration)) <= {UNKNOWN, 0, 6}


_place = st.integers(0, 90)
_some = st.lists(_place, min_size=1, max_size=20, unique=True)


@given(st.lists(st.tuples(_some, _some), max_size=12), _some)
def test_it_is_a_dictionary_of_pairs_as_long_as_there_is_room(
    puts: list[tuple[list[int], list[int]]], looked: list[int]
) -> None:
    table, expected = TravelTable(), dict[tuple[int, int], int]()
    place = np.column_stack([np.arange(91) / 7, np.arange(91) / 9])
    for number, (starts, ends) in enumerate(puts):
        values = 1 + number * 10_000 + np.add.outer(100 * np.array(starts), np.array(ends))
        table.put(CAR, place[starts], place[ends], values, values + 1)
        expected |= {(s, e): int(values[i, j]) for i, s in enumerate(starts) for j, e in enumerate(ends)}
    pairs = table.pairs(CAR, place[looked])
    for i, start in enumerate(looked):
        for j, end in enumerate(looked):
            value = 0 if start == end else expected.get((start, end), UNKNOWN)
            assert pairs.distance[i, j] == value
            assert pairs.duration[i, j] == (value + 1 if value > 0 else value)
    assert table.told(CAR, place[looked]) == pairs.known.sum() - len(looked)


def test_places_that_are_one_need_no_telling() -> None:
    table, twice = TravelTable(), np.concatenate([PLACES, PLACES[:2]])
    assert table.told(CAR, twice) == table.pairs(CAR, twice).known.sum() - len(twice) == 4
    table.put(CAR, PLACES[:1], PLACES[2:], np.array([[7]]), np.array([[8]]))
    assert table.told(CAR, twice) == table.pairs(CAR, twice).known.sum() - len(twice) == 6

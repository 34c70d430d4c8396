"""What becomes of addresses."""

from __future__ import annotations

import pytest

from app.io.geocoding.addresses import Address
from app.io.geocoding.candidates import Candidate, Quality
from app.views.places.choices import PLACED, TO_DO, Choices, State

HERE = Candidate((60.1, 24.9), "Kirkkotie 3, Tuusula", Quality.HOUSE, 1.0)
THERE = Candidate((60.4, 25.1), "Kirkkotie 3, Helsinki", Quality.HOUSE, 1.0)
STREET = Candidate((60.2, 25.0), "Kirkkotie", Quality.STREET, 0.7)


@pytest.fixture
def choices() -> Choices:
    return Choices.of({line: Address("Kirkkotie", str(line)) for line in (2, 3, 4, 5)}, {})


def test_what_is_sure_is_taken_and_the_rest_is_to_do(choices: Choices) -> None:
    choices.hear(2, (HERE,))
    choices.hear(3, (HERE, THERE))
    choices.hear(4, ())
    assert [row.state for row in choices.rows.values()] == [State.SURE, State.OPEN, State.NOT_FOUND, State.WAITING]
    assert choices.places == {2: HERE.point}
    assert (choices.count(PLACED), choices.count(TO_DO)) == (1, 2)


def test_a_person_has_the_last_word(choices: Choices) -> None:
    choices.hear(3, (HERE, THERE))
    choices.choose(3, 1)
    choices.put(4, (1.0, 2.0))
    choices.leave_out(5)
    for line in (3, 4, 5):
        choices.hear(line, (HERE,))
    assert choices.places == {3: THERE.point, 4: (1.0, 2.0)}
    assert choices.rows[5].state is State.LEFT_OUT


def test_who_was_left_out_can_be_taken_in_again(choices: Choices) -> None:
    choices.hear(2, (HERE,))
    choices.leave_out(2)
    assert choices.places == {}
    choices.leave_out(2)
    assert choices.places == {2: HERE.point}
    choices.leave_out(4)
    choices.leave_out(4)
    assert choices.rows[4].state is State.NOT_FOUND


def test_another_source_adds_to_what_is_known(choices: Choices) -> None:
    choices.hear(2, (STREET,))
    assert choices.rows[2].state is State.OPEN
    choices.hear(2, (HERE,))
    assert choices.rows[2].state is State.SURE
    assert len(choices.rows[2].candidates) == 2
    choices.hear(2, ())
    assert choices.rows[2].state is State.SURE


def test_places_of_another_time_stay(choices: Choices) -> None:
    again = Choices.of({2: Address("Kirkkotie", "2"), 3: Address("Kirkkotie", "3")}, {2: (1.0, 2.0), 9: (3.0, 4.0)})
    again.hear(2, (HERE,))
    assert again.places == {2: (1.0, 2.0)}


def test_the_next_one_to_do_comes_round(choices: Choices) -> None:
    for line in (2, 4):
        choices.hear(line, (HERE, THERE))

    def to_do(row: object) -> bool:
        return getattr(row, "state", None) in TO_DO

    assert choices.next(2, to_do) == 4
    assert choices.next(4, to_do) == 2
    assert choices.next(-1, to_do) == 2
    choices.choose(2, 0)
    choices.choose(4, 0)
    assert choices.next(2, to_do) is None

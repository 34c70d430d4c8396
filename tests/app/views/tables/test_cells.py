"""Cell texts: what is shown is read back the same, and what cannot be read is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.cells import CellError
from app.model.scenario import Access, ProfileRule
from app.views.tables import cells

NUMBERS = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)


@given(NUMBERS)
def test_numbers_read_back(value):
    assert cells.number_of(cells.shown_number(value)) == value
    assert cells.number_of(cells.shown_number(value).replace(".", ",")) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 234,5", 1234.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1\u00a0000", 1000.0), (" 7 ", 7.0)],
)
def test_numbers_as_people_write_them(text, value):
    assert cells.number_of(text) == value


@given(st.integers(0, 5 * 24 * 3600))
def test_times_and_durations_read_back(seconds):
    assert cells.time_of(cells.shown_time(seconds)) == seconds
    assert cells.duration_of(cells.shown_duration(seconds)) == seconds


def test_empty_cells_are_no_limit():
    assert cells.optional_number_of(" ") is None
    assert cells.optional_duration_of("") is None
    assert cells.windows_of("") == ()
    assert cells.shown_duration(None) == cells.shown_number(None) == ""


@given(st.lists(st.tuples(st.integers(0, 20 * 60), st.integers(0, 3 * 60)), max_size=3))
def test_windows_read_back(spans):
    windows = tuple(sorted((start * 60, (start + length) * 60) for start, length in spans))
    assert cells.windows_of(cells.shown_windows(windows)) == windows


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=5))
def test_rings_read_back(ring):
    assert cells.ring_of(cells.shown_ring(tuple(ring))) == tuple(ring)


def test_ring_as_wkt_has_the_longitude_first():
    assert cells.ring_of("POLYGON ((24 60, 25 60, 25 61, 24 60))") == ((60, 24), (60, 25), (61, 25))


@given(st.sampled_from(Access), st.floats(0, 1e6), st.floats(0.01, 100))
def test_rules_read_back(access, weight, factor):
    rule = ProfileRule(access, weight if access is Access.PREFERRED else 0.0, factor)
    assert cells.rule_of(cells.shown_rule(rule)) == rule


def test_rules_may_be_shortened():
    assert cells.rule_of("p 5 x1,2") == ProfileRule(Access.PREFERRED, 5.0, 1.2)
    assert cells.rule_of("f") == ProfileRule(Access.FORBIDDEN)
    assert cells.rule_of("") == ProfileRule()


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (cells.number_of, "abc"),
        (cells.number_of, "nan"),
        (cells.number_of, "1_000"),
        (cells.number_of, ""),
        (cells.whole_of, "1.5"),
        (cells.time_of, "8:61"),
        (cells.duration_of, "soon"),
        (cells.windows_of, "08:00"),
        (cells.ring_of, "60 24; 61"),
        (cells.yes_no_of, "perhaps"),
        (cells.rule_of, "maybe"),
        (cells.rule_of, "allowed 5"),
        (cells.rule_of, "preferred five"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_expected(read, text):
    with pytest.raises(CellError) as caught:
        read(text)
    assert caught.value.expected


@pytest.mark.parametrize(("text", "hour"), [("8", 8), ("08:00", 8), ("480", 8), ("24", 24), ("8h00", 8)])
def test_a_bare_hour_is_not_taken_for_minutes(text, hour):
    assert cells.time_of(text) == hour * 3600


def test_windows_in_whole_hours():
    assert cells.windows_of("8-12, 14–16") == ((8 * 3600, 12 * 3600), (14 * 3600, 16 * 3600))

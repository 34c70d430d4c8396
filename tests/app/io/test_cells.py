import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io import cells
from app.io.cells import FORMULA, CellError

nasty = st.text(st.one_of(st.sampled_from("=+-@\t\r\n'|\\ ,;\"\u00a0"), st.characters(codec="utf-8")), max_size=12)


@given(nasty)
def test_a_text_comes_back_from_its_cell(text: str) -> None:
    assert cells.unguarded(cells.guarded(text)) == text


@given(nasty)
def test_no_cell_of_a_text_starts_as_a_formula(text: str) -> None:
    assert not cells.guarded(text).startswith(tuple(FORMULA))


@given(st.lists(nasty.filter(bool), max_size=4))
def test_several_texts_come_back_from_one_cell(texts: list[str]) -> None:
    cell = cells.joined(texts)
    assert cells.parted(cell) == tuple(texts)
    assert not cell.startswith(tuple(FORMULA))


@pytest.mark.parametrize("name", ["'t Hooft", "'s-Hertogenbosch", "O'Neill", "'"])
def test_an_apostrophe_that_people_type_stays(name: str) -> None:
    assert cells.unguarded(name) == name
    assert cells.guarded(name) == name


def test_blanks_around_what_people_type_are_dropped() -> None:
    assert cells.unguarded("  A1 ") == "A1"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back(value: float) -> None:
    assert cells.read_number(cells.write_number(value)) == value


@given(st.integers(-(10**9), 10**9))
def test_seconds_come_back_as_time_and_as_duration(seconds: int) -> None:
    assert cells.read_time(cells.write_time(seconds)) == seconds
    assert cells.read_duration(cells.write_duration(seconds)) == seconds


@given(st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 200_000)), min_size=1, max_size=4))
def test_windows_come_back_in_order(windows: list[tuple[int, int]]) -> None:
    assert cells.read_windows(cells.write_windows(windows)) == tuple(sorted(windows))


def test_hours_come_back_whatever_the_ids() -> None:
    hours = (("van", ((21600, 39600), (64800, 72000))), ("a=b|c\\", ((0, 60),)), (" =SUM(1)", ((0, 0),)), ("", ()))
    assert cells.read_hours(cells.write_hours(hours)) == hours
    assert cells.read_hours("van=6:00-11:00") == (("van", ((21600, 39600),)),)
    assert cells.read_hours("") == ()


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=6))
def test_a_polygon_comes_back(ring: list[tuple[float, float]]) -> None:
    assert cells.read_polygon(cells.write_polygon(tuple(ring))) == tuple(ring)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("08:30", 30600), ("8:30:15", 30615), ("26:00", 93600), ("510", 30600), ("8.30", 30600), ("8h30", 30600)],
)
def test_times_in_all_their_forms(cell: str, seconds: int) -> None:
    assert cells.read_time(cell) == seconds


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (cells.read_number, "1_000"),
        (cells.read_number, "nan"),
        (cells.read_number, "1e999"),
        (cells.read_number, "٣"),
        (cells.read_number, "12 kg"),
        (cells.read_whole, "1.5"),
        (cells.read_whole, "9" * 5000),
        (cells.read_time, "25:61"),
        (cells.read_time, "480.5"),
        (cells.read_time, "noon"),
        (cells.read_duration, "0:10"),
        (cells.read_windows, "08:00"),
        (cells.read_windows, "08:00-10:00|"),
        (cells.read_polygon, "POINT (1 2)"),
        (cells.read_polygon, "POLYGON ((1 2 3, 4 5 6))"),
        (cells.read_polygon, "POLYGON ((0 0, 9 0, 9 9), (1 1, 2 1, 2 2))"),
        (cells.read_yes_no, "maybe"),
    ],
)
def test_what_cannot_be_read_says_what_is_expected(read: object, cell: str) -> None:
    with pytest.raises(CellError) as caught:
        read(cell)  # type: ignore[operator]
    assert caught.value.expected

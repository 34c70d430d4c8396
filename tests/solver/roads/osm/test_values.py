"""Speeds, lengths, weights and times as people write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.roads.osm.values import centimetres, seconds, speed, ten_kilograms


@pytest.mark.parametrize(
    ("text", "kilometres_per_hour"),
    [
        ("50", 50), ("50 km/h", 50), ("30 mph", 48), ("30mph", 48), ("walk", 6), ("none", 0), ("signals", 0),
        ("FI:urban", 50), ("FI:rural", 80), ("DE:rural", 100), ("DE:zone:30", 30), ("DE:zone30", 30),
        ("GB:nsl_single", 0), ("XX:motorway", 120), ("DE:motorway", 0), ("DE:living_street", 7), ("BE-VLG:urban", 50),
        ("60;40", 40), ("", 0), ("fast", 0), ("5 knots", 9), ("100000", 300),
    ],
)  # fmt: skip
def test_speeds(text: str, kilometres_per_hour: int) -> None:
    assert speed(text) == kilometres_per_hour


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.8", 380), ("3.8 m", 380), ("3,8m", 380), ("380 cm", 380), ("12'6\"", 381), ("12 ft 6 in", 381),
        ("12'", 366), ("90\"", 229), ("10 ft", 305), ("default", 0), ("none", 0), ("below_default", 0), ("", 0),
        ("99999", 65535),
    ],
)  # fmt: skip
def test_lengths(text: str, expected: int) -> None:
    assert centimetres(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7.5", 750), ("7.5 t", 750), ("7500 kg", 750), ("10 st", 907), ("16000 lbs", 726), ("3,5", 350), ("none", 0)],
)
def test_weights(text: str, expected: int) -> None:
    assert ten_kilograms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0:25", 1500), ("1:05:30", 3930), ("PT1H5M", 3900), ("PT20M", 1200), ("25", 1500), ("25 min", 1500), ("soon", 0)],
)
def test_times(text: str, expected: int) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize(("read", "most"), [(speed, 300), (centimetres, 65_535), (ten_kilograms, 65_535)])
@given(text=st.text() | st.from_regex(r"[0-9]{1,30}[.,]?[0-9]{0,3} ?(m|t|kg|mph|'|\")?", fullmatch=True))
def test_whatever_is_written_fits(read: Callable[[str], int], most: int, text: str) -> None:
    assert 0 <= read(text) <= most


@given(text=st.text() | st.from_regex(r"[0-9:PTHM]{1,12}", fullmatch=True))
def test_no_time_is_negative(text: str) -> None:
    assert seconds(text) >= 0

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.tiles.freshness import LONGEST, UNSAID, lifetime, retry_after

NOW = 1_800_000_000.0


def date(seconds: float) -> str:
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, UNSAID),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, Max-Age = 600 , must-revalidate"}, 600),
        ({"cache-control": 'max-age="600"'}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "900"}, 0),
        ({"cache-control": "max-age=600", "expires": date(NOW + 5)}, 600),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "max-age=-5"}, UNSAID),
        ({"cache-control": "max-age=99999999999"}, LONGEST),
        ({"expires": date(NOW + 900)}, 900),
        ({"expires": date(NOW + 900), "date": date(NOW + 300)}, 600),
        ({"expires": "0"}, 0),
        ({"expires": date(NOW - 900)}, 0),
    ],
)
def test_lifetimes(headers: dict[str, str], seconds: float) -> None:
    assert lifetime(headers, NOW).seconds == pytest.approx(seconds)


def test_what_may_not_be_kept_or_shown_stale() -> None:
    assert not lifetime({"cache-control": "no-store"}, NOW).kept
    assert lifetime({"cache-control": "private"}, NOW).kept
    assert lifetime({"cache-control": "must-revalidate, max-age=1"}, NOW).strict
    assert lifetime({"cache-control": "no-cache"}, NOW).strict
    assert not lifetime({"cache-control": "max-age=1"}, NOW).strict


@pytest.mark.parametrize(
    ("value", "seconds"), [("120", 120), (date(NOW + 60), 60), ("soon", 0), ("-3", 0), ("999999", 3600), ("", 0)]
)
def test_how_long_to_wait(value: str, seconds: float) -> None:
    assert retry_after({"retry-after": value}, NOW) == pytest.approx(seconds)


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "date", "age", "retry-after"]), st.text()))
def test_any_headers_are_read(headers: dict[str, str]) -> None:
    assert 0 <= lifetime(headers, NOW).seconds <= LONGEST
    assert 0 <= retry_after(headers, NOW) <= 3600

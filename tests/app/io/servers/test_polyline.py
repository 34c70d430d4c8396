"""Lines as letters, both ways."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.servers.polyline import PolylineError, decoded, encoded

_degrees = st.tuples(st.integers(-90_000_000, 90_000_000), st.integers(-180_000_000, 180_000_000))


def test_the_line_of_the_documentation_is_read() -> None:
    line = np.array([(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)])
    assert encoded(line, 5) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
    assert np.array_equal(decoded("_p~iF~ps|U_ulLnnqC_mqNvxq`@", 5), line)


@given(st.lists(_degrees, max_size=30))
def test_what_was_written_is_read(corners: list[tuple[int, int]]) -> None:
    line = np.array(corners, dtype=np.float64).reshape(-1, 2) / 1e6
    assert np.abs(decoded(encoded(line)) - line).max(initial=0.0) < 1e-9


@pytest.mark.parametrize("text", ["_", "_p~iF", "_p~iF~ps|", "é", "\x1f\x1f", "~" * 40 + "??", "_p~iF~ps|U" * 60])
def test_letters_that_are_no_line_are_refused(text: str) -> None:
    with pytest.raises(PolylineError):
        decoded(text)


@given(st.text(max_size=40))
def test_any_text_is_a_line_or_is_refused(text: str) -> None:
    try:
        line = decoded(text)
    except PolylineError:
        return
    assert (np.abs(line) <= (90, 180)).all()

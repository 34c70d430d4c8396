"""Which pairs are asked for together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.io.servers.plan import blocks, tiles


@given(st.integers(0, 12).flatmap(lambda size: arrays(np.bool_, (size, size))), st.integers(2, 9))
def test_every_missing_pair_is_asked_for_and_no_request_is_too_large(missing: np.ndarray, most: int) -> None:
    asked = np.zeros_like(missing)
    for block in blocks(missing):
        for starts, ends in tiles(block, most):
            assert len(starts) > 0
            assert len(ends) > 0
            assert len(starts) + len(ends) <= most
            assert not asked[np.ix_(starts, ends)].all()
            asked[np.ix_(starts, ends)] = True
    np.fill_diagonal(missing, False)
    assert asked[missing].all()


@pytest.mark.parametrize(("places", "requests"), [(20, 1), (50, 1), (100, 4), (200, 16)])
def test_a_whole_table_takes_few_requests(places: int, requests: int) -> None:
    parts = [tile for block in blocks(np.ones((places, places), dtype=np.bool_)) for tile in tiles(block, 100)]
    assert len(parts) == requests


def test_a_new_place_takes_its_row_and_its_column_only() -> None:
    missing = np.zeros((200, 200), dtype=np.bool_)
    missing[7] = missing[:, 7] = True
    parts = [tile for block in blocks(missing) for tile in tiles(block, 100)]
    assert sum(len(starts) * len(ends) for starts, ends in parts) == 2 * 199
    assert len(parts) == 6


def test_what_is_missing_is_not_changed() -> None:
    missing = np.ones((4, 4), dtype=np.bool_)
    list(blocks(missing))
    assert missing.all()

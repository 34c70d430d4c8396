"""A weight is three whole numbers in one: sums add each of them, and the first that differs decides."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solver.roads.weights import ENTRY_SHIFT, FAR, MOST, decimetres, milliseconds, packed

PARTS = st.tuples(st.integers(0, 14), st.integers(0, 2**30 - 1), st.integers(0, 2**25 - 1))


@given(one=PARTS, other=PARTS)
def test_sums_and_comparisons_are_those_of_the_parts(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    first, second = (packed(time, length, entries) for entries, time, length in (one, other))
    total = first + second
    assert milliseconds(total) == one[1] + other[1]
    assert decimetres(total) == one[2] + other[2]
    assert total >> ENTRY_SHIFT == one[0] + other[0]
    assert (first < second) == (one < other)
    assert total <= MOST


@given(part=PARTS)
def test_what_cannot_be_driven_stays_so_less_a_part_of_an_edge(part: tuple[int, int, int]) -> None:
    assert FAR - packed(part[1], part[2]) > MOST
    assert np.int64(FAR) + np.int64(FAR) > 0

"""Kernels see in a bundle what Python put there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from solver.search.bundle import Bundle
from solver.search.flags import Flag, on
from solver.search.kernel import kernel


@dataclass(frozen=True, eq=False)
class Sample(Bundle):
    some: Flag
    number: int
    line: NDArray[np.int32]
    cube: NDArray[np.float64]
    truth: NDArray[np.bool_]

    def __post_init__(self) -> None:
        self.seal()


@kernel
def look(sample, i, j, k):
    bonus = 1000 if on(sample.some) else 0
    sample.line[0] = 7
    return (
        bonus + sample.number,
        sample.line[-1],
        sample.cube[i, j, k],
        sample.truth[i],
        sample.cube.shape,
        sample.cube.sum(),
    )


def make(some: Flag, offset: int = 0) -> Sample:
    return Sample(
        some=some,
        number=42,
        line=np.arange(5, dtype=np.int32) + offset,
        cube=np.arange(24, dtype=np.float64).reshape(2, 3, 4) + offset,
        truth=np.array([True, False]),
    )


@pytest.mark.parametrize("offset", [0, 100])
def test_every_field_reads_as_it_was_written(offset: int) -> None:
    sample = make(None, offset)
    number, last, item, truth, shape, total = look(sample, 1, 2, 3)
    assert (number, last, item, truth) == (42, 4 + offset, 23.0 + offset, False)
    assert shape == (2, 3, 4)
    assert total == sample.cube.sum()
    assert sample.line[0] == 7


def test_a_flag_is_part_of_the_type() -> None:
    assert look(make(1), 0, 0, 0)[0] == 1042
    assert look(make(None), 0, 0, 0)[0] == 42
    assert make(1)._numba_type_ != make(None)._numba_type_
    assert make(1)._numba_type_ is make(1, 5)._numba_type_


def test_an_array_in_another_order_is_refused() -> None:
    with pytest.raises(ValueError, match="cube"):
        Sample(None, 1, np.arange(2, dtype=np.int32), np.zeros((2, 3, 4)).T, np.array([True]))

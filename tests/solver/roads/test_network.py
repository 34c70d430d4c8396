"""A network's file reads back the same, and what is none is refused."""

from __future__ import annotations

import io
from dataclasses import fields

import numpy as np
import pytest

from solver.roads.network import NetworkFileError, read_network, write_network
from tests.solver.roads.grids import grid


def test_a_file_reads_back_the_same() -> None:
    network = grid(3, 4)
    file = io.BytesIO()
    write_network(network, file)
    file.seek(0)
    again = read_network(file)
    for field in fields(network):
        one, other = getattr(network, field.name), getattr(again, field.name)
        if isinstance(one, np.ndarray):
            assert one.dtype == other.dtype
            np.testing.assert_array_equal(one, other)
        else:
            assert one == other


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(NetworkFileError):
        read_network(io.BytesIO(b"not a network"))


def test_a_torn_file_is_refused() -> None:
    file = io.BytesIO()
    write_network(grid(3, 4), file)
    with pytest.raises(NetworkFileError):
        read_network(io.BytesIO(file.getvalue()[: len(file.getvalue()) // 2]))

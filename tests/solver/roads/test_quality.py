"""How well a network hangs together, beside scipy's strongly connected components."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from solver.roads.modes import Access
from solver.roads.network import Network, digest
from solver.roads.quality import connected_share
from solver.roads.summary import summary
from tests.solver.roads.grids import grid, one_way


def largest_part(network: Network, mode: Access) -> float:
    """Return the share of the largest strongly connected component, as scipy finds it."""
    may = network.access & mode > 0
    start, end = network.segment_node.T
    tail = np.concatenate([start[may[:, 0]], end[may[:, 1]]])
    head = np.concatenate([end[may[:, 0]], start[may[:, 1]]])
    arcs = csr_array((np.ones(len(tail)), (tail, head)), shape=(network.nodes,) * 2)
    _, part = connected_components(arcs, connection="strong")
    within = may.any(axis=1) & (part[start] == part[end])
    lengths = np.bincount(part[start[within]], network.segment_length[within], minlength=1)
    return float(lengths.max() / network.segment_length[may.any(axis=1)].sum())


def test_a_grid_hangs_together() -> None:
    assert connected_share(grid(4, 4), Access.CAR) == 1.0


def test_a_street_into_which_one_cannot_turn_does_not() -> None:
    network = one_way(grid(1, 5), 0)
    assert connected_share(network, Access.CAR) == pytest.approx(0.75)
    walkers = replace(network, access=network.access | np.uint8(Access.FOOT))
    assert connected_share(walkers, Access.FOOT) == 1.0


def test_who_has_no_street_misses_none() -> None:
    network = grid(2, 2)
    assert connected_share(replace(network, access=np.zeros_like(network.access)), Access.CAR) == 1.0


@given(data=st.data(), rows=st.integers(1, 4), columns=st.integers(2, 5))
def test_it_is_the_largest_part_where_that_holds_half(data: st.DataObject, rows: int, columns: int) -> None:
    network = grid(rows, columns)
    sides = st.sampled_from([(1, 1), (1, 0), (0, 1), (0, 0)])
    access = np.array(data.draw(st.lists(sides, min_size=network.segments, max_size=network.segments)), dtype=np.uint8)
    network = replace(network, access=access)
    found = connected_share(network, Access.CAR)
    assert 0.0 <= found <= 1.0
    if access.any():
        largest = largest_part(network, Access.CAR)
        assert found <= largest + 1e-12
        if found > 0.5:
            assert found == pytest.approx(largest)


def test_a_digest_stands_for_what_a_network_holds() -> None:
    network = grid(3, 3)
    assert digest(network) == digest(replace(grid(3, 3), source="other", timestamp="2026-01-01"))
    others = [one_way(network, 1), grid(3, 4), replace(network, names=("Main Street", "8"))]
    assert len({digest(network), *map(digest, others)}) == 4


def test_a_summary_counts() -> None:
    about = summary(grid(3, 3, metres=1000), 4, 1)
    assert (about.segments, about.kilometres, about.addresses) == (12, 12, 1)
    assert about.connected == (1.0, 1.0, 1.0, 1.0)
    assert (about.restrictions, about.left) == (4, 1)

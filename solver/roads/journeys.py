"""From pairs of places to the fastest ways between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.roads.beside import between
from solver.roads.labels import joined_pairs, labels_at
from solver.roads.matrix import tell
from solver.roads.snapping import Snaps
from solver.roads.state import State
from solver.roads.ways import Way, drawn, traced
from solver.roads.weights import MOST


def journeys(state: State, starts: NDArray[np.float64], ends: NDArray[np.float64]) -> tuple[Way, ...]:
    """Return the fastest way from each of some places to its counterpart; shapes ``(n, 2)``, degrees."""
    ground, metric = state.ground, state.metric
    here = (starts == ends).all(axis=1)
    both = ground.snapper.snap(np.concatenate([starts, ends]))
    labels = state.labels(both)
    begins, stops = np.arange(2 * len(here)).reshape(2, -1)
    start, end = both.taken(begins), both.taken(stops)
    start_labels, end_labels = labels.taken(begins), labels.taken(stops)
    weight = joined_pairs(start_labels, end_labels)

    # Who stays on a segment runs along it, or leaves it for another edge and comes back.
    shared = np.flatnonzero((start.segment == end.segment) & (start.segment >= 0) & ~here)
    loops = state.loops(np.unique(start.segment[shared]))
    spots = start_labels.spots.taken(shared), end_labels.spots.taken(shared)
    weight[shared], leaving, coming = between(loops, start.segment[shared], *spots)
    led = (weight <= MOST) & ~here
    able = led[shared]
    shared, leaving, coming = shared[able], leaving[able], coming[able]
    around = coming >= 0
    leaves, out, back = shared[around], leaving[around], coming[around]
    onward = loops.by[np.searchsorted(loops.segments, start.segment[leaves]), out, back]

    led_apart = led.copy()
    led_apart[shared] = False
    apart = np.flatnonzero(led_apart)
    nodes, beginning = traced(
        ground.hierarchy,
        metric,
        start_labels.taken(apart).followed_by(labels_at(ground.hierarchy, metric, onward)),
        end_labels.taken(apart).followed_by(labels_at(ground.hierarchy, metric, end_labels.spots.seed[leaves, back])),
    )
    # The edge that it leaves comes before what was traced of such a way.
    owner = np.concatenate([shared, np.repeat(np.concatenate([apart, leaves]), np.diff(beginning))])
    nodes = np.concatenate([start_labels.spots.seed[shared, leaving], nodes])
    edges = ground.edge_of_rank[nodes[np.argsort(owner, kind="stable")]]
    return _told(state, edges, np.bincount(owner, minlength=len(here)), weight, here, start, end)


def _told(
    state: State,
    edges: NDArray[np.int32],
    count: NDArray[np.int64],
    weight: NDArray[np.int64],
    here: NDArray[np.bool_],
    start: Snaps,
    end: Snaps,
) -> tuple[Way, ...]:
    """Return ways that have so many edges each; none where there is no way, or where it is from a place to itself."""
    which = np.flatnonzero(count)
    beginning = np.concatenate([[0], np.cumsum(count[which])])
    lines = iter(drawn(state.ground.network, edges, beginning, start.taken(which), end.taken(which)))
    figures = np.empty((2, 1, len(weight)), dtype=np.int64)
    tell(np.where(here, 0, weight)[None], *figures)
    ways = []
    for i, stop in enumerate(np.cumsum(count).tolist()):
        part = edges[stop - count[i] : stop]
        shape = next(lines) if len(part) else start.place[[i, i]] if here[i] else np.empty((0, 2))
        ways.append(Way(shape, part, int(figures[0, 0, i]), int(figures[1, 0, i])))
    return tuple(ways)

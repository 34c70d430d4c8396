"""In which order a contraction hierarchy contracts a network: small separators last, those of their parts before.

What is ordered are segments, and one order serves all modes: both edges of a segment follow one another, and who may
use fewer segments leaves the others out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from solver.roads.network import DEGREE, Network

_FEW = 4


def order_segments(network: Network) -> NDArray[np.int32]:
    """Return the segments in the order in which they are contracted; shape ``(segments,)``, int32.

    By inertial flow where routingkit is installed, or else by `bisected`.
    """
    if network.segments < 2:
        return np.arange(network.segments, dtype=np.int32)
    try:
        from routingkit_cch import compute_order_inertial
    except ImportError:
        return bisected(network)
    tail, head = _neighbours(network)
    lat, lon = _middles(network).T
    # Arrays, not the lists that it asks for: of a large network those would take gigabytes, and they are no faster.
    order = compute_order_inertial(network.segments, tail, head, lat, lon)  # type: ignore[arg-type]
    return np.asarray(order, dtype=np.int32)


def order_beside(network: str | Path) -> Path:
    """Return where the order of a network that is being imported is written."""
    return Path(f"{network}.order.npy")


def bisected(network: Network) -> NDArray[np.int32]:
    """Return an order by halving the area again and again: simple, and twice as slow to search as by inertial flow."""
    middle = _middles(network)
    ends = network.segment_node
    order = np.empty(network.segments, dtype=np.int32)
    touched = np.zeros(network.nodes, dtype=np.bool_)
    parts = [(np.arange(network.segments), network.segments)]
    while parts:
        part, end = parts.pop()
        if len(part) <= _FEW:
            order[end - len(part) : end] = part
            continue
        place = middle[part]
        across = place[:, int(np.argmax(np.ptp(place, axis=0)))]
        by_place = part[np.argsort(across, kind="stable")]
        half = len(part) // 2
        one, other = by_place[:half], by_place[half:]
        touched[ends[other]] = True
        between = touched[ends[one]].any(axis=1)
        touched[ends[other]] = False
        separator, one = one[between], one[~between]
        order[end - len(separator) : end] = separator
        end -= len(separator)
        parts.append((other, end))
        parts.append((one, end - len(other)))
    return order


def _middles(network: Network) -> NDArray[np.float64]:
    """Return a place between the ends of each segment, degrees; shape ``(segments, 2)``."""
    return np.asarray(network.node_place[network.segment_node].mean(axis=1) / DEGREE)


def _neighbours(network: Network) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return all pairs of segments that meet at a junction, in both directions."""
    junction = network.segment_node.T.ravel()
    by_junction = np.argsort(junction, kind="stable")
    segment = (by_junction % network.segments).astype(np.int32)
    junction = junction[by_junction]
    meet = np.bincount(junction, minlength=network.nodes).astype(np.int32)
    first = np.cumsum(meet, dtype=np.int32) - meet
    count = meet[junction]
    tail = np.repeat(segment, count)
    # Numbers of four bytes: with eight, the six million segments of a large country take a gigabyte more.
    at = np.repeat(first[junction] - (np.cumsum(count, dtype=np.int32) - count), count)
    at += np.arange(len(at), dtype=np.int32)
    head = segment[at]
    different = tail != head
    return tail[different], head[different]

"""Dijkstra's algorithm in plain Python on the turns of a mode: what labels and hierarchies have to agree with."""

from __future__ import annotations

import heapq

import numpy as np

from solver.problem import UNREACHABLE
from solver.roads.ground import Ground
from solver.roads.snapping import Snaps
from solver.roads.weights import FAR, decimetres, milliseconds, packed


def oracle(
    ground: Ground, pace: np.ndarray | None, snaps: Snaps, starts: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return milliseconds and decimetres from all or the first points to all, `UNREACHABLE` where there is no way."""
    runs = ground.runs(pace)
    turns = ground.turns(runs)
    number = len(snaps.segment)
    time = np.full((number if starts is None else starts, number), UNREACHABLE)
    length = time.copy()
    for i in range(len(time)):
        done = _search(ground, turns, _leaving(ground, runs, turns, snaps, i))
        for j in range(number):
            ways = [done[node] + before for node, before in _at(ground, runs, snaps, j) if node in done]
            ways += [
                after - before
                for node, before in _at(ground, runs, snaps, i)
                for other, after in _at(ground, runs, snaps, j)
                if node == other and after >= before
            ]
            if ways:
                best = np.array(min(ways))
                time[i, j], length[i, j] = milliseconds(best), decimetres(best)
    return time, length


def _at(ground: Ground, runs: np.ndarray, snaps: Snaps, point: int) -> list[tuple[int, int]]:
    """Return the open nodes at a point, and what the way from their beginning to it weighs."""
    segment = int(snaps.segment[point])
    if segment < 0:
        return []
    result = []
    for edge in (2 * segment, 2 * segment + 1):
        if ground.graph.node[edge] >= 0 and runs[edge] < FAR:
            share = 1 - snaps.fraction[point] if edge & 1 else snaps.fraction[point]
            run = runs[edge]
            before = packed(np.rint(milliseconds(run) * share), np.rint(decimetres(run) * share))
            result.append((int(ground.graph.node[edge]), int(before)))
    return result


def _leaving(ground: Ground, runs: np.ndarray, turns: np.ndarray, snaps: Snaps, point: int) -> dict[int, int]:
    """Return the nodes after those at a point, and what the ways to their beginnings weigh."""
    begun: dict[int, int] = {}
    for node, before in _at(ground, runs, snaps, point):
        for arc in range(ground.graph.first[node], ground.graph.first[node + 1]):
            if turns[arc] < FAR:
                head = int(ground.graph.head[arc])
                begun[head] = min(begun.get(head, FAR), int(turns[arc]) - before)
    return begun


def _search(ground: Ground, turns: np.ndarray, begun: dict[int, int]) -> dict[int, int]:
    done: dict[int, int] = {}
    heap = [(weight, node) for node, weight in begun.items()]
    heapq.heapify(heap)
    while heap:
        weight, node = heapq.heappop(heap)
        if node in done:
            continue
        done[node] = weight
        for arc in range(ground.graph.first[node], ground.graph.first[node + 1]):
            if turns[arc] < FAR:
                heapq.heappush(heap, (weight + int(turns[arc]), int(ground.graph.head[arc])))
    return done

"""The compiled part of roads: what walks over all nodes of a contraction hierarchy, or over all pairs of points.

All in one file: a kernel is kept by the digest of its own file, which says nothing of others compiled into it.

Nodes are numbered in the order in which they are contracted, so the heads of arcs are greater than their tails. `head`
holds the arcs row by row, ``head[first[v]:first[v + 1]]`` ascending; ``up[a]`` weighs an arc from tail to head and
``down[a]`` from head to tail.
"""

from __future__ import annotations

import numpy as np

from solver.compiling import compiler

_kernel = compiler()
_inner = compiler(inner=True)


@_kernel
def eliminate(first, head):
    """Contract node after node and join what is adjacent to it above: return rows of all arcs, unsorted, and parents.

    The parent of a node is its lowest neighbour above; all its neighbours above are ancestors of it.
    """
    nodes = len(first) - 1
    start = np.zeros(nodes + 1, np.int64)
    buffer = np.empty(2 * len(head) + 16, np.int32)
    parent = np.full(nodes, -1, np.int32)
    child = np.full(nodes, -1, np.int32)
    sibling = np.full(nodes, -1, np.int32)
    seen = np.full(nodes, -1, np.int32)
    size = 0
    for v in range(nodes):
        seen[v] = v
        most = first[v + 1] - first[v]
        c = child[v]
        while c >= 0:
            most += start[c + 1] - start[c]
            c = sibling[c]
        if size + most > len(buffer):
            larger = np.empty(2 * (size + most), np.int32)
            larger[:size] = buffer[:size]
            buffer = larger
        least = nodes
        for a in range(first[v], first[v + 1]):
            w = head[a]
            if seen[w] != v:
                seen[w] = v
                buffer[size] = w
                size += 1
                least = min(least, w)
        c = child[v]
        while c >= 0:
            for a in range(start[c], start[c + 1]):
                w = buffer[a]
                if seen[w] != v:
                    seen[w] = v
                    buffer[size] = w
                    size += 1
                    least = min(least, w)
            c = sibling[c]
        start[v + 1] = size
        if least < nodes:
            parent[v] = least
            sibling[v] = child[least]
            child[least] = v
    return start, buffer[:size].copy(), parent


@_kernel
def customise(first, head, tail, below_first, below, up, down):
    """Make each arc as light as the lightest way over nodes below both its ends, in place.

    `below` holds the arcs into each node from below, ``below[below_first[v]:below_first[v + 1]]``.
    """
    nodes = len(first) - 1
    arc_to = np.zeros(nodes, np.int64)
    for u in range(nodes):
        for a in range(first[u], first[u + 1]):
            arc_to[head[a]] = a
        for i in range(below_first[u], below_first[u + 1]):
            into = below[i]
            to_u = up[into]
            from_u = down[into]
            for b in range(into + 1, first[tail[into] + 1]):
                a = arc_to[head[b]]
                up[a] = min(up[a], from_u + up[b])
                down[a] = min(down[a], down[b] + to_u)


@_kernel
def label(first, head, up, down, parent, depth, anchor, seed, weight, forward, backward, path):
    """Weigh the ways from each point up to all ancestors of its node, and from them down to it.

    `anchor` is the lowest node of each point, or -1; `seed`, shape ``(points, 2)``, its nodes, or -1, and `weight` what
    a way loses that begins there. The rows of `forward`, `backward` and `path` are by depth, and come empty.
    """
    for i in range(len(anchor)):
        for side in range(2):
            s = seed[i, side]
            if s >= 0:
                forward[i, depth[s]] = -weight[i, side]
                backward[i, depth[s]] = weight[i, side]
        v = anchor[i]
        while v >= 0:
            at = depth[v]
            path[i, at] = v
            out = forward[i, at]
            back = backward[i, at]
            for a in range(first[v], first[v + 1]):
                to = depth[head[a]]
                forward[i, to] = min(forward[i, to], out + up[a])
                backward[i, to] = min(backward[i, to], back + down[a])
            v = parent[v]


@_kernel
def join(forward, path, size, backward, path_to, size_to, far, result):
    """Weigh the best way between all pairs over their common ancestors; `size` is how many ancestors each has."""
    for i in range(len(size)):
        for j in range(len(size_to)):
            low = 0
            high = min(size[i], size_to[j])
            while low < high:
                middle = (low + high) // 2
                if path[i, middle] == path_to[j, middle]:
                    low = middle + 1
                else:
                    high = middle
            best = far
            for k in range(low):
                best = min(best, forward[i, k] + backward[j, k])
            result[i, j] = best


@_kernel
def trace(first, head, tail, below_first, below, up, down, own_up, own_down, start, end):
    """Find the best ways between pairs of labels, which have to exist: return the nodes that they enter, way by way.

    `start` holds forward labels, paths, sizes, seeds and what is lost at them; `end` the same of backward ones.
    """
    forward, path, size, seed, before = start
    backward, path_to, size_to, seed_to, before_to = end
    pairs = len(size)
    nodes = np.empty(64, np.int32)
    beginning = np.zeros(pairs + 1, np.int64)
    count = 0
    for i in range(pairs):
        top = 0
        for k in range(min(size[i], size_to[i])):
            if path[i, k] != path_to[i, k]:
                break
            if forward[i, k] + backward[i, k] < forward[i, top] + backward[i, top]:
                top = k
        rising = _climb(first, head, up, path[i], size[i], forward[i], top, seed[i], -before[i])
        falling = _climb(first, head, down, path_to[i], size_to[i], backward[i], top, seed_to[i], before_to[i])
        if count == len(nodes):
            nodes = np.concatenate((nodes, nodes))
        nodes[count] = tail[rising[-1]] if len(rising) else path[i, top]
        count += 1
        for k in range(len(rising) - 1, -1, -1):
            nodes, count = _unpack(
                head, tail, below_first, below, up, down, own_up, own_down, rising[k], True, nodes, count
            )
        for arc in falling:
            nodes, count = _unpack(head, tail, below_first, below, up, down, own_up, own_down, arc, False, nodes, count)
        beginning[i + 1] = count
    return nodes[:count].copy(), beginning


@_inner
def _climb(first, head, weight, path, size, label, at, seed, offset):
    """Find the arcs, from the top down, by which the label at a depth came about."""
    arcs = np.empty(size, np.int64)
    count = 0
    depth = at
    while True:
        for side in range(2):
            if seed[side] == path[depth] and offset[side] == label[depth]:
                return arcs[:count]
        below = depth
        while below == depth:
            at += 1
            v = path[at]
            for a in range(first[v], first[v + 1]):
                if head[a] == path[depth] and label[at] + weight[a] == label[depth]:
                    arcs[count] = a
                    count += 1
                    below = at
                    break
        depth = below


@_inner
def _unpack(head, tail, below_first, below, up, down, own_up, own_down, arc, rises, nodes, count):
    """Write down the nodes that a way along an arc of the hierarchy enters, upwards or downwards."""
    stack = np.empty(64, np.int64)
    rising = np.empty(64, np.bool_)
    stack[0], rising[0] = arc, rises
    size = 1
    while size:
        size -= 1
        arc, rises = stack[size], rising[size]
        weight = up[arc] if rises else down[arc]
        if weight == (own_up[arc] if rises else own_down[arc]):
            if count == len(nodes):
                nodes = np.concatenate((nodes, nodes))
            nodes[count] = head[arc] if rises else tail[arc]
            count += 1
            continue
        if size + 2 > len(stack):
            stack = np.concatenate((stack, stack))
            rising = np.concatenate((rising, rising))
        low = below_first[tail[arc]]
        high = below_first[head[arc]]
        while True:  # the common neighbours below: one of them is on the way
            one = below[low]
            other = below[high]
            if tail[one] < tail[other]:
                low += 1
            elif tail[one] > tail[other]:
                high += 1
            elif rises and down[one] + up[other] == weight:
                stack[size], rising[size] = other, True
                stack[size + 1], rising[size + 1] = one, False
                break
            elif not rises and down[other] + up[one] == weight:
                stack[size], rising[size] = one, True
                stack[size + 1], rising[size + 1] = other, False
                break
            else:
                low += 1
                high += 1
        size += 2
    return nodes, count


@_kernel
def tell(weight, time_shift, time_mask, length_mask, most, none, distance, duration):
    """Write metres and seconds, to the nearest whole one, of weights of ways; `none` where one is more than `most`."""
    for i in range(weight.shape[0]):
        for j in range(weight.shape[1]):
            value = weight[i, j]
            if value > most:
                distance[i, j] = none
                duration[i, j] = none
            else:
                distance[i, j] = ((value & length_mask) + 5) // 10
                duration[i, j] = ((value >> time_shift & time_mask) + 500) // 1000


@_kernel
def components(first, head):
    """Number the strongly connected components (Tarjan): return the component of each node."""
    nodes = len(first) - 1
    found = np.full(nodes, -1, np.int32)
    lowest = np.zeros(nodes, np.int32)
    component = np.full(nodes, -1, np.int32)
    following = first[:-1].copy()
    waiting = np.empty(nodes, np.int32)
    trail = np.empty(nodes, np.int32)
    waits = 0
    clock = 0
    number = 0
    for root in range(nodes):
        if found[root] >= 0:
            continue
        trail[0] = root
        length = 1
        while length:
            v = trail[length - 1]
            if found[v] < 0:
                found[v] = lowest[v] = clock
                clock += 1
                waiting[waits] = v
                waits += 1
            deeper = False
            while following[v] < first[v + 1]:
                w = head[following[v]]
                following[v] += 1
                if found[w] < 0:
                    trail[length] = w
                    length += 1
                    deeper = True
                    break
                if component[w] < 0:
                    lowest[v] = min(lowest[v], found[w])
            if deeper:
                continue
            length -= 1
            if length:
                lowest[trail[length - 1]] = min(lowest[trail[length - 1]], lowest[v])
            if lowest[v] == found[v]:
                while True:
                    waits -= 1
                    w = waiting[waits]
                    component[w] = number
                    if w == v:
                        break
                number += 1
    return component


@_kernel
def nearest(points, cell, keys, pieces, columns, start, end, metres, side, reach, best, along, distance):
    """Find the nearest piece of each point within reach: in the cells around it, and in wider rings while none is near.

    `keys` are the cells of `pieces`, row by row, ascending; `metres` are those in a degree of latitude, `side` those of
    a cell. `best`, `along` and `distance` come filled with nothing.
    """
    widest = int(np.ceil(reach / side))
    for i in range(len(points)):
        lat, lon = points[i]
        east = metres * np.cos(np.radians(lat))
        row, column = cell[i]
        radius = 1
        while True:
            radius = min(radius, widest)
            left = min(max(column - radius, 0), columns)
            right = min(max(column + radius + 1, 0), columns)
            for r in range(row - radius, row + radius + 1):
                for k in range(_place_of(keys, r * columns + left), _place_of(keys, r * columns + right)):
                    piece = pieces[k]
                    y = (start[piece, 0] - lat) * metres
                    x = (start[piece, 1] - lon) * east
                    dy = (end[piece, 0] - start[piece, 0]) * metres
                    dx = (end[piece, 1] - start[piece, 1]) * east
                    share = -(x * dx + y * dy) / max(dx * dx + dy * dy, 1e-12)
                    share = min(max(share, 0.0), 1.0)
                    away = np.hypot(x + share * dx, y + share * dy)
                    if away < distance[i] and away <= reach:
                        best[i] = piece
                        along[i] = share
                        distance[i] = away
            if radius == widest or distance[i] <= radius * side:
                break
            radius *= 3


@_inner
def _place_of(keys, key):
    """Return how many of some ascending keys are less than another one."""
    low = 0
    high = len(keys)
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low

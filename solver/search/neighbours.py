"""Granular neighbours: for each client the others it is likely to stand next to.

Toth and Vigo, "The granular tabu search" (2003); the waiting and lateness terms follow Vidal et al., "A hybrid genetic
algorithm with adaptive diversity management for a large class of VRPs with time windows" (2013), section 4.3.3.
"""

from __future__ import annotations

import numpy as np

from solver.search.kernel import inner, kernel

WAITING_WEIGHT = 0.2
LATENESS_WEIGHT = 1.0


@kernel
def nearest(length, duration, location, service, early, late, group, allowed, timed, most):
    """Return the nearest clients of each client, closest first.

    Parameters
    ----------
    length, duration
        Shape ``(locations, locations)``: what closeness is measured in, and travel seconds.
    location, service, early, late
        Shape ``(clients,)``: place, seconds of service, and hull of the time windows.
    group
        Shape ``(clients,)``: of a group one only is visited, so its members are no neighbours; negative is none.
    allowed
        Shape ``(clients, types)``: who may be served by what; whom no vehicle type may serve both are no neighbours.
    timed
        Whether waiting and lateness count.
    most
        Length of a list.

    Returns
    -------
    Array of shape ``(clients, min(most, clients - 1))``; who has fewer neighbours is put in its own list for the rest.
    """
    n = len(location)
    size = max(0, min(most, n - 1))
    lists = np.empty((n, size), dtype=np.int32)
    value = np.empty(size + 1, dtype=np.float64)
    other = np.empty(size + 1, dtype=np.int32)
    for i in range(n):
        filled = 0
        a = location[i]
        for j in range(n):
            if i == j or size == 0 or (group[i] >= 0 and group[i] == group[j]):
                continue
            if not _share_type(allowed, i, j):
                continue
            b = location[j]
            closeness = float(min(length[a, b], length[b, a]))
            if timed:
                forth = _time_loss(early[i], late[i], service[i] + duration[a, b], early[j], late[j])
                back = _time_loss(early[j], late[j], service[j] + duration[b, a], early[i], late[i])
                closeness = min(length[a, b] + forth, length[b, a] + back)
            if filled == size and closeness >= value[filled - 1]:
                continue
            k = filled if filled < size else size - 1
            while k > 0 and value[k - 1] > closeness:
                value[k] = value[k - 1]
                other[k] = other[k - 1]
                k -= 1
            value[k] = closeness
            other[k] = j
            if filled < size:
                filled += 1
        for k in range(size):
            lists[i, k] = other[k] if k < filled else i
    return lists


@inner
def _share_type(allowed, i, j):
    for k in range(allowed.shape[1]):  # noqa: SIM110  # numba has no any()
        if allowed[i, k] and allowed[j, k]:
            return True
    return False


@inner
def _time_loss(early_a, late_a, leg, early_b, late_b):
    waiting = max(0, early_b - leg - late_a)
    lateness = max(0, early_a + leg - late_b)
    return WAITING_WEIGHT * waiting + LATENESS_WEIGHT * lateness

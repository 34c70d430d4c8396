"""Times along a route: windows, waiting, and time segments that are joined.

Segments are joined as in Vidal et al., "A unified solution framework for multi-attribute vehicle routing problems"
(2014), section 4.
"""

from __future__ import annotations

from solver.problem import UNLIMITED
from solver.search.clock import arrival, latest_departure
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.state import LATEST, PRE_DURATION, PRE_EARLY, PRE_LATE, READY, SUF_DURATION, SUF_EARLY, SUF_LATE

NEVER = -UNLIMITED
"""A latest time that nothing can meet."""


@inner
def hours_of(data, c, k):
    """Row of a client's windows as a vehicle type finds them."""
    return c + data.hours[k] if on(data.rich) else c


@inner
def service_start(data, row, arrival):
    """Earliest start of service on or after an arrival; past the last window, `UNLIMITED` times two."""
    for w in range(data.windows.shape[1]):
        if arrival <= data.windows[row, w, 1]:
            return max(arrival, data.windows[row, w, 0])
    return 2 * UNLIMITED


@inner
def latest_start(data, row, bound):
    """Latest start of service at or before a bound; before the first window, `NEVER`."""
    best = NEVER
    for w in range(data.windows.shape[1]):
        if data.windows[row, w, 0] <= bound:
            best = min(data.windows[row, w, 1], bound)
    return best


@inner
def join(duration_a, early_a, late_a, leg, duration_b, early_b, late_b):
    """Join two time segments without lateness: (duration, earliest, latest start) of a then b."""
    reach = duration_a + leg
    waiting = max(early_b - reach - late_a, 0)
    return duration_a + leg + duration_b + waiting, max(early_b - reach, early_a) - waiting, min(late_b - reach, late_a)


@inner
def prefix_time(data, state, u, v, k):
    """Set the times up to ``v`` from those up to ``u``; return whether that changed them."""
    n = data.n
    before, here = state.time[u], state.time[v]
    leg = state.ride[u]
    ready = before[READY] + leg
    if on(data.whole) and data.hourly:
        ready = arrival(data, k, u, v, before[READY])
    served, early, late = 0, 0, data.back_until[k]
    if v < n:
        row = hours_of(data, v, k)
        served, early, late = data.service[v, k], data.windows[row, 0, 0], data.windows[row, -1, 1]
        ready = service_start(data, row, ready) + served
    changed = here[READY] != ready
    here[READY] = ready
    if not on(data.rich) or not (data.duration_matters[k] or (on(data.whole) and data.released)):
        return changed
    duration, early, late = join(before[PRE_DURATION], before[PRE_EARLY], before[PRE_LATE], leg, served, early, late)
    changed = changed or here[PRE_DURATION] != duration or here[PRE_EARLY] != early or here[PRE_LATE] != late
    here[PRE_DURATION], here[PRE_EARLY], here[PRE_LATE] = duration, early, late
    return changed or on(data.whole)


@inner
def suffix_time(data, state, u, v, k):
    """Set the times from ``u`` on from those from ``v`` on; return whether that changed them."""
    n = data.n
    behind, here = state.time[v], state.time[u]
    leg = state.ride[u]
    bound = behind[LATEST] - leg
    if on(data.whole) and data.hourly:
        bound = latest_departure(data, k, u, v, behind[LATEST])
    served, early, late = 0, data.leave_from[k], data.leave_until[k]
    if u < n:
        row = hours_of(data, u, k)
        served, early, late = data.service[u, k], data.windows[row, 0, 0], data.windows[row, -1, 1]
        bound = latest_start(data, row, bound - served)
    bound = min(bound, late)
    changed = here[LATEST] != bound
    here[LATEST] = bound
    if not on(data.rich) or not data.duration_matters[k]:
        return changed
    duration, early, late = join(served, early, late, leg, behind[SUF_DURATION], behind[SUF_EARLY], behind[SUF_LATE])
    changed = changed or here[SUF_DURATION] != duration or here[SUF_EARLY] != early or here[SUF_LATE] != late
    here[SUF_DURATION], here[SUF_EARLY], here[SUF_LATE] = duration, early, late
    return changed or on(data.whole)

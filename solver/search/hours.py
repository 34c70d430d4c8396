"""Time windows as the kernels read them: a block of rows for each window profile, and a type knows where its begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import UNLIMITED, Problem

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Hours:
    """Who may be served when.

    Parameters
    ----------
    windows
        Shape ``(window profiles * clients, windows, 2)``, those of driven clients without an end: being late there is
        history.
    first
        Shape ``(types,)``, row of the first client's windows as a type finds them.
    early, late
        Shape ``(clients,)``: outside of these no vehicle type that may serve a client can begin to.
    """

    windows: Ints
    first: Ints
    early: Ints
    late: Ints

    @property
    def differ(self) -> bool:
        """Whether vehicle types find different windows."""
        return len(self.windows) > len(self.early)


def hours_of(problem: Problem, allowed: NDArray[np.bool_]) -> Hours:
    """Lay out the time windows of a problem.

    Parameters
    ----------
    problem
        Any problem.
    allowed
        Shape ``(clients, types)``, who may serve whom.
    """
    windows = np.array(problem.clients.windows)
    windows[problem.locks.driven, :, -1, 1] = UNLIMITED
    n, _, most, _ = windows.shape
    rows = np.ascontiguousarray(windows.transpose(1, 0, 2, 3)).reshape(-1, most, 2)
    first = n * problem.vehicles.window_profile
    return Hours(rows, first, *hull_of(rows, first, allowed))


def hull_of(windows: Ints, first: Ints, allowed: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the first opening and the last closing for those who may serve each client, or for all where nobody may.

    Parameters
    ----------
    windows, first
        As in `Hours`.
    allowed
        Shape ``(clients, types)``.

    Returns
    -------
    tuple
        Two arrays of shape ``(clients,)``, seconds.
    """
    n = len(allowed)
    if len(windows) == n:
        return np.ascontiguousarray(windows[:, 0, 0]), np.ascontiguousarray(windows[:, -1, 1])
    rows = np.arange(n)[:, None] + first
    someone = allowed | ~allowed.any(axis=1, keepdims=True)
    early = np.where(someone, windows[rows, 0, 0], UNLIMITED).min(axis=1)
    late = np.where(someone, windows[rows, -1, 1], 0).max(axis=1)
    return early, late

"""What the line beside Solve says while a solve runs: what is known, and no more than that."""

from __future__ import annotations

from app.jobs.solve_run import SolveState
from app.language import tr

LOADING = 5.0
"""Seconds that loading the engine takes at most when its kernels have been compiled before."""

WIDEST = tr("{elapsed}, {time} left", elapsed="0:00:00", time="0:00:00")
"""As wide as what is said while routes are there, unless a solve may take ten hours."""


def progress_words(state: SolveState, *, warm: bool, waited: float, elapsed: float, budget: float) -> str:
    """Return what goes on.

    Parameters
    ----------
    state
        Where the solve is.
    warm
        Whether the engine is ready for work.
    waited
        Seconds since the solve was asked for.
    elapsed, budget
        Seconds of search so far, and in all.
    """
    match state:
        case SolveState.IDLE:
            return ""
        case SolveState.PREPARING if warm:
            return tr("Preparing…")
        case SolveState.PREPARING if waited < LOADING:
            return tr("Loading the solver…")
        case SolveState.PREPARING:
            return tr("Building the solver for this computer, once. This takes minutes…")
        case SolveState.STOPPING:
            return tr("Stopping…")
        case _ if elapsed >= budget:
            return tr("Time is up. Finishing…")
        case _:
            return tr("{elapsed}, {time} left", elapsed=_time(elapsed, budget), time=_time(budget - elapsed, budget))


def _time(seconds: float, budget: float) -> str:
    """Write a time as exactly as it matters in a budget, so that the words do not change their width on the way."""
    if budget < 60:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    minutes, hours = whole // 60, whole // 3600
    if budget < 3600:
        return f"{minutes}:{whole % 60:02}"
    return f"{hours}:{minutes % 60:02}:{whole % 60:02}"

"""Random problems that use everything a `Problem` can state, small enough for the plain check."""

from __future__ import annotations

import numpy as np

from solver.problem import Problem, make_problem

FEATURES = ("plain", "timed", "rich")


def random_problem(seed: int, features: str = "rich", clients: int | None = None, window_number: int = 1) -> Problem:
    """Return a problem for one of the three builds of the kernels.

    Parameters
    ----------
    features
        ``plain``: one delivery load and several vehicle types. ``timed``: windows, shifts and depot hours too.
        ``rich``: everything; distances keep no triangle inequality.
    clients
        How many; 1 to 25 when not given.
    window_number
        Windows per client.
    """
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 26)) if clients is None else clients
    depots, types = int(rng.integers(1, 3)), int(rng.integers(1, 4))
    size = depots + n
    points = rng.integers(0, 100, (size, 2))
    straight = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))).astype(np.int64)
    base: dict[str, object] = {
        "depot_location": np.arange(depots),
        "client_location": np.arange(depots, size),
        "coordinates": points,
        "required": rng.random(n) < 0.8,
        "prize": rng.integers(0, 100, n),
        "count": rng.integers(0, 5, types),
        "start_depot": rng.integers(0, depots, types),
        "end_depot": rng.integers(-1, depots, types),
        "fixed_cost": rng.integers(0, 50, types),
        "distance_cost": rng.random(types) * 2,
    }
    if features != "plain":
        cuts = np.sort(rng.integers(0, 500, (n, 2 * window_number)), axis=1) + np.arange(2 * window_number)
        base |= {
            "windows": cuts.reshape(n, window_number, 2),
            "service": rng.integers(0, 10, (n, types)),
            "depot_opening": rng.integers(0, 30, depots),
            "depot_closing": rng.integers(400, 800, depots),
            "shift_start": rng.integers(0, 50, types),
            "shift_end": rng.integers(300, 700, types),
        }
    if features != "rich":
        load = {"delivery": rng.integers(0, 10, n), "capacity": rng.integers(10, 60, types)}
        return make_problem(distance=straight, **base, **load)  # type: ignore[arg-type]
    profiles, dims = int(rng.integers(1, 3)), int(rng.integers(1, 3))

    def matrices() -> np.ndarray:
        wild = straight + rng.integers(0, 15, (profiles, size, size))
        wild[:, np.arange(size), np.arange(size)] = 0
        return wild

    return make_problem(
        distance=matrices(),
        duration=matrices(),
        delivery=rng.integers(0, 10, (n, dims)),
        pickup=rng.integers(0, 10, (n, dims)) * int(rng.random() < 0.6),
        allowed=rng.random((n, types)) < 0.85,
        preference=rng.integers(0, 10, (n, types)),
        capacity=rng.integers(15, 60, (types, dims)),
        duration_cost=rng.random(types) * (rng.random(types) < 0.6),
        max_distance=rng.integers(100, 500, types),
        max_duration=rng.integers(100, 600, types),
        max_stops=rng.integers(1, 12, types),
        profile=rng.integers(0, profiles, types),
        **base,  # type: ignore[arg-type]
    )

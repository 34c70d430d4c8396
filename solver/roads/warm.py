"""Has the kernels of roads compiled in a process of its own: it takes ten seconds and lets no thread run."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from pathlib import Path
from threading import Lock

import numpy as np

from solver.kernel_cache import VARIABLE, use_kernel_cache
from solver.roads.modes import BUILT_IN
from solver.roads.network import Network

_lock = Lock()


def warm_up() -> None:
    """Compile all kernels, or load them where they are kept: travel on a street, and to one that does not lead on."""
    use_kernel_cache()
    from solver.roads.router import Router

    router = Router(_streets(), BUILT_IN["car"])
    places = [[0.0, 0.0], [0.0, 0.0015], [0.0, 0.003]]
    matrix = router.matrix(places)
    router.extended(matrix, [*places, [0.0, 0.0002]])
    router.durations(places, np.ones((1, 15)))
    router.ways(places[:2], places[1:])
    router.cut_off(places)
    kept = _mark()
    if kept is not None:
        kept.touch()


def compile_aside() -> None:
    """Have the kernels compiled elsewhere and wait for it, unless they are kept already or cannot be kept."""
    use_kernel_cache()
    with _lock:
        kept = _mark()
        if kept is None or kept.exists() or multiprocessing.current_process().daemon:
            return
        process = multiprocessing.get_context("spawn").Process(target=warm_up, name="compile roads")
        process.start()
        process.join()
        process.close()


def _mark() -> Path | None:
    """Return the file that is there once the kernels are kept; None where there is no folder for them."""
    folder = os.environ.get(VARIABLE)
    if folder is None:
        return None
    source = Path(__file__).with_name("kernels.py")
    # Numba keeps them by where their source lies, too.
    digest = hashlib.sha256(source.read_bytes() + str(source).encode()).hexdigest()[:12]
    return Path(folder) / f"roads-{digest}.kept"


def _streets() -> Network:
    """Return three streets in a row, the last of which one cannot leave."""
    place = np.array([[0, 0], [0, 10_000], [0, 20_000], [0, 30_000]], dtype=np.int32)  # a hundred metres or so each
    ends = np.array([[0, 1], [1, 2], [2, 3]], dtype=np.int32)
    none = np.zeros(3, dtype=np.uint16)
    return Network(
        node_place=place,
        segment_node=ends,
        segment_way=np.arange(3, dtype=np.int32),
        segment_length=np.full(3, 1112, dtype=np.int32),
        segment_shape=np.arange(0, 7, 2, dtype=np.int32),
        shape=place[ends].reshape(-1, 2),
        access=np.array([[1, 1], [1, 1], [1, 0]], dtype=np.uint8),
        restricted=np.zeros(3, dtype=np.uint8),
        signals=np.zeros((3, 2), dtype=np.uint8),
        way_class=np.full(3, 6, dtype=np.uint8),
        way_surface=np.zeros(3, dtype=np.uint8),
        way_speed=np.zeros((3, 2), dtype=np.uint16),
        way_height=none,
        way_width=none,
        way_length=none,
        way_weight=none,
        way_hazmat=none.astype(np.bool_),
        way_name=np.full(3, -1, dtype=np.int32),
        way_id=np.arange(3),
        turn=np.empty((0, 2), dtype=np.int32),
        turn_modes=np.empty(0, dtype=np.uint8),
        address_place=np.empty((0, 2), dtype=np.int32),
        address_text=np.empty((0, 4), dtype=np.int32),
    )

"""Has the kernels of roads compiled in a process of its own: it takes ten seconds and lets no thread run."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from pathlib import Path
from threading import Lock

from solver.kernel_cache import VARIABLE, shipped_kernels, use_kernel_cache

_lock = Lock()


def compile_here() -> None:
    """Compile all kernels, or load them where they are kept, and write down that they are."""
    use_kernel_cache()
    from solver.roads.warming import warm_roads

    warm_roads()
    kept = _mark()
    if kept is not None:
        kept.touch()


def compile_aside() -> None:
    """Have the kernels compiled elsewhere and wait for it, unless they are kept already or cannot be kept."""
    use_kernel_cache()
    if shipped_kernels() is not None:
        return
    with _lock:
        kept = _mark()
        if kept is None or kept.exists() or multiprocessing.current_process().daemon:
            return
        process = multiprocessing.get_context("spawn").Process(target=compile_here, name="compile roads")
        process.start()
        process.join()
        process.close()


def _mark() -> Path | None:
    """Return the file that is there once the kernels are kept; None where there is no folder for them."""
    folder = os.environ.get(VARIABLE)
    if folder is None:
        return None
    digest = hashlib.sha256(Path(__file__).with_name("kernels.py").read_bytes()).hexdigest()[:12]
    return Path(folder) / f"roads-{digest}.kept"

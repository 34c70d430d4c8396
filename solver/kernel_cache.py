"""Where compiled kernels are kept between runs, so that only the first run of a version compiles them.

Numba looks at ``NUMBA_CACHE_DIR`` when it is imported: call `use_kernel_cache` before anything imports it.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import platform
import shutil
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import platformdirs

VARIABLE = "NUMBA_CACHE_DIR"


def use_kernel_cache() -> Path | None:
    """Point numba at a folder of this user and this version, and return it.

    A folder that is named already is respected. Where no folder of the user can be written, kernels go to a private
    temporary one, which is removed at exit; where that fails too, numba is left to its own ways.

    Returns
    -------
    Path or None
        The folder; None when there is none.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    folder = _writable(platformdirs.user_cache_path("routewright", appauthor=False) / "kernels" / _edition())
    if folder is None:
        try:
            folder = Path(tempfile.mkdtemp(prefix="routewright-kernels-"))
        except OSError:
            return None
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[VARIABLE] = str(folder)
    return folder


def announce_compilation() -> None:
    """Say on standard error that kernels are about to be compiled, if none are kept: it takes minutes."""
    folder = os.environ.get(VARIABLE)
    if folder is None or next(Path(folder).rglob("*.nbi"), None) is None:
        print("Compiling the search kernels. This takes a minute or two and happens once.", file=sys.stderr, flush=True)


def _edition() -> str:
    """Name what compiled code depends on: this program's kernels, numba, numpy, Python and the processor."""
    parts = [f"{name}-{_version(name)}" for name in ("routewright", "numba", "numpy")]
    return "_".join([*parts, f"python-{platform.python_version()}", platform.machine() or "any", _kernels()])


def _kernels() -> str:
    """Digest of all kernels. Numba looks only at the file of the kernel it loads, not at those compiled into it."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    named = ("problem/limits.py", "problem/hours.py", "policy/layout.py", "policy/kernel.py")
    constants = [here / name for name in named]
    # What is plain Python in these two rooms may change without a word to the compiler.
    mixed = [*here.glob("genetic/*.py"), *here.glob("policy/*.py")]
    kernels = [path for path in mixed if any(mark in path.read_bytes() for mark in (b"@kernel", b"@inner"))]
    for source in sorted([*here.glob("search/*.py"), *kernels, *constants]):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "source"


def _writable(folder: Path) -> Path | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None

"""Where compiled kernels are kept between runs, so that only the first run of a version compiles them.

An installed program brings them along, compiled for a kind of processor that most computers have; on others they are
compiled as in a checkout. Numba looks at its variables when it is imported: call `use_kernel_cache` before that.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import platformdirs

VARIABLE = "NUMBA_CACHE_DIR"

PROCESSOR, FEATURES = "NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES"
"""What kernels are compiled for; for this very processor unless named."""

_SHIPPED = Path(__file__).parent / "compiled"
"""What an installed program brings along: a folder for each kind of processor."""

_NEEDED = {
    "x86-64-v3": ["avx2", "bmi", "bmi2", "cx16", "f16c", "fma", "lzcnt", "movbe", "popcnt", "sse4.2", "ssse3", "xsave"],
    "apple-m1": [],
    "generic": [],
}
"""Kinds of processors, the best first, and what each must be able to do (x86-64 psABI, microarchitecture levels).

Kernels come for kinds of one family only, and every processor of Apple's can do what its first could."""


def use_kernel_cache() -> Path | None:
    """Point numba at a folder of this user and this version, and return it.

    A folder that is named already is respected. Where no folder of the user can be written, kernels go to a private
    temporary one, which is removed at exit; where that fails too, none is kept.

    Returns
    -------
    Path or None
        The folder; None when there is none.
    """
    _use_shipped()
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    folder = _writable(kernels_folder() / kernel_edition())
    if folder is None:
        try:
            folder = Path(tempfile.mkdtemp(prefix="routewright-kernels-"))
        except OSError:
            return None
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[VARIABLE] = str(folder)
    return folder


def kernels_folder() -> Path:
    """Return the folder of all editions of kernels that were compiled for this user."""
    return platformdirs.user_cache_path("routewright", appauthor=False) / "kernels"


def shipped_kernels() -> Path | None:
    """Return the folder of the kernels that came with this program for what is compiled for; None if there is none."""
    folder = _SHIPPED / os.environ.get(PROCESSOR, "")
    return folder if os.environ.get(PROCESSOR) and folder.is_dir() else None


def announce_compilation() -> None:
    """Say on standard error that kernels are about to be compiled, if none are kept: it takes minutes."""
    folder = os.environ.get(VARIABLE)
    if shipped_kernels() is None and (folder is None or next(Path(folder).rglob("*.nbi"), None) is None):
        print("Compiling the search kernels. This takes some minutes and happens once.", file=sys.stderr, flush=True)


def _use_shipped() -> None:
    """Have numba compile for the best kind of processor that kernels came for and that this one is one of."""
    if PROCESSOR in os.environ or not _SHIPPED.is_dir():
        return
    for kind, needed in _NEEDED.items():
        if (_SHIPPED / kind).is_dir() and (not needed or _is_able(needed)):
            os.environ[PROCESSOR] = kind
            os.environ[FEATURES] = ""  # those of the kind, not this processor's
            return


def _is_able(needed: Sequence[str]) -> bool:
    from llvmlite.binding import get_host_cpu_features  # loads LLVM, which whoever uses kernels does anyway

    able = get_host_cpu_features()
    return all(able.get(one, False) for one in needed)


def kernel_edition() -> str:
    """Name what compiled code depends on: this program's kernels, numba, numpy, Python and the processor."""
    parts = [f"{name}-{_version(name)}" for name in ("routewright", "numba", "numpy")]
    return "_".join([*parts, f"python-{platform.python_version()}", platform.machine() or "any", _kernels()])


def _kernels() -> str:
    """Digest of all kernels. Numba looks only at the file of the kernel it loads, not at those compiled into it."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    named = ("compiling.py", "problem/limits.py", "problem/hours.py", "policy/layout.py", "policy/kernel.py")
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
            os.utime(folder)  # `solver.kernel_shelf` wants to know when it was used
            return folder
    except OSError:
        return None

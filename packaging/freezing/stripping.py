"""Takes out of libraries what only a debugger reads: three quarters of Python's, a tenth of LLVM's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_LARGE = ("libpython*", "libtorch_python.so", "libllvmlite.so")
"""Those where it saves megabytes and may be done: libtorch_cpu has Intel's MKL in it, which is handed on unmodified,
and what is under the LGPL stays as it was published."""


def strip_symbols(tree: Path) -> None:
    """Strip the large libraries of a tree; on Windows there is nothing in them, on macOS it would undo signatures."""
    if sys.platform != "linux":
        return
    for pattern in _LARGE:
        for library in tree.rglob(pattern):
            if not library.is_symlink():
                subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)

"""Compiles the kernels ahead, for kinds of processors rather than for this one, so that no user waits for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from solver.compiling import folder_name
from solver.kernel_cache import FEATURES, PROCESSOR, VARIABLE, kernel_edition


def compile_kernels(root: Path, kind: str, shelves: Path) -> Path:
    """Compile the kernels, or find them compiled, and return the folder that keeps them.

    Parameters
    ----------
    root
        Of the sources.
    kind
        Of processor, as in ``x86-64-v3``.
    shelves
        Folder that keeps what was compiled, from build to build.
    """
    shelf = shelves / kind / kernel_edition()
    complete = shelf / "complete"
    if not complete.exists():
        variables = {PROCESSOR: kind, FEATURES: "", VARIABLE: str(shelf)}
        subprocess.run([sys.executable, "-m", "solver", "warm"], cwd=root, env=os.environ | variables, check=True)
        complete.touch()
    return shelf


def lay_out(root: Path, shelf: Path, to: Path) -> None:
    """Copy what runs; what is wanted for compiling only stays where it is.

    Parameters
    ----------
    root
        Of the sources.
    shelf
        As filled by `compile_kernels`.
    to
        Folder that is not there yet.
    """
    to.mkdir(parents=True)
    for source in sorted((root / "solver").rglob("*.py")):
        module = ".".join(source.relative_to(root).with_suffix("").parts)
        kept = shelf / folder_name(module, source)
        if kept.is_dir():
            shutil.copytree(kept, to / kept.name)

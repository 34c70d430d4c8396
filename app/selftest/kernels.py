"""Which kernels a self-test used: those that came with the program, or others that had to be compiled."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from solver.kernel_cache import VARIABLE, shipped_kernels


class KernelWatch:
    """Counts the kernels that the user's folder gets: every process keeps there what it had to compile."""

    def __init__(self) -> None:
        folder = os.environ.get(VARIABLE)
        self._folder = Path(folder) if folder else None
        self._before = self._count()

    def told(self) -> Mapping[str, Any]:
        """Return where kernels are, how many the user had before, and how many were compiled since, as JSON has it."""
        shipped = shipped_kernels()
        return {
            "shipped": None if shipped is None else str(shipped),
            "folder": None if self._folder is None else str(self._folder),
            "kept": self._before,
            "compiled": self._count() - self._before,
        }

    def _count(self) -> int:
        return 0 if self._folder is None else sum(1 for _ in self._folder.rglob("*.nbc"))

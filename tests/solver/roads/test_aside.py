"""Kernels are compiled once, in a process of their own, and known to be kept."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from solver.kernel_cache import VARIABLE
from solver.roads import aside, kernels


class FakeContext:
    """Stands for multiprocessing: runs the work at once."""

    def __init__(self) -> None:
        self.started = 0

    def Process(self, target: object, name: str) -> FakeContext:
        self.target = target
        return self

    def start(self) -> None:
        self.started += 1
        self.target()

    def join(self) -> None: ...

    def close(self) -> None: ...


def test_all_kernels_are_compiled_and_that_is_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))  # numba has read it long ago and keeps its folder
    context = FakeContext()
    monkeypatch.setattr(multiprocessing, "get_context", lambda method: context)
    aside.compile_aside()
    aside.compile_aside()
    assert context.started == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".kept"]
    assert all(counts().values())


def counts() -> dict[str, int]:
    """Return for how many kinds of arguments each kernel is compiled that Python calls."""
    return {
        name: len(one.signatures)
        for name, one in vars(kernels).items()
        if hasattr(one, "signatures") and not name.startswith("_")
    }


def test_where_nothing_can_be_kept_nothing_is_compiled_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "use_kernel_cache", lambda: None)
    monkeypatch.delenv(VARIABLE)
    context = FakeContext()
    monkeypatch.setattr(multiprocessing, "get_context", lambda method: context)
    aside.compile_aside()
    assert context.started == 0

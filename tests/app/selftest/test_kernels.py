"""The report says whether kernels came with the program or had to be compiled."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.selftest import kernels
from app.selftest.kernels import KernelWatch
from solver.kernel_cache import VARIABLE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    monkeypatch.setattr(kernels, "shipped_kernels", lambda: None)
    return tmp_path


def test_what_is_compiled_meanwhile_is_told_from_what_was_kept(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / f"{name}.nbc").touch()
    watch = KernelWatch()
    (folder / "inner").mkdir()
    (folder / "inner" / "three.nbc").touch()
    (folder / "index.nbi").touch()
    assert watch.told() == {"shipped": None, "folder": str(folder), "kept": 2, "compiled": 1}


def test_what_came_with_the_program_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "shipped_kernels", lambda: folder / "compiled")
    told = KernelWatch().told()
    assert (told["shipped"], told["kept"], told["compiled"]) == (str(folder / "compiled"), 0, 0)


def test_there_may_be_no_folder_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    assert KernelWatch().told() == {"shipped": None, "folder": None, "kept": 0, "compiled": 0}

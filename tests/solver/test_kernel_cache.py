"""Where compiled kernels are kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from solver import kernel_cache
from solver.kernel_cache import VARIABLE, announce_compilation, use_kernel_cache


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, "")  # so that it is put back at the end
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name, appauthor: tmp_path / "cache" / name)


def test_it_is_a_folder_of_this_user_and_this_version(tmp_path: Path) -> None:
    folder = use_kernel_cache()
    assert folder is not None
    assert folder.is_dir()
    assert folder.is_relative_to(tmp_path / "cache" / "routewright" / "kernels")
    assert "numba-" in folder.name
    assert os.environ[VARIABLE] == str(folder)
    assert use_kernel_cache() == folder


def test_a_folder_that_is_named_already_is_respected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "mine"))
    assert use_kernel_cache() == tmp_path / "mine"
    assert not (tmp_path / "cache").exists()


def test_where_nothing_can_be_written_a_temporary_folder_will_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cache").write_text("a file is in the way")
    monkeypatch.setattr(kernel_cache.atexit, "register", lambda *_, **__: None)
    monkeypatch.setattr(kernel_cache.tempfile, "tempdir", str(tmp_path))
    folder = use_kernel_cache()
    assert folder is not None
    assert folder.is_dir()
    assert folder.parent == tmp_path
    assert capfd.readouterr() == ("", "")

    def refuse(prefix: str) -> str:
        raise OSError("no room")

    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.setattr(kernel_cache.tempfile, "mkdtemp", refuse)
    assert use_kernel_cache() is None
    assert os.environ[VARIABLE] == ""


def test_numba_is_not_imported_before_the_cache_is_set() -> None:
    """An instance that is missing is refused without waiting for numba, and numba finds the cache set."""
    code = (
        "import sys, solver.__main__, solver.kernel_cache; sys.exit('numba' in sys.modules or 'PySide6' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_compilation_is_announced_only_while_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    announce_compilation()
    assert "once" in capsys.readouterr().err
    (tmp_path / "search_1").mkdir()
    (tmp_path / "search_1" / "annealing.nbi").touch()
    announce_compilation()
    assert capsys.readouterr().err == ""


def test_the_folder_is_another_when_a_kernel_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for part in ("search", "genetic", "policy", "problem"):
        (tmp_path / part).mkdir()
    for constants in ("compiling.py", "problem/limits.py", "problem/hours.py", "policy/layout.py", "policy/kernel.py"):
        (tmp_path / constants).write_text("OPEN = -1")
    crossover, loop = tmp_path / "genetic" / "crossover.py", tmp_path / "genetic" / "evolution.py"
    crossover.write_text("@kernel\ndef cross(): pass")
    loop.write_text("ROUNDS = 1")
    source = tmp_path / "search" / "ruin.py"
    source.write_text("MEAN_REMOVED = 10.0")
    monkeypatch.setattr(kernel_cache, "__file__", str(tmp_path / "kernel_cache.py"))
    before = kernel_cache._kernels()
    assert kernel_cache._kernels() == before
    source.write_text("MEAN_REMOVED = 11.0")
    assert kernel_cache._kernels() != before
    before = kernel_cache._kernels()
    loop.write_text("ROUNDS = 2")  # no kernel
    assert kernel_cache._kernels() == before
    crossover.write_text("@kernel\ndef cross(): return 1")
    assert kernel_cache._kernels() != before


@pytest.mark.parametrize(
    ("shipped", "able", "chosen"),
    [
        (["x86-64-v3"], True, "x86-64-v3"),
        (["x86-64-v3"], False, None),  # an older processor compiles for itself
        (["x86-64-v3", "generic"], False, "generic"),
        (["apple-m1"], False, "apple-m1"),  # asked of nobody: LLVM does not tell on every system
        ([], True, None),
    ],
)
def test_the_best_kernels_that_came_for_this_processor_are_used(
    shipped: list[str], able: bool, chosen: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for kind in shipped:
        (tmp_path / "compiled" / kind).mkdir(parents=True)
    for name in (kernel_cache.PROCESSOR, kernel_cache.FEATURES):
        monkeypatch.setenv(name, "")  # so that it is put back at the end
        monkeypatch.delenv(name)
    monkeypatch.setattr(kernel_cache, "_SHIPPED", tmp_path / "compiled")
    monkeypatch.setattr(kernel_cache, "_is_able", lambda _: able)
    use_kernel_cache()
    assert os.environ.get(kernel_cache.PROCESSOR) == chosen
    found = kernel_cache.shipped_kernels()
    assert found == (None if chosen is None else tmp_path / "compiled" / chosen)

"""Kernels are kept by what they are compiled from, on two shelves."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from solver import compiling, kernel_cache
from solver.compiling import COMPILED, INNER, KEPT, SHIPPED, tally
from solver.kernel_cache import PROCESSOR, VARIABLE

SOURCE = """
from solver.compiling import compiler

kernel, inner = compiler(), compiler(inner=True)


@inner
def doubled(number):
    return 2 * number


@kernel
def answer(number):
    return doubled(number) + 1
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty shelf of the user's own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own"))
    monkeypatch.setattr(kernel_cache, "_SHIPPED", tmp_path / "compiled")
    return tmp_path / "own"


def loaded(folder: Path, source: str = SOURCE) -> ModuleType:
    """Import the source from a folder, as a start of the program would."""
    folder.mkdir(exist_ok=True)
    path = folder / "arithmetic.py"
    path.write_text(source)
    compiling._digest.cache_clear()
    tally.clear()
    spec = importlib.util.spec_from_file_location("arithmetic", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["arithmetic"] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules["arithmetic"]
    return module


def test_what_one_checkout_compiles_every_other_one_of_the_same_sources_loads(own: Path, tmp_path: Path) -> None:
    assert loaded(tmp_path / "here").answer(20) == 41
    assert tally == {COMPILED: 2}
    assert loaded(tmp_path / "there").answer(20) == 41
    assert tally == {KEPT: 1}  # what it calls is within it
    loaded(tmp_path / "there").answer(2.5)
    assert tally == {COMPILED: 2}


def test_a_changed_source_is_compiled_and_the_other_one_stays(own: Path, tmp_path: Path) -> None:
    loaded(tmp_path / "here").answer(20)
    assert loaded(tmp_path / "here", SOURCE.replace("2 *", "3 *")).answer(20) == 61
    assert tally == {COMPILED: 2}
    assert loaded(tmp_path / "here").answer(20) == 41
    assert tally == {KEPT: 1}


def test_what_came_with_the_program_is_read_and_never_written(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(tmp_path / "here").answer(20)
    shipped = tmp_path / "compiled" / "generic"
    own.rename(shipped.parent.with_name("moved"))
    shipped.parent.mkdir()
    (tmp_path / "moved").rename(shipped)
    monkeypatch.setenv(PROCESSOR, "generic")
    before = Counter(shipped.rglob("*"))
    assert loaded(tmp_path / "here").answer(20) == 41
    assert tally == {SHIPPED: 1}
    loaded(tmp_path / "here").answer(2.5)
    assert tally[COMPILED] == 2
    assert Counter(shipped.rglob("*")) == before
    assert next((own / INNER).rglob("*.nbc"), None) is not None
    loaded(tmp_path / "here").answer(2.5)
    assert tally == {KEPT: 1}


def test_where_nothing_can_be_kept_kernels_work_all_the_same(
    own: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own.write_text("a file is in the way")
    assert loaded(tmp_path / "here").answer(20) == 41
    assert "could not be kept" in caplog.text


def test_no_folder_at_all_is_no_folder_in_the_present_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.chdir(tmp_path)
    assert loaded(tmp_path / "here").answer(20) == 41
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here"]


def test_a_damaged_file_is_compiled_anew(own: Path, tmp_path: Path) -> None:
    loaded(tmp_path / "here").answer(20)
    for path in own.rglob("*.nbc"):
        path.write_bytes(path.read_bytes()[:100])
    assert loaded(tmp_path / "here").answer(20) == 41
    assert tally == {COMPILED: 2}
    assert loaded(tmp_path / "here").answer(20) == 41
    assert tally == {KEPT: 1}

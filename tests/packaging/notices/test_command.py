"""The command writes both files, or neither and says why."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path

import pytest
import segno

command = importlib.import_module("notices.__main__")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    (folder / "_internal" / "segno").mkdir(parents=True)
    shutil.copy(str(segno.__file__), folder / "_internal" / "segno")
    return folder


def run(monkeypatch: pytest.MonkeyPatch, tree: Path, *options: str, faults: tuple[str, ...] = ()) -> tuple[int, Path]:
    out = tree.parent / "out"
    monkeypatch.setattr(command, "faults", lambda _: list(faults))  # the schema is not installed everywhere
    monkeypatch.setattr(sys, "argv", ["notices", str(tree), "--out", str(out), *options])
    return command.main(), out


def test_a_tree_of_known_parts_gets_both_files(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = run(monkeypatch, tree, "--version", "1.2.3")
    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == ["notices.txt", "routewright-1.2.3.cdx.json"]
    assert "segno" in (out / "notices.txt").read_text(encoding="utf-8")


def test_something_unknown_is_named_and_nothing_written(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / "_internal" / "libmystery.so").write_bytes(b"\x7fELF")
    code, out = run(monkeypatch, tree)
    assert (code, out.exists()) == (1, False)
    assert "_internal/libmystery.so" in capsys.readouterr().err


def test_a_bill_that_breaks_its_schema_is_not_written(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = run(monkeypatch, tree, faults=("it is no bill",))
    assert (code, out.exists()) == (1, False)
    assert "it is no bill" in capsys.readouterr().err


@pytest.mark.parametrize(("named", "code"), [("", 1), ("Ada, Harbour Street 1", 0)])
def test_a_release_needs_somebody_who_offers_the_sources(
    tree: Path, monkeypatch: pytest.MonkeyPatch, named: str, code: int
) -> None:
    monkeypatch.setattr(command, "DISTRIBUTOR", named)
    assert run(monkeypatch, tree, "--release")[0] == code
    assert run(monkeypatch, tree)[0] == 0


def test_the_version_is_that_of_the_checkout_and_the_time_can_be_set(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app import __version__

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    _, out = run(monkeypatch, tree)
    text = (out / f"routewright-{__version__}.cdx.json").read_text(encoding="utf-8")
    assert '"timestamp": "1970-01-01T00:00:00Z"' in text

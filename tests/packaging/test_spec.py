"""What PyInstaller is told on each system, with something that writes it down in PyInstaller's place."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Recorder:
    """Takes the place of what PyInstaller offers to a spec, and keeps what it was called with."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def named(self, name: str) -> Any:
        def call(*given: Any, **options: Any) -> Any:
            self.calls.append((name, given, options))
            return SimpleNamespace(name=name, pure=[], scripts=[("main", "main.py", "PYSOURCE")], binaries=[], datas=[])

        return call

    def options(self, name: str) -> list[dict[str, Any]]:
        return [options for called, _, options in self.calls if called == name]


def told(system: str, prepared: Path, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Run the spec as on a system."""
    recorder = Recorder()
    modules = {
        "PyInstaller.depend.bindepend": {"get_imports": lambda _: []},
        "PyInstaller.utils.hooks": {"collect_submodules": lambda name: [name], "copy_metadata": lambda _: []},
    }
    for name, content in modules.items():
        for part in ("PyInstaller", name.rpartition(".")[0], name):
            monkeypatch.setitem(sys.modules, part, ModuleType(part))
        sys.modules[name].__dict__.update(content)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "path", list(sys.path))
    source = (ROOT / "packaging" / "routewright.spec").read_text(encoding="utf-8")
    source = source.replace('PREPARED = ROOT / "build" / "prepared"', f"PREPARED = Path({str(prepared)!r})")
    offered = {name: recorder.named(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    exec(compile(source, "routewright.spec", "exec"), offered | {"SPECPATH": str(ROOT / "packaging")})  # noqa: S102
    return recorder


@pytest.mark.parametrize(
    ("system", "programs", "bundles"),
    [
        ("linux", {"routewright": True}, []),
        ("win32", {"routewright": False, "routewright-cli": True}, []),
        ("darwin", {"routewright": False}, ["Routewright.app"]),
    ],
)
def test_each_system_gets_its_programs(
    system: str, programs: dict[str, bool], bundles: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = told(system, tmp_path, monkeypatch)
    assert {options["name"]: options["console"] for options in recorder.options("EXE")} == programs
    assert [options["name"] for options in recorder.options("BUNDLE")] == bundles
    assert [options["name"] for options in recorder.options("COLLECT")] == ["routewright"]
    (analysis,) = recorder.options("Analysis")
    assert bool(analysis["runtime_hooks"]) == (system == "win32")
    assert all(Path(hook).is_file() for hook in analysis["runtime_hooks"])

"""What is frozen on each system, by what PyInstaller would be told there."""

from __future__ import annotations

import ctypes
import plistlib
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from freezing import systems


def test_linux_has_one_program_that_prints(tmp_path: Path) -> None:
    assert systems.executables("linux", "0.3.0", tmp_path) == [{"name": "routewright", "console": True}]
    assert systems.runtime_hooks("linux") == []


def test_windows_has_a_second_program_that_prints(tmp_path: Path) -> None:
    window, commands = systems.executables("win32", "0.3.0", tmp_path)
    assert (window["name"], window["console"]) == ("routewright", False)
    assert (commands["name"], commands["console"]) == ("routewright-cli", True)
    for program in (window, commands):
        assert f"{program['name']}.exe" in Path(program["version"]).read_text(encoding="utf-8")
        assert Path(program["icon"]).read_bytes().startswith(b"\0\0\1\0")


def test_windows_is_told_that_the_program_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    (hook,) = systems.runtime_hooks("win32")
    called = []
    library = SimpleNamespace(CreateMutexW=lambda *given: called.append(given))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=library), raising=False)
    runpy.run_path(hook)
    assert called == [(None, False, "Routewright.Running")]


def test_macos_has_an_application(tmp_path: Path) -> None:
    (program,) = systems.executables("darwin", "0.3.0", tmp_path)
    assert program == {"name": "routewright", "console": False, "target_arch": "arm64"}
    bundle = systems.application("0.3.0", tmp_path)
    assert Path(bundle["icon"]).read_bytes().startswith(b"icns")
    assert plistlib.loads(plistlib.dumps(bundle["info_plist"]))["CFBundleShortVersionString"] == "0.3.0"

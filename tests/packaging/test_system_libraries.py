"""What a tree takes from the system is read off its files."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from linux.system_libraries import is_optional, system_libraries

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("objdump") is None, reason="reads programs of Linux with objdump"
)


def test_only_what_the_tree_lacks_is_needed(tmp_path: Path) -> None:
    shutil.copy("/bin/sh", tmp_path / "program")
    needs = system_libraries(tmp_path)
    assert "libc.so.6" in needs.required
    assert not needs.optional
    assert tuple(map(int, needs.glibc.split("."))) > (2, 0)
    (tmp_path / "libc.so.6").touch()
    assert "libc.so.6" not in system_libraries(tmp_path).required


def test_what_only_a_plugin_needs_that_may_fail_is_optional(tmp_path: Path) -> None:
    plugin = tmp_path / "_internal/PySide6/Qt/plugins/platformthemes/libqgtk3.so"
    plugin.parent.mkdir(parents=True)
    shutil.copy("/bin/sh", plugin)
    needs = system_libraries(tmp_path)
    assert not needs.required
    assert "libc.so.6" in needs.optional


def test_a_window_needs_its_platform() -> None:
    assert not is_optional(Path("_internal/PySide6/Qt/plugins/platforms/libqxcb.so"))


def test_scripts_and_links_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "script").write_text("#!/bin/sh\n")
    (tmp_path / "link").symlink_to("/bin/sh")
    assert not system_libraries(tmp_path).required

"""The archive runs from any folder, says what is missing, and leaves a menu as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from portable.make_archive import make_archive
from tests.packaging.tree import NEEDS, make_tree

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dpkg") is None, reason="archives are made on Debian"
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    return make_archive(make_tree(folder), folder / "out", "0.2.0", NEEDS)


@pytest.fixture
def folder(archive: Path, tmp_path: Path) -> Path:
    """The unpacked archive, in a folder that somebody moved and renamed."""
    target = tmp_path / "Jörg Müller" / "$ein `Heim` 100%"
    target.mkdir(parents=True)
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")
    (only,) = target.iterdir()
    return only


def run(command: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(command), *arguments], check=False, capture_output=True, text=True, env=os.environ | environment
    )


def test_it_runs_from_any_folder_and_through_a_link(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "a link"
    link.symlink_to(folder / "run")
    assert run(link, "ein Tag.routewright", DISPLAY=":9").stdout == "ein Tag.routewright\n"


def test_a_missing_library_is_named_with_its_package(folder: Path, tmp_path: Path) -> None:
    """A linker that misses one stands in for a system that does."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "ldd").write_text("#!/bin/sh\nprintf '\\tlibxcb-cursor.so.0 => not found\\n'\n")
    (tools / "apt-get").write_text("#!/bin/sh\n")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    plugin = folder / "routewright/_internal/PySide6/Qt/plugins/platforms/libqxcb.so"
    plugin.parent.mkdir(parents=True)
    plugin.touch()
    (folder / "system-libraries.txt").write_text("libxcb-cursor.so.0 libxcb-cursor0\n")
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    window = run(folder / "run", DISPLAY=":9", PATH=path)
    assert window.returncode == 1
    assert "apt-get install libxcb-cursor0" in window.stderr
    for command in ("solve", "compare", "export", "explain", "train", "addon", "--selftest"):  # they open no window
        assert run(folder / "run", command, "day", PATH=path).stdout == f"{command}\nday\n"


def test_a_system_that_is_too_old_is_told_so(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "ldd").write_text('#!/bin/sh\necho "libc.so.6: version \\`GLIBC_2.36\' not found"\n')
    (tmp_path / "ldd").chmod(0o755)
    refused = run(folder / "run", "solve", PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert refused.returncode == 1
    assert "2.36" in refused.stderr


def test_the_menu_is_as_before_when_the_entry_was_taken_out(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    where = {"HOME": str(home), "XDG_DATA_HOME": ""}
    assert run(folder / "install-for-me", **where).returncode == 0
    assert run(folder / "install-for-me", **where).returncode == 0  # once more, as after a move
    assert (home / ".local/bin/routewright").resolve() == folder / "run"
    assert (home / ".local/share/icons/hicolor/64x64/apps/routewright.png").is_file()
    entry = (home / ".local/share/applications/routewright.desktop").read_text()
    assert "\nTryExec=" not in entry
    (command,) = [line for line in entry.splitlines() if line.startswith("Exec=")]
    escaped = str(folder / "run").replace("$", "\\\\$").replace("`", "\\\\`").replace("%", "%%")
    assert command == f'Exec="{escaped}" %f'
    assert run(folder / "install-for-me", "--remove", **where).returncode == 0
    assert not [path for path in home.rglob("*") if "routewright" in path.name]


def test_a_command_of_the_same_name_stays(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "home/.local/bin/routewright"
    other.parent.mkdir(parents=True)
    other.write_text("another\n")
    where = {"HOME": str(tmp_path / "home"), "XDG_DATA_HOME": ""}
    for arguments in ([], ["--remove"]):
        assert run(folder / "install-for-me", *arguments, **where).returncode == 0
        assert other.read_text() == "another\n"

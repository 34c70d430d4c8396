"""What a desktop is told of the program, and the picture that it shows."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage

from app.views.application import make_application
from desktop.icons import SIZES
from desktop.share import desktop_entry, mime_types, write_share
from file_types import FILE_TYPES


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    write_share(folder)
    return folder


def entry() -> dict[str, str]:
    return dict(line.split("=", 1) for line in desktop_entry().splitlines()[1:])


def test_the_entry_names_every_kind_of_file() -> None:
    assert entry()["MimeType"].split(";") == [*(kind.media_type for kind in FILE_TYPES), ""]


def test_windows_are_told_to_belong_to_the_entry(qtbot: object) -> None:
    app = make_application()
    assert app.desktopFileName() == entry()["StartupWMClass"] == "routewright"


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_entry_is_valid(share: Path) -> None:
    path = share / "applications/routewright.desktop"
    said = subprocess.run(["desktop-file-validate", str(path)], check=False, capture_output=True, text=True)
    assert said.stdout + said.stderr == ""


def test_kinds_of_files_are_known_by_suffix_in_two_languages() -> None:
    root = ElementTree.fromstring(mime_types(FILE_TYPES))
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    globs = {one.get("type"): one.find("m:glob", space).get("pattern") for one in root}  # type: ignore[union-attr]
    assert globs == {kind.media_type: f"*{kind.suffix}" for kind in FILE_TYPES}
    assert all(len(one.findall("m:comment", space)) == 2 for one in root)


def test_there_is_a_picture_of_each_size(share: Path) -> None:
    for size in SIZES:
        image = QImage(str(share / f"icons/hicolor/{size}x{size}/apps/routewright.png"))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(0, 0).alpha() < 128  # its corners are round
        assert image.pixelColor(size // 2, size // 8).alpha() == 255
    assert (share / "icons/hicolor/scalable/apps/routewright.svg").is_file()


def test_the_manual_names_every_command(share: Path) -> None:
    text = gzip.decompress((share / "man/man1/routewright.1.gz").read_bytes()).decode()
    for command in ("solve", "compare", "export", "explain", "train"):
        assert f".B {command}\n" in text

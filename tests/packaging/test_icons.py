"""The icons that are made of the drawing."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage, QImageReader

import rendering
from app.resources import resource
from macos.icon import icns_bytes
from windows.icon import SIZES, ico_bytes

DRAWING = resource("icons/routewright.svg")


def pictures(path: Path) -> list[QImage]:
    reader = QImageReader(str(path))
    assert reader.format().data().decode() == path.suffix[1:]
    found = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        found.append(reader.read())
    return found


def test_windows_gets_every_size_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "routewright.ico"
    path.write_bytes(ico_bytes(DRAWING))
    found = pictures(path)
    assert [picture.width() for picture in found] == list(SIZES)
    assert all(picture.pixelColor(picture.width() // 2, picture.height() // 8).alpha() == 255 for picture in found)


def test_macos_gets_every_size_in_one_file_with_room_around(tmp_path: Path) -> None:
    data = icns_bytes(DRAWING)
    assert struct.unpack(">4sI", data[:8]) == (b"icns", len(data))
    path = tmp_path / "routewright.icns"
    path.write_bytes(data)
    found = pictures(path)
    assert {picture.width() for picture in found} == {16, 32, 64, 128, 256, 512, 1024}
    largest = max(found, key=QImage.width)
    assert largest.pixelColor(512, 40).alpha() == 0
    assert largest.pixelColor(512, 110).alpha() == 255


def test_what_is_no_drawing_is_told(tmp_path: Path, qtlog: Any) -> None:
    broken = tmp_path / "broken.svg"
    broken.write_text("<svg", encoding="utf-8")
    with qtlog.disabled(), pytest.raises(ValueError, match=r"broken\.svg"):
        rendering.png(broken, 16)

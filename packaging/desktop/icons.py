"""Render the program's icon in the sizes that desktops ask for."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def write_icons(svg: Path, hicolor: Path) -> None:
    """Write the icon into a theme: the drawing itself, and a picture in each size.

    Parameters
    ----------
    svg
        The drawing.
    hicolor
        Folder of the theme that all others fall back to, made if it is not there.
    """
    for size in SIZES:
        folder = hicolor / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{svg.stem}.png"
        if not rendered(svg, size).save(str(path)):
            raise OSError(f"{path} cannot be written")
    scalable = hicolor / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(svg, scalable / svg.name)


def rendered(svg: Path, size: int) -> QImage:
    """Return a drawing as a square picture on nothing.

    Parameters
    ----------
    svg
        The drawing.
    size
        Pixels of a side.
    """
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg} is not a drawing that Qt can read")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        renderer.render(painter)
    finally:
        painter.end()
    return image

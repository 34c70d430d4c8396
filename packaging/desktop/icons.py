"""Render the program's icon in the sizes that desktops ask for."""

from __future__ import annotations

import shutil
from pathlib import Path

from rendering import rendered

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

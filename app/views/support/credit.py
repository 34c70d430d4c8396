"""In short, whose work the program stands on; in full that is in the notice of an installed program."""

from __future__ import annotations

from app.language import tr

LIBRARIES_OF_QT = tr(
    "Qt and PySide6 are used under the LGPL: their libraries are files of their own, which you may replace by others, "
    "and their sources are offered."
)

CREDIT = tr(
    "Qt through PySide6 (LGPL), pyqtgraph (MIT), NumPy (BSD), Numba (BSD), Shapely (BSD), segno (BSD), "
    "XlsxWriter (BSD). Map: Natural Earth, public domain."
)

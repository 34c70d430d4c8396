"""Where the window, its docks and its tables were when it was closed last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget

from app.map.text_scale import scaled
from app.views.actions import TABLE_NAMES
from app.views.comfort.text_size import at_most
from app.views.plan_dock import WIDTH

VERSION = 2
"""Raised when docks or bars change so much that a remembered layout would not fit."""

_LAYOUT = f"window/layout-{VERSION}"
"""A program of another version has a layout of its own, which waits for it here while this one is in use."""


BELOW, BESIDE, LEAST_BELOW = 0.29, 0.17, 270
"""Shares of the window that the docks take at first, and pixels that those below the map take at least."""


@contextmanager
def unarranged(window: QMainWindow) -> Iterator[None]:
    """Keep Qt from arranging a window while it is put together; it is arranged when it is shown.

    Making the bar of tabs of docks arranges the window, in the midst of which Qt makes that bar once more. It then
    forgets one of the two, which stays where it is, with tabs of docks that are closed, and shows through the docks.
    """
    layout = window.layout()
    assert layout is not None
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)


def share_docks(window: QMainWindow, below: QDockWidget, beside: QDockWidget) -> None:
    """Give the docks below and beside the map their share of a window, however large that is."""
    size = window.size()
    high, wide = max(scaled(LEAST_BELOW), BELOW * size.height()), max(scaled(WIDTH), BESIDE * size.width())
    window.resizeDocks([below], [at_most(round(high), size.height())], Qt.Orientation.Vertical)
    window.resizeDocks([beside], [at_most(round(wide), size.width())], Qt.Orientation.Horizontal)


def restore_layout(settings: QSettings, window: QMainWindow, tables: QTabWidget) -> bool:
    """Put everything where `remember_layout` found it, as far as the settings know.

    Returns
    -------
    bool
        Whether docks are where they were.
    """
    geometry, state = settings.value("window/geometry"), settings.value(_LAYOUT)
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    restored = isinstance(state, QByteArray) and window.restoreState(state, VERSION)
    tab = settings.value("window/table", "customers")
    tables.setCurrentIndex(TABLE_NAMES.index(tab) if tab in TABLE_NAMES else 0)
    return restored


def remember_layout(settings: QSettings, window: QMainWindow, tables: QTabWidget) -> None:
    """Write down where everything is."""
    settings.setValue("window/geometry", window.saveGeometry())
    settings.setValue(_LAYOUT, window.saveState(VERSION))
    settings.setValue("window/table", TABLE_NAMES[tables.currentIndex()])

"""Where the window, its docks and its tables were when it was closed last."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QTabWidget

from app.views.actions import TABLE_NAMES

VERSION = 2
"""Raised when docks or bars change so much that a remembered layout would not fit."""


def restore_layout(settings: QSettings, window: QMainWindow, tables: QTabWidget) -> bool:
    """Put everything where `remember_layout` found it, as far as the settings know.

    Returns
    -------
    bool
        Whether docks are where they were.
    """
    geometry, state = settings.value("window/geometry"), settings.value("window/state")
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    restored = isinstance(state, QByteArray) and window.restoreState(state, VERSION)
    tab = settings.value("window/table", "customers")
    tables.setCurrentIndex(TABLE_NAMES.index(tab) if tab in TABLE_NAMES else 0)
    return restored


def remember_layout(settings: QSettings, window: QMainWindow, tables: QTabWidget) -> None:
    """Write down where everything is."""
    settings.setValue("window/geometry", window.saveGeometry())
    settings.setValue("window/state", window.saveState(VERSION))
    settings.setValue("window/table", TABLE_NAMES[tables.currentIndex()])

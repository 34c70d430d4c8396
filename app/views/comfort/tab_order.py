"""The order in which the Tab key goes through the window: region by region from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def order_tab_keys(regions: Iterable[QWidget]) -> None:
    """Let the Tab key go through these regions one after the other, and within each in the order that it has now."""
    stops = [stop for region in regions for stop in tab_stops(region)]
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def tab_stops(region: QWidget) -> Iterator[QWidget]:
    """Return the widgets within a region that the Tab key stops at, shown or not, in the order of the Tab key."""
    first: QWidget = region.window()
    widget: QWidget | None = first
    while widget is not None:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes and (widget is region or region.isAncestorOf(widget)) and widget.window() is first:
            yield widget
        widget = widget.nextInFocusChain()
        if widget is first:
            return

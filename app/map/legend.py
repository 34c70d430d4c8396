"""What the colours and shapes of customers mean, in a corner of the map."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.language import tr
from app.map.customer_styles import left_out, marker_of
from app.map.marker_layer import Marker, pixmap_of
from app.map.text_scale import scaled, text_scale
from app.map.theme import MapTheme
from app.model.colouring import Colouring

NAME = tr("Legend of the customers' colours")
MARGIN = 10
"""Pixels to the edges of the map."""
ICON = 22
ROW = 22
WIDEST = 300
SHARE = 0.72
"""Of the map's height that the legend may take; it scrolls beyond."""


class Legend(QFrame):
    """A title and a row for each class; a row that is clicked or activated chooses its customers.

    Parameters
    ----------
    viewport
        Of the map.

    Signals
    -------
    chosen
        Place of a row.
    """

    chosen = Signal(int)

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.setObjectName("map_legend")
        self._theme: MapTheme | None = None
        self._placed: QSize | None = None  # the size of the map that it was laid out for
        self._title = QLabel()
        self._title.setObjectName("map_legend_title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.rows = QListWidget()
        self.rows.setObjectName("map_legend_rows")
        self.rows.setAccessibleName(tr("Legend of the map"))
        self.rows.setAccessibleDescription(tr("Enter or a click on a row selects its customers"))
        self.rows.setUniformItemSizes(True)
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setAccessibleName(NAME)
        self.rows.setAccessibleDescription(tr("Enter selects the customers of a row"))
        for chooses in (self.rows.itemClicked, self.rows.itemActivated):
            chooses.connect(lambda item: self.chosen.emit(self.rows.row(item)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 4, 6)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self.rows)
        self.hide()

    def show_colouring(self, colouring: Colouring | None, unserved: int, theme: MapTheme) -> None:
        """Explain a colouring, with a row for so many customers who are left out; None explains nothing."""
        if colouring is None:
            self.show_rows("", (), theme)
            return
        named = zip(colouring.classes, colouring.counts, strict=True)
        rows = [(f"{one.name}  ({count:,})", marker_of(one, theme)) for one, count in named]
        if unserved:
            rows.append((tr("Left out of the plan  ({number})", number=f"{unserved:,}"), left_out(theme)))
        self.show_rows(colouring.title, rows, theme)

    def show_rows(self, title: str, rows: Sequence[tuple[str, Marker]], theme: MapTheme) -> None:
        """Show these names and markers; none hide the legend."""
        self.setVisible(bool(rows))
        if not rows:
            return
        self._dress(theme)
        self._title.setText(title)
        self.rows.setAccessibleName(tr("Legend of the customers' colours: {title}", title=title))
        names = [name for name, _ in rows]
        if [self.rows.item(row).text() for row in range(self.rows.count())] != names:
            current = self.rows.currentRow()
            self.rows.clear()
            self.rows.addItems(names)
            self.rows.setCurrentRow(min(current, len(rows) - 1))
            self._placed = None
        ratio = self.devicePixelRatioF()
        for row, (name, marker) in enumerate(rows):
            item: QListWidgetItem = self.rows.item(row)
            picture = pixmap_of(marker, ICON, ratio * text_scale())
            picture.setDevicePixelRatio(ratio)
            item.setIcon(QIcon(picture))
            item.setToolTip(tr("<p>{name}<br>Click or Enter selects these customers.</p>", name=escape(name)))
        self.place()

    def place(self) -> None:
        """Go to the corner of a map that may have another size."""
        viewport = self.parentWidget()
        if viewport is None or not self.rows.count() or viewport.size() == self._placed:
            return
        self._placed = viewport.size()
        self.rows.setIconSize(QSize(scaled(ICON), scaled(ICON)))
        wide = max(self.rows.sizeHintForColumn(0) + 22, self._title.sizeHint().width() + 8)
        most = max(round(viewport.height() * SHARE) - self._title.sizeHint().height() - 18, 2 * ROW)
        height = self.rows.count() * max(self.rows.sizeHintForRow(0), scaled(ROW)) + 2
        self.rows.setFixedSize(min(wide, scaled(WIDEST)), min(height, most))
        self.adjustSize()
        self.move(max(viewport.width() - self.width() - MARGIN, 0), MARGIN)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._placed = None
            self.place()

    def _dress(self, theme: MapTheme) -> None:
        if theme is self._theme:
            return
        self._theme = theme
        self.setStyleSheet(
            f"#map_legend {{ background: {theme.halo}; border: 1px solid {theme.muted}; border-radius: 6px; }}"
            f"#map_legend QLabel {{ color: {theme.muted}; background: transparent; font-weight: 600; }}"
            f"#map_legend QListWidget {{ background: transparent; color: {theme.ink}; border: none; }}"
            f"#map_legend QListWidget:focus {{ border: 1px solid {theme.accent}; }}"
        )

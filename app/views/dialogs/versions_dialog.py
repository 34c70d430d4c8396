"""Earlier versions of the documents that were saved, and a look into each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.io.document import LoadedDocument, load_document
from app.io.versions import LATEST, Version
from app.jobs.background import BackgroundRunner
from app.jobs.newest import NewestOnly
from app.language import tr
from app.views.contents import moment, whole_contents
from app.views.theme import GAP, MARGIN


class VersionsDialog(QDialog):
    """Lists the versions of a document; the chosen one is read in the background and told in a line.

    Parameters
    ----------
    documents
        Those that have versions, at least one; the first is shown first.
    versions_of
        Returns the versions of one, the newest first.
    runner
        Reads them.

    Signals
    -------
    restore_requested
        A `Version` and its `LoadedDocument`, which holds a scenario.
    """

    restore_requested = Signal(object, object)

    def __init__(
        self,
        documents: Sequence[Path],
        versions_of: Callable[[Path], Sequence[Version]],
        runner: BackgroundRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("versions_dialog")
        self.setWindowTitle(tr("Earlier Versions"))
        self.resize(560, 400)
        self.finished.connect(self._on_finished)
        self._documents, self._versions_of = list(documents), versions_of
        self._versions: Sequence[Version] = ()
        self._loaded: tuple[Version, LoadedDocument] | None = None
        self._open = True
        self._reader = NewestOnly(runner, tr("Reading an earlier version"), self._on_read, lambda _: None)
        heading = QLabel(
            tr(
                "The last {latest} versions of a document are kept, and one of each day before. What it was before "
                "it said something that older versions of Routewright do not know is kept for good. Restore opens one "
                "as a new document; the file stays as it is.",
                latest=LATEST,
            )
        )
        heading.setObjectName("versions_heading")
        heading.setWordWrap(True)
        self._document = QComboBox()
        self._document.setObjectName("versions_document")
        self._document.setAccessibleName(tr("Document"))
        for path in self._documents:
            self._document.addItem(path.name)
            self._document.setItemData(self._document.count() - 1, str(path), Qt.ItemDataRole.ToolTipRole)
        self._list = _list()
        self._list.currentItemChanged.connect(self._on_chosen)
        self._about = QLabel()
        self._about.setObjectName("versions_about")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setWordWrap(True)
        self._about.setProperty("muted", True)
        close = QPushButton(tr("Close"))
        close.setObjectName("versions_close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self._restore = QPushButton(tr("Restore"))
        self._restore.setObjectName("versions_restore")
        self._restore.setDefault(True)
        self._restore.clicked.connect(self._on_restore)
        self._list.itemActivated.connect(self._restore.click)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch()
        buttons.addWidget(close)
        buttons.addWidget(self._restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(heading)
        layout.addWidget(self._document)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._about)
        layout.addLayout(buttons)
        self._document.currentIndexChanged.connect(self._show_versions)
        self._show_versions(0)
        self._list.setFocus()

    def _show_versions(self, index: int) -> None:
        self._versions = self._versions_of(self._documents[index])
        self._list.clear()
        for version in self._versions:
            size = QLocale().formattedDataSize(version.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
            kept = tr("for good") if version.for_good else ""
            self._list.addTopLevelItem(QTreeWidgetItem([moment(version.saved, seconds=True), kept, size]))
        self._list.setCurrentIndex(self._list.model().index(0, 0))

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        self._loaded = None
        self._restore.setEnabled(False)
        self._about.setText("")
        if item is not None:
            version = self._versions[self._list.indexOfTopLevelItem(item)]
            self._reader.submit(lambda: (version, load_document(version.path)))

    def _on_read(self, read: tuple[Version, LoadedDocument]) -> None:
        version, document = read
        item = self._list.currentItem() if self._open else None
        if item is None or self._versions[self._list.indexOfTopLevelItem(item)] != version:
            return
        if document.variants is None:
            self._about.setText(tr("This version cannot be read any more."))
            return
        self._loaded = read
        self._about.setText(whole_contents(document.variants) or tr("Nothing is in it."))
        self._restore.setEnabled(True)

    def _on_restore(self) -> None:
        if self._loaded is not None:
            loaded = self._loaded
            self.accept()
            self.restore_requested.emit(*loaded)

    def _on_finished(self) -> None:
        self._open = False  # what is still being read comes back to nobody
        self._reader.forget()
        self.deleteLater()


def _list() -> QTreeWidget:
    made = QTreeWidget()
    made.ensurePolished()  # else rows are measured before the style says how high they are
    made.setObjectName("versions_list")
    made.setAccessibleName(tr("Versions, the newest first"))
    made.setHeaderLabels([tr("Saved"), tr("Kept"), tr("Size")])
    made.setRootIsDecorated(False)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in (1, 2):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return made

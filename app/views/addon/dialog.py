"""Makes, updates and removes the add-on environment, and says what it is good for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.addon.place import addon_folder
from app.addon.probe import Addon, AddonState
from app.addon.words import gpu_words, state_words
from app.jobs.addon_job import AddonJob
from app.language import sentences, tr
from app.map.text_scale import scaled
from app.views.messages import InlineMessage
from app.views.theme import GAP, MARGIN, Theme

EXPLAINED = tr(
    "Training on an NVIDIA graphics card needs a torch with CUDA, which takes gigabytes and does not come with the "
    "program. The add-on environment is an ordinary Python that has it; the engine can run there, too. Plans are "
    "searched by the processor in either place: the card is for training and makes no solve faster."
)
NEEDS = tr(
    "Setting it up takes a Python 3.11 to 3.14 on this computer, 8 GB on the disk, the network and some minutes. "
    "Nothing is fetched before you press the button."
)
WIDTH = 640
"""Pixels."""

LINES = 2000
"""Of what pip says, at most."""


class AddonDialog(QDialog):
    """Lies beside the window; what is under way goes on when it is closed.

    Parameters
    ----------
    job
        Does what is asked for.
    in_use
        Says whether something runs in the add-on environment, below which nothing must be changed.
    theme
        Of the application.
    parent
        Owner.
    """

    def __init__(self, job: AddonJob, in_use: Callable[[], bool], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("addon_dialog")
        self.setWindowTitle(tr("Add-on Environment"))
        self.finished.connect(self.deleteLater)
        self._job, self._in_use = job, in_use
        self._addon: Addon | None = None
        self.message = InlineMessage(theme)
        self._state, self._gpu = _label("addon_state"), _label("addon_gpu")
        self.folder, self.index_url = QLineEdit(), QLineEdit()
        self._form = QWidget()
        self._create, self._update, self._remove, self._look, self._stop = (
            _button(text, name)
            for text, name in (
                (tr("&Set Up"), "addon_create"),
                (tr("&Update"), "addon_update"),
                (tr("&Remove"), "addon_remove"),
                (tr("&Look Again"), "addon_look"),
                (tr("S&top"), "addon_stop"),
            )
        )
        self.log = QPlainTextEdit()
        self._bar = QProgressBar()
        self._lay_out()
        self._create.clicked.connect(self._on_create)
        self._update.clicked.connect(lambda _checked=False: self._change(job.update))
        self._remove.clicked.connect(lambda _checked=False: self._change(job.remove))
        self._look.clicked.connect(self._on_look)
        self._stop.clicked.connect(job.stop)
        job.said.connect(self.log.appendPlainText)
        job.running_changed.connect(self._on_running)
        job.failed.connect(self._on_failed)
        self._show()
        self._close.setFocus()

    def show_addon(self, addon: Addon | None) -> None:
        """Say what there is."""
        self._addon = addon
        self._show()

    def _show(self) -> None:
        addon, running = self._addon, self._job.running
        if addon is None:
            self._state.setText(tr("There is no add-on environment."))
            self._gpu.setText(NEEDS)
        else:
            self._state.setText(sentences(state_words(addon), tr("It lies in {folder}.", folder=addon.folder)))
            self._gpu.setText(gpu_words(addon.facts) if addon.facts is not None else "")
        self._form.setVisible(addon is None and not running)
        self._create.setVisible(addon is None)
        self._update.setVisible(addon is not None and addon.state in (AddonState.OUTDATED, AddonState.UNFINISHED))
        self._remove.setVisible(addon is not None)
        for button in (self._create, self._update, self._remove, self._look):
            button.setEnabled(not running)
        self._look.setVisible(addon is not None)
        for widget in (self._stop, self._bar):
            widget.setVisible(running)
        self.log.setVisible(running or bool(self.log.toPlainText()))
        self._fit()

    def _fit(self) -> None:
        """Be as high as what is shown needs; it is not the same text for everybody."""
        width = max(self.width(), scaled(WIDTH))
        needed = self._column.heightForWidth(width)
        self.resize(width, max(needed, self.height()) if self.log.isVisibleTo(self) else needed)

    def _on_create(self) -> None:
        self.message.clear()
        self.log.clear()
        folder = self.folder.text().strip()
        self._job.create(Path(folder).expanduser() if folder else None, self.index_url.text().strip())

    def _change(self, begin: Callable[[], None]) -> None:
        if self._in_use():
            self.message.say(tr("A solve runs in the add-on environment. Stop it, or wait for its end, and try again."))
        else:
            begin()

    def _on_look(self) -> None:
        self.message.clear()
        self._state.setText(tr("Its Python is being asked…"))
        self._job.look(afresh=True)

    def _on_running(self, running: bool) -> None:
        if running:
            self.message.clear()
        self._show()
        (self._stop if running else self._close).setFocus()

    def _on_failed(self, sentence: str, said: Sequence[str]) -> None:
        self.message.say(sentences(sentence, *said[-1:]))
        self._show()

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Folder of the Add-on"), self.folder.text())
        if folder:
            self.folder.setText(str(Path(folder) / "routewright-gpu"))

    def _lay_out(self) -> None:
        explained = _label("addon_explained")
        explained.setText(EXPLAINED)
        self._gpu.setProperty("muted", True)
        self._fill_form()
        self._create.setProperty("primary", True)
        self.log.setObjectName("addon_log")
        self.log.setAccessibleName(tr("What is being done"))
        self.log.setReadOnly(True)
        self.log.setTabChangesFocus(True)
        self.log.setMaximumBlockCount(LINES)
        self._bar.setObjectName("addon_bar")
        self._bar.setAccessibleName(tr("Work on the add-on environment"))
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._close = _button(tr("Close"), "addon_close")
        self._close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self._create, self._update, self._remove, self._look, self._stop):
            buttons.addWidget(button)
        buttons.addWidget(self._bar, 1)
        buttons.addStretch(0)
        buttons.addWidget(self._close)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        for widget in (explained, self._state, self._gpu, self._form):
            layout.addWidget(widget)
        layout.addWidget(self.message)
        layout.addWidget(self.log, 1)
        layout.addStretch(0)
        layout.addLayout(buttons)

    def _fill_form(self) -> None:
        self.folder.setObjectName("addon_folder")
        self.folder.setText(str(addon_folder()))
        self.folder.setToolTip(tr("Where it is to be; it needs 8 GB"))
        self.index_url.setObjectName("addon_index_url")
        self.index_url.setPlaceholderText(tr("The usual place"))
        self.index_url.setToolTip(tr("Address of an index of Python packages that has a torch for your card"))
        browse = _button(tr("&Choose…"), "addon_browse")
        browse.clicked.connect(self._ask_folder)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.folder, 1)
        line.addWidget(browse)
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GAP)
        caption = QLabel(tr("Fol&der"))
        caption.setBuddy(self.folder)
        form.addRow(caption, line)
        form.addRow(tr("Torch comes fro&m"), self.index_url)
        for field, name in ((self.folder, tr("Folder")), (self.index_url, tr("Where torch comes from"))):
            field.setAccessibleName(name)
            field.setAccessibleDescription(field.toolTip())


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button

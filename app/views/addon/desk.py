"""Where the engine runs: in this program, or in the add-on environment, which is looked for and offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QPushButton, QToolButton, QWidget

from app.addon.place import addon_folder, read_mark
from app.addon.probe import Addon, remembered_addon
from app.addon.words import state_words
from app.jobs.addon_job import AddonJob
from app.jobs.client import SolverClient
from app.jobs.python_process import ByPython
from app.jobs.worker_process import SpawnedProcess
from app.language import sentences, tr
from app.views.settings_panel import SettingsPanel
from app.views.theme import Theme

if TYPE_CHECKING:
    from app.views.addon.dialog import AddonDialog

PLACE, OFFERED = "engine/place", "engine/offered"
HERE, ADDON = "program", "addon"


class AddonDesk(QObject):
    """Keeps the choice, which is the program's and in no scenario, and sees to it that there is always an engine.

    Parameters
    ----------
    client
        The engine.
    settings
        Where the choice is kept.
    theme
        Of the application.
    window
        Owner, also of the dialog.

    Attributes
    ----------
    notice
        A button for the status bar, seen once a card was found and until it is pressed.

    Signals
    -------
    message
        A sentence that the user should read.
    """

    message = Signal(str)

    def __init__(self, client: SolverClient, settings: QSettings, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._client, self._settings, self._theme, self._window = client, settings, theme, window
        self._addon: Addon | None = None
        self._dialog: AddonDialog | None = None
        self.job = AddonJob(self)
        self.box = QComboBox()
        self.box.setObjectName("settings_engine")
        self.box.setToolTip(tr("In which Python plans are searched; either way the processor does it"))
        self.box.addItem(tr("This program"), HERE)
        self.box.addItem(tr("Add-on environment"), ADDON)
        self.button = QPushButton(tr("Add-on Environment…"))
        self.button.setObjectName("settings_addon")
        self.button.setToolTip(tr("An environment with a torch that trains on a graphics card"))
        self.button.clicked.connect(lambda _checked=False: self.show_dialog())
        self.notice = QToolButton()
        self.notice.setObjectName("status_addon")
        self.notice.setText(tr("Graphics card found"))
        self.notice.setAccessibleDescription(self.button.toolTip())
        self.notice.clicked.connect(self._on_noticed)
        self.notice.hide()
        self.box.activated.connect(lambda _: self._on_chosen())
        client.fell_back.connect(self._on_fell_back)
        self.job.found.connect(self._on_found)
        self.job.running_changed.connect(self._on_running)
        self.job.failed.connect(self._on_failed)
        self.job.stopped.connect(self._look)
        self._take(remembered_addon())
        if read_mark(addon_folder()) is not None:
            self._look()

    @property
    def wanted(self) -> bool:
        """Whether the engine is to run in the add-on environment."""
        return str(self._settings.value(PLACE, HERE)) == ADDON

    def attach(self, panel: SettingsPanel) -> None:
        """Put the choice and the button into the form of the settings."""
        panel.add_row((tr("Engine r&uns in"), self.box), (tr("&Graphics card"), self.button))

    def show_dialog(self) -> AddonDialog:
        """Show what there is beside the window, and return what shows it."""
        from app.views.addon.dialog import AddonDialog  # the start does without it

        if self._dialog is None:
            self._dialog = AddonDialog(self.job, self._in_use, self._theme, self._window)
            self._dialog.finished.connect(self._on_closed)
        self._dialog.show_addon(self._addon)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog

    def close(self) -> None:
        """Leave nothing running."""
        self.job.close()
        if self._dialog is not None:
            self._dialog.close()

    def _in_use(self) -> bool:
        return self._client.job is not None and self.box.currentData() == ADDON

    def _look(self) -> None:
        self.job.look()

    def _on_chosen(self) -> None:
        self._settings.setValue(PLACE, self.box.currentData())
        self._run()

    def _on_found(self, addon: Addon | None) -> None:
        self._take(addon)
        if self._dialog is not None:
            self._dialog.show_addon(addon)
        if addon is None:
            return
        if self.wanted and not addon.ready:
            self.message.emit(sentences(state_words(addon), tr("Meanwhile the engine runs in the program itself.")))
        elif addon.ready and addon.gpu and str(self._settings.value(OFFERED, "")) != addon.gpu:
            self._offer(addon.gpu)

    def _offer(self, gpu: str) -> None:
        words = tr(
            "There is an add-on environment that computes on {gpu}: training can use it, and in the settings the "
            "engine can be made to run there.", gpu=gpu
        )  # fmt: skip
        self.notice.setToolTip(words)
        self.notice.setAccessibleDescription(words)
        self.notice.show()

    def _on_noticed(self) -> None:
        self.notice.hide()
        if self._addon is not None:
            self._settings.setValue(OFFERED, self._addon.gpu)
        self.show_dialog()

    def _take(self, addon: Addon | None) -> None:
        """Offer what there is now, and have the engine run where it is wanted and can."""
        self._addon = addon
        if addon is None or not addon.gpu:
            self.notice.hide()
        ready = addon is not None and addon.ready
        model = self.box.model()
        assert isinstance(model, QStandardItemModel)
        item = model.item(self.box.findData(ADDON))
        item.setEnabled(ready)
        reason = state_words(addon) if addon is not None else tr("There is none yet.")
        item.setData(reason, Qt.ItemDataRole.ToolTipRole)
        item.setData(reason, Qt.ItemDataRole.AccessibleDescriptionRole)
        self._run()

    def _run(self) -> None:
        addon = self._addon
        there = self.wanted and addon is not None and addon.ready and not self.job.running
        self._client.run_by(ByPython(addon.python) if there and addon is not None else SpawnedProcess)
        self.box.setCurrentIndex(self.box.findData(ADDON if there else HERE))

    def _on_running(self, _: bool) -> None:
        self._run()  # nothing is changed below an engine that runs there

    def _on_failed(self, sentence: str, _: object) -> None:
        if self._dialog is None:  # else it says so itself
            self.message.emit(sentence)
        self._look()

    def _on_fell_back(self, sentence: str) -> None:
        self._settings.setValue(PLACE, HERE)
        self._run()
        if sentence:
            self.message.emit(sentence)

    def _on_closed(self) -> None:
        self._dialog = None

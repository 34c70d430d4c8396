"""Tells that a solve is over to somebody who is looking elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QSystemTrayIcon, QWidget

from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import Ending
from app.language import tr, trn
from app.model.patch import State

SHOWN_FOR = 10_000
"""Milliseconds that a notification stays, and the icon that it comes from."""

_KEY = "window/notify"


def make_tray(owner: QObject) -> QSystemTrayIcon | None:
    """Return an icon that can show notifications, or None where the system has no place for one."""
    if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
        return None
    return QSystemTrayIcon(QApplication.windowIcon(), owner)


class FinishNotice(QObject):
    """Says in a sentence what came of a solve; where the window is not active, the system says it too.

    Parameters
    ----------
    controller
        Whose solves are told of.
    window
        Its place in the list of windows is marked, and a click on the notification leads to it.
    settings
        Where it is kept whether notifications are wanted; at first they are.
    tray
        Makes the icon that notifications come from, when one is needed.

    Attributes
    ----------
    box
        A field for a form: whether notifications are wanted.

    Signals
    -------
    said
        A passing sentence.
    """

    said = Signal(str)

    def __init__(
        self,
        controller: SolveController,
        window: QWidget,
        settings: QSettings,
        tray: Callable[[QObject], QSystemTrayIcon | None] = make_tray,
    ) -> None:
        super().__init__(window)
        self._controller, self._window, self._settings, self._make_tray = controller, window, settings, tray
        self._tray: QSystemTrayIcon | None = None
        self._hiding = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._hiding.timeout.connect(self.close)
        self.box = QCheckBox(tr("Notify me while I am elsewhere"))
        self.box.setObjectName("settings_notify")
        self.box.setAccessibleDescription(
            tr("Whether the system tells of a solve that ends while another window is used")
        )
        self.box.setToolTip(tr("The system tells of a solve that ends while you use another window"))
        self.box.setChecked(settings.value(_KEY, True, bool) is True)
        self.box.toggled.connect(lambda wanted: settings.setValue(_KEY, wanted))
        self._proposes = False
        controller.started.connect(self._on_started)
        controller.ended.connect(self._on_ended)

    def close(self) -> None:
        """Take the icon away."""
        self._hiding.stop()
        if self._tray is not None:
            self._tray.hide()
            self._tray.deleteLater()
            self._tray = None

    def _on_started(self) -> None:
        task = self._controller.task
        self._proposes = task is not None and task.proposes

    def _on_ended(self, ending: Ending) -> None:
        sentence = outcome(ending, self._controller.session.state)
        if self._proposes and ending is not Ending.FAILED:
            sentence = tr("The search for a proposal has ended.")
        if ending is not Ending.FAILED:  # why it failed is said by the controller
            self.said.emit(sentence)
        if ending in (Ending.FINISHED, Ending.FAILED) and self.box.isChecked() and not self._window.isActiveWindow():
            QApplication.alert(self._window)
            self._notify(sentence)

    def _notify(self, sentence: str) -> None:
        self.close()
        self._tray = self._make_tray(self)
        if self._tray is not None:
            self._tray.messageClicked.connect(self._bring_window)
            self._tray.show()
            self._tray.showMessage("Routewright", sentence, self._tray.icon(), SHOWN_FOR)
            self._hiding.start()

    def _bring_window(self) -> None:
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def outcome(ending: Ending, state: State) -> str:
    """Return what came of a solve, in a sentence."""
    if ending is Ending.FAILED:
        return tr("The solver had to give up. The window says why.")
    routes = [route for route in state.plan.routes if route.stops]
    left_out = len(state.scenario.customers.keys() - state.plan.served)
    driven = trn("{number} route", "{number} routes", len(routes))
    out = tr("nobody is left out")
    if left_out:
        out = trn("{number} customer is left out", "{number} customers are left out", left_out)
    if ending is Ending.FINISHED:
        return tr("Solved: {routes}, {left_out}.", routes=driven, left_out=out)
    return tr("Stopped: {routes}, {left_out}.", routes=driven, left_out=out)

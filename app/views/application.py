"""The way from the command line to the open window."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QSize, QSocketNotifier, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from app import __version__
from app.language import ENGLISH, spoken
from app.resources import resource
from app.support.watch import Watch
from app.views.colours import Appearance
from app.views.file_application import FileApplication
from app.views.garbage import GarbageCollector
from app.views.main_window import MainWindow
from app.views.settings_upgrade import upgrade_settings
from app.views.theme import Theme
from app.views.weights_note import tell_of_weights

ENGINE_DELAY = 150
"""Milliseconds from the first painting of the window until the engine's process is started, which takes a core."""

SWITCH_INTERVAL = 0.0005
"""Seconds for which a thread may keep the interpreter while another waits for it. Painting a table gives it away with
each cell; with Python's own 5 ms, and figures being worked out by the side, an edit takes twice as long to be seen."""


FRAME = QSize(16, 48)
"""Pixels of the window's frame and title, generously, whoever draws them."""


def has_display() -> bool:
    """Whether a window can be opened: Qt would end the process where there is nothing to open it on."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_application() -> QApplication:
    """Return the application, with the names under which its settings are kept."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = FileApplication(["routewright"])
    app.setApplicationName("routewright")
    app.setApplicationDisplayName("Routewright")
    app.setOrganizationName("routewright")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("routewright")
    app.setWindowIcon(QIcon(str(resource("icons/routewright.svg"))))
    speak(app, spoken())
    return app


def speak(app: QApplication, language: str) -> None:
    """Let Qt's own buttons and dialogs, keys, dates and weekdays follow the language of the program.

    Where the user lives stays as the system has it: somebody in Germany who reads English still has the day before the
    month.
    """
    system, ours = QLocale.system(), QLocale(language)
    if system.language() not in (QLocale.Language.C, ours.language()):
        QLocale.setDefault(QLocale(ours.language(), system.territory()))
    elif language != ENGLISH and system.language() is QLocale.Language.C:
        QLocale.setDefault(ours)
    if language != ENGLISH:
        translator = QTranslator(app)
        if translator.load(ours, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)


def favour_the_window() -> None:
    """Keep the window's thread from waiting for the garbage collection, and for work in the background."""
    gc.freeze()  # what is there from the start stays: to look through it again and again would take 50 ms each time
    sys.setswitchinterval(SWITCH_INTERVAL)


def run(path: str | None) -> int:
    """Open the window and return when it is closed.

    Parameters
    ----------
    path
        What to open; None opens the file of the last time, or nothing at the first start: the empty window offers what
        there is to begin with.

    Returns
    -------
    int
        Exit code.
    """
    with Watch() as watch:
        return _run_watched(path, watch)


def _run_watched(path: str | None, watch: Watch) -> int:
    app = make_application()
    settings = QSettings()
    upgrade_settings(settings)
    window = MainWindow(Theme(app, stored_appearance(settings)), settings)
    quitter, collector = _SignalQuitter(window), GarbageCollector(app)
    show(window, first=not settings.contains("window/geometry"))
    window.help.support.follow(watch)
    open_first(window, path)
    window.safety.offer_recovery()
    tell_of_weights(window.runner, settings, window.banner.say)
    if isinstance(app, FileApplication):
        app.open_files_with(window.files.open)
    favour_the_window()
    QTimer.singleShot(ENGINE_DELAY, window.client.start)
    code = app.exec()
    quitter.close()
    window.end(keep=True)
    collector.close()
    return code


def show(window: QWidget, first: bool) -> None:
    """Show the window, as large as the screen where that has no room for it and its frame.

    Parameters
    ----------
    window
        Of the size that it wants.
    first
        Whether it is shown for the first time; later it has the size that it had last.
    """
    room, wanted = window.screen().availableSize(), window.size() + FRAME
    cramped = wanted.width() > room.width() or wanted.height() > room.height()
    if first and cramped and window.minimumSize().boundedTo(room) == window.minimumSize():
        window.showMaximized()  # else the status bar lies below the screen, and the title above it with some systems
    else:
        window.show()


def stored_appearance(settings: QSettings) -> Appearance:
    """Return the appearance that the user chose last; that of the system at first."""
    stored = str(settings.value("window/appearance", ""))
    return Appearance(stored) if stored in set(Appearance) else Appearance.SYSTEM


def open_first(window: MainWindow, path: str | None) -> None:
    """Open what the user asked for, or had open the last time."""
    latest = next((recent for recent in window.recent.paths if recent.exists()), None)
    if path is not None:
        window.files.open(Path(path))
    elif latest is not None:
        window.files.open(latest)


class _SignalQuitter(QObject):
    """Ends the event loop in an orderly way when the system asks the process to end.

    Python would run a handler only when the event loop comes back to Python; a byte in a socket wakes it up.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._old_fd = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._old = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_signal)

    def close(self) -> None:
        """Put the old handlers back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()

    def _on_signal(self) -> None:
        self._read.recv(64)
        self._window.end(keep=True)  # nobody was asked
        QApplication.quit()

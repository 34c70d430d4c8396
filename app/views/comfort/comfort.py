"""Puts text size, language, first steps and notifications together for the main window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from app.jobs.solve_controller import SolveController
from app.language import tr
from app.map.view import MapView
from app.views.comfort.guide import Guide
from app.views.comfort.hints import Hint, HintLine
from app.views.comfort.language_menu import LanguageMenu
from app.views.comfort.notice import FinishNotice
from app.views.comfort.text_size import TextSize
from app.views.comfort.welcome import Start
from app.views.theme import Theme


class Comfort(QObject):
    """Made before anything that has a size; the rest comes with `attach`.

    Parameters
    ----------
    theme, settings, window
        Of the application.

    Attributes
    ----------
    hint_line
        To be laid out over the map.

    Signals
    -------
    said
        A passing sentence.
    """

    said = Signal(str)

    def __init__(self, theme: Theme, settings: QSettings, window: QMainWindow) -> None:
        super().__init__(window)
        self._settings, self._window = settings, window
        self.text_size = TextSize(theme, settings, window)
        self.text_size.said.connect(self.said)
        self.hint_line = HintLine()
        self.guide: Guide | None = None
        self.notice: FinishNotice | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {**self.text_size.commands(), "show_hints": self._show_hints}

    def attach(self, actions: Mapping[str, QAction], view: MapView, controller: SolveController) -> FinishNotice:
        """Begin to guide and to tell; return what tells, which has a field for a form."""
        self.text_size.set_actions(actions)
        starts = [
            Start(
                "welcome_sample",
                tr("Open the Sample"),
                tr("A day of deliveries in Helsinki, ready to be solved."),
                actions["open_sample"].trigger,
            ),
            Start(
                "welcome_import",
                tr("Import Customers…"),
                tr("From a table of any shape: you say which column is what."),
                actions["import_customers"].trigger,
            ),
            Start(
                Guide.BLANK,
                tr("Start Blank"),
                tr("Click on the map where the depot is, then add customers, and vehicles in their table."),
                actions["mode_add_depot"].trigger,
            ),
        ]
        guide = self.guide = Guide(self.hint_line, view, controller, starts, self._settings, self._window)
        for name in ("export", "print", "copy_routes"):
            actions[name].triggered.connect(lambda: guide.learn(Hint.SHARE))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._show_focused)
        self.notice = FinishNotice(controller, self._window, self._settings)
        self.notice.said.connect(self.said)
        return self.notice

    def language_menu(self, title: str) -> LanguageMenu:
        """Return the menu that chooses the language."""
        menu = LanguageMenu(title, self._window)
        menu.said.connect(self.said)
        return menu

    def close(self) -> None:
        """Leave nothing on the screen."""
        if self.notice is not None:
            self.notice.close()

    def _show_focused(self, _: QWidget | None, now: QWidget | None) -> None:
        """Bring a dock to the front when the Tab key leads into it: to Qt one behind another is shown, too."""
        while now is not None and not isinstance(now, QDockWidget):
            now = now.parentWidget()
        if now is not None and now.visibleRegion().isEmpty() and now.window() is self._window:
            now.raise_()

    def _show_hints(self) -> None:
        if self.guide is not None:
            self.guide.show_again()

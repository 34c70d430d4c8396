"""One pass through the window: open the sample, solve it, export the plan, take a picture."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QObject, QSettings, QTimer, QtMsgType, Signal, qInstallMessageHandler

from app.io.atomic import WriteError
from app.io.export import GEOJSON_FILE, ROUTES_FILE, STOPS_FILE, write_geojson, write_routes_csv, write_stops_csv
from app.jobs.solve_run import Ending
from app.model.evaluation import Evaluation
from app.resources import resource
from app.views.application import make_application
from app.views.colours import Appearance
from app.views.comfort.guide import note_learned
from app.views.garbage import GarbageCollector
from app.views.main_window import SAMPLE, SIZE, MainWindow
from app.views.theme import Theme

PICTURE_FILE = "plan.png"

PATIENCE = 900.0
"""Seconds beyond the solve's own time: a first start may have to compile the kernels on a slow machine."""

PAINTING = 500
"""Milliseconds that the views get to show the last figures before the picture is taken."""


class OffscreenRun(QObject):
    """Does with a window what a person would do first.

    Parameters
    ----------
    window
        Shown already.
    out
        Folder to write to; made if it does not exist.
    seconds
        Time limit of the solve; None is that of the scenario.
    sample
        What is opened.

    Signals
    -------
    finished(str)
        All is over; the text says what failed and is empty when nothing did.
    """

    finished = Signal(str)

    def __init__(self, window: MainWindow, out: Path, seconds: float | None, sample: Path) -> None:
        super().__init__(window)
        self._window, self._out, self._seconds, self._sample = window, out, seconds, sample
        self._messages: list[str] = []
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(lambda: self._fail("it took too long"))
        window.files.message.connect(self._on_message)
        window.controller.message.connect(self._on_message)

    def start(self) -> None:
        """Open the sample; the rest follows by itself."""
        self._limit.start(round((PATIENCE + (self._seconds or 0)) * 1000))
        self._window.client.start()
        self._window.session.replaced.connect(self._on_opened)
        self._window.files.open_sample(self._sample)

    def _on_message(self, text: str) -> None:
        self._messages.append(text)
        if not self._window.session.scenario.customers:
            self._fail("the sample scenario did not open")

    def _on_opened(self) -> None:
        self._window.controller.ended.connect(self._on_ended)
        self._window.controller.start(self._seconds)

    def _on_ended(self, ending: Ending) -> None:
        if ending is not Ending.FINISHED:
            # The reason is in a message that follows the ending.
            QTimer.singleShot(0, lambda: self._fail(f"the solve {ending}"))
            return
        self._window.controller.evaluated.connect(self._on_evaluated)

    def _on_evaluated(self, evaluation: Evaluation | None) -> None:
        if self._window.controller.evaluations.busy:  # newer figures are on their way
            return
        if evaluation is None or not evaluation.routes:
            self._fail("there is no plan")
            return
        self._window.tables_dock.show_tab("routes")
        self._window.map.fit()
        QTimer.singleShot(PAINTING, lambda: self._write(evaluation))

    def _write(self, evaluation: Evaluation) -> None:
        scenario = self._window.session.scenario
        files: dict[str, Callable[[Path], None]] = {
            ROUTES_FILE: lambda path: write_routes_csv(path, scenario, evaluation),
            STOPS_FILE: lambda path: write_stops_csv(path, scenario, evaluation),
            GEOJSON_FILE: lambda path: write_geojson(path, scenario, evaluation),
            PICTURE_FILE: self._write_picture,
        }
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            for name, write in files.items():
                write(self._out / name)
        except WriteError as error:
            self._fail(str(error))
            return
        except OSError as error:
            self._fail(f"{self._out} cannot be written: {error.strerror}")
            return
        served = sum(route.stops for route in evaluation.routes)
        currency = scenario.settings.currency
        print(
            f"{scenario.settings.name}: {served} of {len(scenario.customers)} customers in {evaluation.vehicles_used} "
            f"routes, {evaluation.distance_km:.1f} km, cost {evaluation.costs.total:.2f} {currency}"
        )
        print("\n".join(f"wrote {self._out / name}" for name in files))
        if evaluation.feasible:
            self._end("")
        else:
            self._fail("the plan breaks a rule: " + " ".join(one.text for one in evaluation.violations[:5]))

    def _write_picture(self, path: Path) -> None:
        if not self._window.grab().save(str(path), "PNG"):
            raise OSError(0, "the picture could not be saved")

    def _fail(self, what: str) -> None:
        self._end(" ".join([f"{what}.", *self._messages]))

    def _end(self, failure: str) -> None:
        self._limit.stop()
        self.finished.emit(failure)


def _print_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    """Print what Qt has to say, but for what its offscreen platform says of window managers at every turn."""
    if message and not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)


def run(out: Path, seconds: float | None) -> int:
    """Do it all and return the exit code.

    Parameters
    ----------
    out
        Folder to write to.
    seconds
        Time limit of the solve; None is that of the scenario.
    """
    qInstallMessageHandler(_print_message)
    app = make_application()
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="routewright-") as folder:
        # Settings of its own: the picture shows the window of a first start.
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        note_learned(settings)  # but for its hints
        collector = GarbageCollector(app)
        window = MainWindow(Theme(app, Appearance.LIGHT), settings)
        window.resize(SIZE)
        window.show()
        job = OffscreenRun(window, out, seconds, resource(SAMPLE))
        job.finished.connect(failures.append)
        job.finished.connect(lambda: app.exit(0))  # quit() would ask the window, and that about unsaved changes
        QTimer.singleShot(0, job.start)
        app.exec()
        window.end()
        collector.close()
        settings.sync()
    failure = "; ".join(failures) if failures else "the window was closed."
    if failure:
        print(f"routewright: {failure}", file=sys.stderr)
        return 1
    return 0

"""``python -m tests.screens.first_picture OUT.png``: the picture at the top of the README.

The sample is solved with the real engine, on its roads, and asked why a stop is where it is.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from math import hypot
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.resources import resource
from app.views.application import make_application
from app.views.colours import Appearance
from app.views.comfort.hints import Hint
from app.views.main_window import SAMPLE, MainWindow
from app.views.theme import Theme
from tests.bench.bench_first_routes import WARM_UP
from tests.bench.bench_first_routes import wait as waited
from tests.screens.camera import settle
from tests.screens.scenes import select, wait

SIZE = (1600, 1000)
"""Pixels."""

SECONDS = 10.0
"""Of the solve."""

CLOSER = 1.75
"""Than where all places are in view, so that streets can be read."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the picture and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens.first_picture", description=__doc__)
    parser.add_argument("out", type=Path, help="file of the picture")
    parser.add_argument("--appearance", type=Appearance, default=Appearance.LIGHT, help="light (the default) or dark")
    chosen = parser.parse_args(arguments)
    app = make_application()
    with tempfile.TemporaryDirectory(prefix="routewright-screens-") as home:
        os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
        theme = Theme(app, chosen.appearance)
        window = MainWindow(theme, QSettings(str(Path(home) / "settings.ini"), QSettings.Format.IniFormat))
        window.resize(*SIZE)
        window.show()
        try:
            _lead(window)
            picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
            picture.save(str(chosen.out), quality=0)  # the smallest file
        finally:
            window.end()
            window.deleteLater()
            QApplication.processEvents()
    return 0


def _lead(window: MainWindow) -> None:
    """Solve the sample and ask about a stop of the longest route in the middle of the map."""
    controller, session, why = window.controller, window.session, window.why
    for hint in Hint:
        window.comfort.guide.learn(hint)
    waited(controller.evaluated, lambda: window.files.open_sample(resource(SAMPLE)), WARM_UP)
    waited(controller.client.ready, controller.client.start, WARM_UP)
    waited(controller.ended, lambda: controller.start(SECONDS))
    window.tables_dock.show_tab("routes")
    why.show()
    settle(1.0)
    window.map.fit()
    window.map.canvas.zoom(CLOSER)
    route = max(session.plan.routes, key=lambda one: len(one.stops))
    select(window, min(route.stops, key=lambda stop: _from_middle(window, stop)))
    wait(lambda: why.dock.cards[1].isVisible() and not why.live.busy)
    wait(lambda: not window.map_link.shapes.busy and not window.map_link.streets.busy)
    settle(1.0)


def _from_middle(window: MainWindow, stop: str) -> float:
    """Return how many pixels a stop is from the middle of the map."""
    customer, middle = window.session.scenario.customers[stop], window.map.viewport.rect().center()
    at = window.map.pixel_of(customer.lat, customer.lon)
    return hypot(at.x() - middle.x(), at.y() - middle.y())


if __name__ == "__main__":
    sys.exit(main())

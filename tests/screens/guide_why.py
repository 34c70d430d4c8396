"""``python -m tests.screens.guide_why OUT``: the pictures of the page "Why?" of the guide, and what they say as text.

The sample is solved with the real engine, and each of the six questions is asked once; pictures are in light and dark.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.jobs.moments import Moment
from app.model.changes import set_field
from app.model.moves import unassign
from app.resources import resource
from app.views.application import make_application
from app.views.colours import Appearance
from app.views.comfort.hints import Hint
from app.views.main_window import STRAIGHT_SAMPLE, MainWindow
from app.views.theme import Theme
from app.views.why.as_text import as_text
from app.views.why.card import Card
from tests.bench.bench_first_routes import WARM_UP
from tests.bench.bench_first_routes import wait as waited
from tests.screens.camera import settle
from tests.screens.scenes import select, wait

SIZE = (1280, 1500)
"""Pixels, high enough for each answer without scrolling."""

SECONDS = 10.0
"""Of the solve."""

LEFT_OUT = "C001"
"""Customer of the sample whose window is made so short that nobody can come in time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pictures and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens.guide_why", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    app = make_application()
    with tempfile.TemporaryDirectory(prefix="routewright-screens-") as home:
        os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
        theme = Theme(app, Appearance.LIGHT)
        window = MainWindow(theme, QSettings(str(Path(home) / "settings.ini"), QSettings.Format.IniFormat))
        window.resize(*SIZE)
        window.show()
        try:
            for name, card in _scenes(window):
                _take(theme, card, out / f"guide-why-{name}")
                assert card.explanation is not None
                (out / f"guide-why-{name}.txt").write_text(as_text(card.explanation))
        finally:
            window.end()
            window.deleteLater()
            QApplication.processEvents()
    return 0


def _take(theme: Theme, card: Card, path: Path) -> None:
    """Save a card in light and dark."""
    for appearance, end in ((Appearance.LIGHT, ""), (Appearance.DARK, "-dark")):
        theme.apply(appearance)
        settle()
        picture = card.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        picture.save(f"{path}{end}.png", quality=0)  # the smallest file
    theme.apply(Appearance.LIGHT)


def _scenes(window: MainWindow) -> Iterator[tuple[str, Card]]:
    """Yield what each picture is called and shows; the next question is asked after it was taken."""
    controller, session, why = window.controller, window.session, window.why
    for hint in Hint:
        window.comfort.guide.learn(hint)
    waited(controller.evaluated, lambda: window.files.open_sample(resource(STRAIGHT_SAMPLE)))
    waited(controller.client.ready, controller.client.start, WARM_UP)
    waited(controller.ended, lambda: controller.start(SECONDS))
    window.why.show()
    settle(1.0)
    route = max(session.plan.routes, key=lambda one: len(one.stops))
    middle = len(route.stops) // 2
    select(window, route.stops[middle])
    wait(lambda: why.dock.cards[1].isVisible() and not why.live.busy)
    yield "vehicle", why.dock.cards[0]
    yield "leg", why.dock.cards[1]
    select(window)
    select(window, route.stops[middle])
    select(window, route.stops[middle], route.stops[middle + 2])
    yield "next", _searched(window, why.ask_pair)
    yield "cost", _searched(window, why.ask_prices)
    yield "changed", _searched(window, lambda: why.ask_changed(Moment.FIRST_PLAN))
    session.move(unassign(session.state, [LEFT_OUT]))
    session.do(*set_field(session.state, "customers", [LEFT_OUT], "windows", ((23400, 23700),)))
    settle(1.0)
    select(window, LEFT_OUT)
    yield "unassigned", _searched(window, why.ask_here)


def _searched(window: MainWindow, ask: Callable[[], None]) -> Card:
    """Return the card of an answer that takes searches, when they have ended."""
    waited(window.why.searcher.ended, ask, 120.0)
    settle()
    return window.why.dock.searched


if __name__ == "__main__":
    sys.exit(main())

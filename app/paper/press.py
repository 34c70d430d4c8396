"""From a plan to paper: a PDF file, or whatever a printer is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from app.io.progress import Progress, unheard
from app.model.evaluation import Evaluation
from app.model.plan import Plan
from app.model.scenario import Scenario
from app.paper.left_out import left_out
from app.paper.left_out_pages import LeftOutPages
from app.paper.manifest import manifest_of
from app.paper.options import PaperOptions, PaperSize
from app.paper.pages import RoutePages
from app.paper.reasons import Reasons
from app.paper.route_map import World
from app.paper.sheet import DPI, Sheet

_PAGES = {PaperSize.A4: QPageSize.PageSizeId.A4, PaperSize.LETTER: QPageSize.PageSizeId.Letter}


class NothingToPrintError(Exception):
    """The printer does not take what it is sent; nothing is printed."""


@contextmanager
def application() -> Iterator[None]:
    """Let Qt find fonts: in the window it can; on the command line it gets what it needs, for a while."""
    if QGuiApplication.instance() is not None:
        yield
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QGuiApplication(["routewright"])
    try:
        yield
    finally:
        made.shutdown()


def manifests_pdf(
    scenario: Scenario,
    evaluation: Evaluation,
    options: PaperOptions,
    told: Progress = unheard,
    plan: Plan | None = None,
) -> bytes:
    """Return the manifests of all routes with stops as PDF, and a list of who is in no route.

    Parameters
    ----------
    scenario, evaluation
        The routes, and where their names are found.
    options
        How they are made.
    told
        Is told how many routes are done.
    plan
        The one with these figures, needed where the options ask what drives are for.

    Raises
    ------
    app.io.progress.StoppedError
        If ``told`` raises it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Routewright")
    writer.setTitle(scenario.settings.name)
    writer.setResolution(DPI)
    page = QPageSize(_PAGES[options.size])
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(), QPageLayout.Unit.Point))
    _draw(writer, writer.newPage, scenario, evaluation, options, told, plan)
    return bytes(buffer.data().data())


def print_manifests(
    printer: QPagedPaintDevice,
    scenario: Scenario,
    evaluation: Evaluation,
    options: PaperOptions,
    told: Progress = unheard,
    plan: Plan | None = None,
) -> None:
    """Print the manifests of all routes with stops and who is in none, on the printer's own paper; see `manifests_pdf`.

    Raises
    ------
    NothingToPrintError
        If the printer cannot begin.
    app.io.progress.StoppedError
        If ``told`` raises it; what was printed by then is on paper.
    """
    layout = printer.pageLayout()
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    _draw(printer, printer.newPage, scenario, evaluation, options, told, plan)


def _draw(
    device: QPagedPaintDevice,
    new_page: Callable[[], bool],
    scenario: Scenario,
    evaluation: Evaluation,
    options: PaperOptions,
    told: Progress,
    plan: Plan | None,
) -> None:
    reasons = Reasons(scenario, plan) if options.why and plan is not None else None
    routes = [route for route in evaluation.routes if route.visits]
    sheet = Sheet.of(QSizeF(device.pageLayout().fullRect(QPageLayout.Unit.Point).size()))
    world = World(scenario.settings)
    painter = QPainter()
    if not painter.begin(device):
        raise NothingToPrintError
    try:
        painter.scale(device.logicalDpiX() / DPI, device.logicalDpiY() / DPI)
        fresh = True
        for done, route in enumerate(routes):
            told(done, len(routes))
            why = reasons.of(route, told, done, len(routes)) if reasons is not None else ()
            manifest = manifest_of(scenario, evaluation, route, options.codes, why)
            laid_out = RoutePages.lay_out(manifest, sheet, world, options.printed)
            for page in range(len(laid_out.pages)):
                if page:
                    told(done, len(routes))  # a route may have a hundred pages
                if not fresh:
                    new_page()
                laid_out.draw(painter, page)
                fresh = False
        if evaluation.unserved:
            rows = tuple(left_out(scenario, evaluation, why=options.why))
            last = LeftOutPages.lay_out(rows, scenario.settings.name, sheet, options.printed)
            for page in range(len(last.pages)):
                if page:
                    told(len(routes), len(routes))
                if not fresh:
                    new_page()
                last.draw(painter, page)
                fresh = False
        told(len(routes), len(routes))
    finally:
        painter.end()

"""The kinds of files that a plan can be written to, for the window and for the command line alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.io.atomic import WriteError, explained, write_file
from app.io.export import GEOJSON_FILE, ROUTES_FILE, STOPS_FILE, geojson, routes_csv, stops_csv
from app.io.gpx import gpx
from app.io.progress import Progress, unheard
from app.io.workbook import workbook
from app.io.write_scenario import scenario_files, zip_bytes
from app.language import tr
from app.model.evaluation import Evaluation
from app.model.plan import Plan
from app.model.scenario import Scenario, TravelSource
from app.paper.options import PaperOptions


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user may choose besides the kind of file.

    Parameters
    ----------
    routes
        Numbers of the routes that are wanted, from 1; None for all.
    paper
        Of manifests.
    plan
        The one with these figures; needed where manifests say what drives are for.
    """

    routes: frozenset[int] | None = None
    paper: PaperOptions = field(default_factory=PaperOptions)
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class PlanFile:
    """One kind of file.

    Parameters
    ----------
    key
        What it is called in settings and as an object name.
    title, about
        What it is, and whom it is for.
    name
        Of the file, as suggested.
    filter
        Of the file dialog.
    make
        Returns the bytes.
    of_plan
        Whether it needs a plan, and shows chosen routes only where these are wanted.
    on_earth
        Whether it needs longitudes and latitudes.
    """

    key: str
    title: str
    about: str
    name: str
    filter: str
    make: Callable[[Scenario, Evaluation, Wishes, Progress], bytes] = field(repr=False)
    of_plan: bool = True
    on_earth: bool = False

    @property
    def suffix(self) -> str:
        """Of the file's name, with its dot."""
        return Path(self.name).suffix

    def suits(self, scenario: Scenario) -> bool:
        """Return whether this kind can hold this scenario."""
        return not (self.on_earth and scenario.settings.travel is TravelSource.PLANE)

    def write(
        self, path: Path, scenario: Scenario, evaluation: Evaluation, wishes: Wishes, told: Progress = unheard
    ) -> None:
        """Write the file in one step.

        Raises
        ------
        app.io.atomic.WriteError
            If it cannot be written; an older file of that name is kept.
        app.io.progress.StoppedError
            If ``told`` raises it; nothing is written.
        """
        told(0, 1)
        data = self.make(scenario, chosen(evaluation, wishes.routes), wishes, told)
        told(1, 1)  # the last chance to stop it
        write_file(path, data)


def chosen(evaluation: Evaluation, routes: Iterable[int] | None) -> Evaluation:
    """Return the figures of some routes only, which keep their numbers; who is in no route is then left out as well."""
    if routes is None:
        return evaluation
    wanted = frozenset(routes)
    return replace(evaluation, routes=tuple(one for one in evaluation.routes if one.number in wanted), unserved=())


def _pdf(scenario: Scenario, evaluation: Evaluation, wishes: Wishes, told: Progress) -> bytes:
    try:
        from app.paper.press import application, manifests_pdf
    except ImportError as error:  # the other files need no graphics library, so there may be none
        raise WriteError(
            tr("The PDF could not be made: graphics libraries that Qt needs are not installed.")
        ) from error
    with application():
        return manifests_pdf(scenario, evaluation, wishes.paper, told, wishes.plan)


def _zip(scenario: Scenario, *_: object) -> bytes:
    return zip_bytes(scenario_files(scenario))


FILES = (
    PlanFile(
        "pdf", tr("Driver manifests, PDF"),
        tr("For each driver: a map, the stops in order, and codes that lead a phone there"),
        "manifests.pdf", tr("PDF files (*.pdf)"), _pdf,
    ),
    PlanFile(
        "xlsx", tr("Workbook, Excel"), tr("Sheets of routes, stops and unserved customers"),
        "plan.xlsx", tr("Excel workbooks (*.xlsx)"), lambda scenario, plan, _, told: workbook(scenario, plan, told),
    ),
    PlanFile(
        "routes", tr("Routes, CSV"), tr("One row for each route"),
        ROUTES_FILE, tr("CSV files (*.csv)"), lambda scenario, plan, *_: routes_csv(scenario, plan),
    ),
    PlanFile(
        "stops", tr("Stops, CSV"), tr("One row for each stop, then the unserved customers"),
        STOPS_FILE, tr("CSV files (*.csv)"), lambda scenario, plan, *_: stops_csv(scenario, plan),
    ),
    PlanFile(
        "gpx", tr("Routes, GPX"), tr("For navigation devices, and for apps that guide without a network"),
        "plan.gpx", tr("GPX files (*.gpx)"), lambda scenario, plan, *_: gpx(scenario, plan), on_earth=True,
    ),
    PlanFile(
        "geojson", tr("Routes and stops, GeoJSON"), tr("For other maps"),
        GEOJSON_FILE, tr("GeoJSON files (*.geojson *.json)"), lambda scenario, plan, *_: geojson(scenario, plan),
    ),
    PlanFile(
        "scenario", tr("Scenario, zipped CSV"), tr("All tables of the scenario, to be opened again here or elsewhere"),
        "scenario.zip", tr("Zip files (*.zip)"), _zip, of_plan=False,
    ),
)  # fmt: skip
"""In the order in which they are offered."""

BY_KEY = {file.key: file for file in FILES}

FORMATS = {"csv": ("routes", "stops"), "geojson": ("geojson",), "gpx": ("gpx",), "xlsx": ("xlsx",), "pdf": ("pdf",)}
"""What the command line calls them: the kinds of files of each format."""


def unsuitable(formats: Iterable[str], scenario: Scenario) -> str:
    """Return a sentence that says which format cannot hold a scenario; "" when all can."""
    wrong = [name for name in formats if not all(BY_KEY[key].suits(scenario) for key in FORMATS[name])]
    if not wrong:
        return ""
    return tr("{formats}: this scenario is on a plane, and has no places on the earth.", formats=", ".join(wrong))


def expect_writable(folder: Path) -> None:
    """See whether files can be written into a folder, or one be made there; nothing is left behind.

    Raises
    ------
    app.io.atomic.WriteError
        If they cannot.
    """
    with explained(folder):
        there = next(one for one in (folder, *folder.parents) if one.exists())
        with tempfile.TemporaryFile(dir=there):
            pass


def write_formats(
    folder: Path, formats: Iterable[str], scenario: Scenario, evaluation: Evaluation, wishes: Wishes
) -> list[Path]:
    """Write files into a folder, which is made where there is none, and return their paths.

    Raises
    ------
    app.io.atomic.WriteError
        If one cannot be written; those before it are there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):  # ValueError: a NUL character in a path
        raise WriteError(tr("The folder {folder} cannot be made.", folder=folder)) from None
    written = []
    for key in (key for name in formats for key in FORMATS[name]):
        path = folder / BY_KEY[key].name
        BY_KEY[key].write(path, scenario, evaluation, wishes)
        written.append(path)
    return written

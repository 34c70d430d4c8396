"""The kinds of files that a plan can be written to, for the window and for the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from app.io.atomic import WriteError, write_file
from app.io.export import GEOJSON_FILE, ROUTES_FILE, STOPS_FILE, geojson, routes_csv, stops_csv
from app.io.gpx import gpx
from app.io.navigation import Codes
from app.io.progress import Progress, unheard
from app.io.workbook import workbook
from app.io.write_scenario import scenario_files, zip_bytes
from app.model.evaluation import Evaluation
from app.model.scenario import Scenario, TravelSource


class Paper(StrEnum):
    """Paper for manifests."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user may choose besides the kind of file.

    Parameters
    ----------
    routes
        Numbers of the routes that are wanted, from 1; None for all.
    paper, codes, printed
        Of manifests; see `app.paper.press.PaperOptions`.
    """

    routes: frozenset[int] | None = None
    paper: Paper = Paper.A4
    codes: Codes = Codes.PLACES
    printed: str = ""


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
        write_file(path, self.make(scenario, chosen(evaluation, wishes.routes), wishes, told))


def chosen(evaluation: Evaluation, routes: Iterable[int] | None) -> Evaluation:
    """Return the figures of some routes only, which keep their numbers; who is in no route is then left out as well."""
    if routes is None:
        return evaluation
    wanted = frozenset(routes)
    return replace(evaluation, routes=tuple(one for one in evaluation.routes if one.number in wanted), unserved=())


def _pdf(scenario: Scenario, evaluation: Evaluation, wishes: Wishes, told: Progress) -> bytes:
    try:
        from app.paper.press import PaperOptions, application, manifests_pdf
        from app.paper.sheet import PaperSize
    except ImportError as error:  # the other files need no graphics library, so there may be none
        raise WriteError("The PDF could not be made: the graphics libraries that Qt needs are not installed.") from error
    with application():
        options = PaperOptions(PaperSize(wishes.paper.value), wishes.codes, wishes.printed)
        return manifests_pdf(scenario, evaluation, options, told)


def _zip(scenario: Scenario, *_: object) -> bytes:
    return zip_bytes(scenario_files(scenario))


FILES = (
    PlanFile(
        "pdf", "Driver manifests, PDF", "For each driver: a map, the stops in order, and codes that lead a phone there",
        "manifests.pdf", "PDF files (*.pdf)", _pdf,
    ),
    PlanFile(
        "xlsx", "Workbook, Excel", "Sheets of routes, stops and unserved customers",
        "plan.xlsx", "Excel workbooks (*.xlsx)", lambda scenario, plan, _, told: workbook(scenario, plan, told),
    ),
    PlanFile(
        "routes", "Routes, CSV", "One row for each route",
        ROUTES_FILE, "CSV files (*.csv)", lambda scenario, plan, *_: routes_csv(scenario, plan),
    ),
    PlanFile(
        "stops", "Stops, CSV", "One row for each stop, then the unserved customers",
        STOPS_FILE, "CSV files (*.csv)", lambda scenario, plan, *_: stops_csv(scenario, plan),
    ),
    PlanFile(
        "gpx", "Routes, GPX", "For navigation devices, and for apps that guide without a network",
        "plan.gpx", "GPX files (*.gpx)", lambda scenario, plan, *_: gpx(scenario, plan), on_earth=True,
    ),
    PlanFile(
        "geojson", "Routes and stops, GeoJSON", "For other maps",
        GEOJSON_FILE, "GeoJSON files (*.geojson *.json)", lambda scenario, plan, *_: geojson(scenario, plan),
    ),
    PlanFile(
        "scenario", "Scenario, zipped CSV", "All tables of the scenario, to be opened again here or elsewhere",
        "scenario.zip", "Zip files (*.zip)", _zip, of_plan=False,
    ),
)  # fmt: skip
"""In the order in which they are offered."""

BY_KEY = {file.key: file for file in FILES}

"""What leaves the window: every kind of file, written as the window writes it, and read again by other means."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from app.io.document import SUFFIX, load_document
from app.io.gpx import NAMESPACE
from app.io.plan_file import read_plan
from app.io.read_scenario import read_scenario
from app.model.evaluation import Evaluation
from app.plan_files import FILES, PlanFile, Wishes
from app.selftest.stage import Stage
from app.selftest.step import Step, StepError, UnavailableError
from app.selftest.waiting import Wait
from app.views.main_window import MainWindow

Facts = Mapping[str, Any]

DOCUMENT = f"sample{SUFFIX}"


def export(kind: PlanFile, stage: Stage) -> Facts:
    """Write the plan to a file of a kind, in the thread that exports have, and read it."""
    window, evaluation = stage.window, stage.figures()
    scenario, wishes = window.session.scenario, Wishes(plan=window.session.plan)
    if not kind.suits(scenario):
        raise UnavailableError("the scenario is on a plane, and has no places on the earth")
    path = stage.file(kind.name)
    wait = Wait()
    window.exports.job.run(
        path.name, lambda told: kind.write(path, scenario, evaluation, wishes, told), wait.tell, wait.tell
    )
    if fault := wait.result():
        raise StepError(str(fault))
    _CHECKS[kind.key](path, window, evaluation)
    return {"file": path.name, "bytes": path.stat().st_size}


def save(stage: Stage) -> Facts:
    """Save the document, as the window does, and open what was saved by other means."""
    window, path = stage.window, stage.file(DOCUMENT)
    whole = window.session.whole
    window.files.take_unsaved(whole, path)
    wait = Wait().on(window.files.message)
    window.files.save(lambda: wait.tell(""))
    if fault := wait.result():
        raise StepError(fault)
    loaded = load_document(path)
    _held(loaded.variants is not None and not loaded.issues, path, "a document without faults")
    assert loaded.variants is not None
    _held(loaded.variants.state == whole.state, path, "the scenario and the plan that were saved")
    return {"file": path.name, "bytes": path.stat().st_size}


EXPORTS = tuple(Step(f"export_{kind.key}", partial(export, kind), ("solve",)) for kind in FILES)
"""A step for each kind of file."""


def _held(true: bool, path: Path, wanted: str) -> None:
    """Complain of a file that does not hold what it should."""
    if not true:
        raise StepError(f"{path.name} does not hold {wanted}")


def _check_pdf(path: Path, _: MainWindow, evaluation: Evaluation) -> None:
    data = path.read_bytes()
    _held(data.startswith(b"%PDF-") and b"%%EOF" in data[-64:], path, "a whole PDF")
    pages = data.count(b"/Type /Page\n") + data.count(b"/Type/Page\n")
    _held(pages >= len(evaluation.routes), path, "a page for each route")


def _check_workbook(path: Path, *_: object) -> None:
    with zipfile.ZipFile(path) as file:
        _held(file.testzip() is None and "xl/workbook.xml" in file.namelist(), path, "a workbook")


def _check_routes(path: Path, _: MainWindow, evaluation: Evaluation) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    _held(len(rows) == len(evaluation.routes), path, "a row for each route")


def _check_stops(path: Path, window: MainWindow, _: Evaluation) -> None:
    plan, issues = read_plan(path, window.session.scenario)
    _held(not issues, path, "a plan of this scenario")
    _held(plan.routes == window.session.plan.routes, path, "the routes of the plan")


def _check_gpx(path: Path, _: MainWindow, evaluation: Evaluation) -> None:
    routes = ElementTree.parse(path).getroot().findall(f"{{{NAMESPACE}}}rte")
    _held(len(routes) == len(evaluation.routes), path, "each route")


def _check_geojson(path: Path, _: MainWindow, evaluation: Evaluation) -> None:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    lines = [one for one in features if one["geometry"]["type"] == "LineString"]
    _held(len(lines) == len(evaluation.routes), path, "a line for each route")


def _check_scenario(path: Path, window: MainWindow, _: Evaluation) -> None:
    read = read_scenario(path)
    _held(not read.issues, path, "a scenario without faults")
    _held(read.scenario == window.session.scenario, path, "the scenario that was exported")


_CHECKS: dict[str, Callable[[Path, MainWindow, Evaluation], None]] = {
    "pdf": _check_pdf,
    "xlsx": _check_workbook,
    "routes": _check_routes,
    "stops": _check_stops,
    "gpx": _check_gpx,
    "geojson": _check_geojson,
    "scenario": _check_scenario,
}
"""How each kind of file is read, by its key."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.cells import FORMULA
from app.io.plan_tables import Kind, csv_cell, routes_table, stops_table, unserved_table
from app.io.progress import StoppedError
from app.io.workbook import LONGEST_TEXT, workbook
from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, Unserved, evaluate
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import DAY, Scenario
from tests.app.io.scenarios import full_scenario, scenarios

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PLAN = Plan((PlannedRoute("van", ("c1", "c3")), PlannedRoute("bike", ("c4",))))


def figures(scenario: Scenario, plan: Plan) -> Evaluation:
    return evaluate(scenario, compile_scenario(scenario), plan)


def sheets(data: bytes) -> dict[str, list[list[str | float | None]]]:
    """Return the cells of each sheet; a formula anywhere is a failure."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        strings = ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in shared]
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        names = [sheet.get("name", "") for sheet in book.iter(f"{MAIN}sheet")]
        found = {}
        for number, name in enumerate(names, start=1):
            root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            assert root.find(f".//{MAIN}f") is None
            found[name] = [_row(row, strings) for row in root.iter(f"{MAIN}row")]
        return found


def _row(row: ElementTree.Element, strings: list[str]) -> list[str | float | None]:
    cells: list[str | float | None] = []
    for cell in row:
        column = 0
        for letter in re.match("[A-Z]+", cell.get("r", ""))[0]:  # type: ignore[index]
            column = column * 26 + ord(letter) - 64
        cells += [None] * (column - 1 - len(cells))
        value = cell.findtext(f"{MAIN}v", "")
        cells.append(strings[int(value)] if cell.get("t") == "s" else float(value))
    return cells


def test_routes_stops_and_unserved_have_a_sheet_each() -> None:
    scenario = full_scenario()
    evaluation = replace(figures(scenario, PLAN), unserved=(Unserved("c2", False, ("=No vehicle", "has room.")),))
    found = sheets(workbook(scenario, evaluation))
    assert list(found) == ["routes", "stops", "unserved"]
    assert [len(rows) - 1 for rows in found.values()] == [2, 3, 1]
    titles = found["routes"][0]
    van = dict(zip(titles, found["routes"][1], strict=False))
    assert (van["vehicle"], van["stops"]) == ("van", 2)
    assert van["start"] == pytest.approx(evaluation.routes[0].start_s / DAY)
    assert van["duration min"] == pytest.approx(evaluation.routes[0].duration_s / 60, abs=1e-4)
    assert found["unserved"][1][-1] == "'=No vehicle has room."
    stop = dict(zip(found["stops"][0], found["stops"][2], strict=False))
    assert (stop["name"], stop["notes"]) == ("'=SUM(A1)", "'+358 40; ring")


@given(scenarios(), st.data())
def test_no_text_is_lost_or_run(scenario: Scenario, data: st.DataObject) -> None:
    vehicle = data.draw(st.sampled_from(list(scenario.vehicles)))
    evaluation = figures(scenario, Plan((PlannedRoute(vehicle, tuple(scenario.customers)[:2]),)))
    found = sheets(workbook(scenario, evaluation))
    tables = (routes_table, stops_table, unserved_table)
    for rows, table in zip(found.values(), (make(scenario, evaluation) for make in tables), strict=True):
        assert len(rows) == len(table.rows) + 1
        for row, cells in zip(rows[1:], table.rows, strict=True):
            for shown, cell, column in zip(row, cells, table.columns, strict=False):
                if column.kind is Kind.TEXT and isinstance(shown, str):
                    assert shown[:1] not in FORMULA
                    assert unescaped(shown) == csv_cell(cell, Kind.TEXT)


def unescaped(text: str) -> str:
    return re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)


def test_a_text_without_end_is_cut_where_excel_would_refuse_it() -> None:
    scenario = full_scenario()
    long = replace(scenario.customers["c1"], notes="long " * 20_000, name="lone \ud800 surrogate")
    scenario = replace(scenario, customers=dict(scenario.customers) | {"c1": long})
    found = sheets(workbook(scenario, figures(scenario, PLAN)))
    assert max(len(cell) for row in found["stops"] for cell in row if isinstance(cell, str)) == LONGEST_TEXT


def test_a_name_is_never_taken_for_markup() -> None:
    scenario = full_scenario()
    sly = replace(scenario.customers["c1"], name="<r><t>rich</t></r>")
    scenario = replace(scenario, customers=dict(scenario.customers) | {"c1": sly})
    names = [row[5] for row in sheets(workbook(scenario, figures(scenario, PLAN)))["stops"]]
    assert names[1] == "'<r><t>rich</t></r>"


def test_it_can_be_stopped() -> None:
    def stop(done: int, total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        workbook(full_scenario(), figures(full_scenario(), PLAN), stop)

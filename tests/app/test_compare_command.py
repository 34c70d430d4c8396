"""``compare``: the table and the JSON of plans in files, and what is said where there is nothing to compare."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from app.io import save_document, save_variants, write_scenario
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.variants import Variant, Variants
from tests.app.io.scenarios import full_scenario
from tests.app.jobs.scenarios import make_scenario

TOWN = make_scenario(6)
NARROW = Plan((PlannedRoute("van", ("C0", "C1", "C2", "C3", "C4", "C5"), 1),))
WIDE = Plan((PlannedRoute("van", ("C5", "C1", "C4"), 1), PlannedRoute("van", ("C0", "C2"), 2)))

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    save_document(tmp_path / "narrow.routewright", TOWN, NARROW)
    save_document(tmp_path / "wide.routewright", TOWN, WIDE)
    return [str(tmp_path / "narrow.routewright"), str(tmp_path / "wide.routewright")]


def record(capsys: Captured, *arguments: str) -> dict[str, list[dict[str, dict[str, float]]]]:
    assert main(["compare", "--json", *arguments]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)  # type: ignore[no-any-return]


def lines(capsys: Captured) -> dict[str, str]:
    return {line[:20].strip(): line for line in capsys.readouterr().out.splitlines()}


def test_the_table_marks_the_best_and_says_by_how_much(files: list[str], capsys: Captured) -> None:
    assert main(["compare", *files]) == 0
    table = lines(capsys)
    assert table["Vehicles in use"].split()[-4:] == ["*", "1", "2", "+1"]
    assert table["Unserved customers"].split()[-4:] == ["*", "0", "1", "+1"]
    assert table["Late stops"].split()[-3:] == ["0", "0", "="]


def test_differences_refer_to_the_base(files: list[str], capsys: Captured) -> None:
    assert main(["compare", *files, "--base", "wide"]) == 0
    assert lines(capsys)["Vehicles in use"].split()[-4:] == ["*", "1", "-1", "2"]


def test_json_has_all_figures(files: list[str], capsys: Captured) -> None:
    found = record(capsys, *files)
    narrow, wide = found["plans"]
    assert (found["base"], narrow["name"], wide["name"]) == ("narrow", "narrow", "wide")
    assert narrow["figures"]["vehicles"] == 1
    assert "vehicles" in narrow["best"]
    assert wide["figures"]["unserved"] == 1
    assert len(wide["violations"]) == 1
    assert narrow["figures"]["cost"] < wide["figures"]["cost"]


def test_the_variants_of_one_document_are_compared(tmp_path: Path, files: list[str], capsys: Captured) -> None:
    path = tmp_path / "day.routewright"
    items = (Variant("A", State(TOWN, NARROW)), Variant("B", State(TOWN, WIDE)), Variant("C", State(TOWN)))
    save_variants(path, Variants(items))
    found = record(capsys, str(path))
    assert [one["name"] for one in found["plans"]] == ["A", "B", "C"]
    assert found["plans"][2]["figures"]["cost"] is None
    assert found["plans"][2]["note"]
    found = record(capsys, str(path), files[0], files[0])
    assert [one["name"] for one in found["plans"]] == ["day: A", "day: B", "day: C", "narrow", "narrow (2)"]


def test_a_scenario_without_a_plan_has_no_amounts(tmp_path: Path, files: list[str], capsys: Captured) -> None:
    write_scenario(full_scenario(), tmp_path / "folder")
    assert main(["compare", files[0], str(tmp_path / "folder")]) == 0
    table = lines(capsys)
    assert table["Vehicles in use"].split()[-3:] == ["1", "-", "-"]
    assert "folder: there is no plan" in table.values()


@pytest.mark.parametrize("arguments", [["none.routewright"], ["{0}"], ["{0}", "{1}", "--base", "x"], []])
def test_what_cannot_be_compared_is_told_in_a_few_words(
    files: list[str], arguments: list[str], capsys: Captured
) -> None:
    try:
        code = main(["compare", *(one.format(*files) for one in arguments)])
    except SystemExit as left:
        code = int(left.code or 0)
    assert code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert told.err


def test_no_qt_is_imported(files: list[str]) -> None:
    script = (
        "import sys; from app.__main__ import main; "
        f"code = main(['compare', *{files!r}]); "
        "assert not any(name.partition('.')[0] in ('PySide6', 'numba') for name in sys.modules); sys.exit(code)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False).returncode == 0

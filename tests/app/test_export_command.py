"""The plan of a document, and the formats of `solve`, on the command line."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.__main__ import main
from app.io import save_document
from app.io.document import save_variants
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.variants import Variant, Variants
from tests.app.io.gpx_schema import check_gpx, named, text_of
from tests.app.io.scenarios import full_scenario
from tests.app.paper.days import PLAN, long_day

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    save_document(tmp_path / "day.routewright", full_scenario(), PLAN)
    return tmp_path / "day.routewright"


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_plan_is_written_without_solving(document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(document), "--out", str(tmp_path / "new" / "out")]) == 0
    assert names_in(tmp_path / "new" / "out") == {"routes.csv", "stops.csv", "plan.geojson"}
    assert "routes.csv" in capsys.readouterr().out


def test_formats_can_be_chosen(document: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["export", str(document), "--out", str(out), "--formats", "gpx, XLSX,gpx"]) == 0
    assert names_in(out) == {"plan.gpx", "plan.xlsx"}
    check_gpx((out / "plan.gpx").read_bytes())
    assert zipfile.is_zipfile(out / "plan.xlsx")


def test_routes_can_be_chosen(document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", str(document), "--out", str(tmp_path / "out"), "--formats", "gpx", "--routes"]
    assert main([*arguments, "2"]) == 0
    (route,) = named(check_gpx((tmp_path / "out" / "plan.gpx").read_bytes()), "rte")
    assert text_of(route, "number") == "2"
    assert main([*arguments, "3,4"]) == 2
    assert "1 to 2" in capsys.readouterr().err


def test_the_variant_that_was_shown_last_is_written_or_the_one_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = State(full_scenario(), PLAN), State(full_scenario(), Plan(PLAN.routes[:1]))
    save_variants(tmp_path / "day.routewright", Variants((Variant("One", one), Variant("Two", two)), 1))
    arguments = ["export", str(tmp_path / "day.routewright"), "--out", str(tmp_path), "--formats", "gpx"]
    for chosen, count in (([], 1), (["--variant", "One"], 2), (["--variant", "Two"], 1)):
        assert main([*arguments, *chosen]) == 0
        assert len(named(check_gpx((tmp_path / "plan.gpx").read_bytes()), "rte")) == count
    assert main([*arguments, "--variant", "Three"]) == 2
    assert "One, Two" in capsys.readouterr().err


def run(document: Path, out: Path, formats: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process without a display, and print which graphics it has loaded."""
    program = (
        "import sys; from app.__main__ import main; code = main(sys.argv[1:]);"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'PySide6', 'shiboken6', 'pyqtgraph', 'numba'});"
        "sys.exit(code)"
    )
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    arguments = ["export", str(document), "--out", str(out), "--formats", formats, *more]
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_pdf_needs_no_display(document: Path, tmp_path: Path) -> None:
    ended = run(document, tmp_path / "out", "pdf")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (tmp_path / "out" / "manifests.pdf").read_bytes().startswith(b"%PDF-")
    assert "pyqtgraph" not in ended.stdout


def test_the_pdf_says_why_where_that_is_wanted(document: Path, tmp_path: Path) -> None:
    sizes = []
    for more in ([], ["--why"]):
        ended = run(document, tmp_path / "out", "pdf", *more)
        assert (ended.returncode, ended.stderr) == (0, "")
        sizes.append((tmp_path / "out" / "manifests.pdf").stat().st_size)
    assert sizes[0] < sizes[1]


def test_all_other_formats_load_no_graphics(document: Path, tmp_path: Path) -> None:
    ended = run(document, tmp_path / "out", "csv,geojson,gpx,xlsx")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[-1].strip() == ""
    assert len(names_in(tmp_path / "out")) == 5


def test_a_document_without_a_plan_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_document(tmp_path / "day.routewright", full_scenario(), Plan())
    assert main(["export", str(tmp_path / "day.routewright"), "--out", str(tmp_path / "out")]) == 2
    assert "no plan" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_document_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "day.routewright").write_bytes(b"not a document")
    assert main(["export", str(tmp_path / "day.routewright"), "--out", str(tmp_path / "out")]) == 2
    assert "day.routewright" in capsys.readouterr().err


def test_a_plane_has_no_tracks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, _ = long_day(3, plane=True)
    plan = Plan((PlannedRoute("van", tuple(scenario.customers)),))
    save_document(tmp_path / "day.routewright", scenario, plan)
    arguments = ["export", str(tmp_path / "day.routewright"), "--out", str(tmp_path / "out"), "--formats"]
    assert main([*arguments, "csv,gpx"]) == 2
    assert "gpx" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert main([*arguments, "csv"]) == 0


def test_a_file_that_cannot_be_written_is_named(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out" / "plan.gpx").mkdir(parents=True)
    assert main(["export", str(document), "--out", str(tmp_path / "out"), "--formats", "gpx"]) == 2
    assert "plan.gpx" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--formats", "doc"),
        ("--formats", ""),
        ("--formats", "csv,doc"),
        ("--paper", "a3"),
        ("--codes", "all"),
        ("--routes", "0"),
        ("--routes", "a"),
    ],
)
def test_what_there_is_not_is_refused_in_one_line(
    option: str, value: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", str(document), "--out", "x", option, value])
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert option in line


def test_a_missing_graphics_library_is_a_plain_sentence(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "app.paper.press", None)
    assert main(["export", str(document), "--out", str(tmp_path / "out"), "--formats", "pdf"]) == 2
    assert "Qt" in capsys.readouterr().err

"""What folders say of roads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.io import read_scenario, write_scenario
from app.model.scenario import Settings, TravelSource
from app.model.traffic import HOURS, Traffic
from solver.roads.modes import Mode, ModeKind
from tests.app.io.scenarios import full_scenario

MODES = (Mode("van", ModeKind.VAN, 0.9, 2.6, 2.1, 6.0, 3.5, True, 1.0, 2.0, 3.0), Mode("tram"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that says all that can be said of roads."""
    scenario = full_scenario()
    settings = replace(
        scenario.settings,
        travel=TravelSource.ROADS,
        network="helsinki",
        modes=MODES,
        traffic=Traffic(),
    )
    write_scenario(replace(scenario, settings=settings), tmp_path / "day")
    return tmp_path / "day"


def settings_of(folder: Path) -> Settings:
    scenario = read_scenario(folder).scenario
    assert scenario is not None
    return scenario.settings


def test_a_network_that_is_not_here_is_not_a_fault_of_the_folder(folder: Path) -> None:
    result = read_scenario(folder)
    assert result.complete
    assert settings_of(folder).network == "helsinki"
    assert settings_of(folder).modes == MODES
    assert settings_of(folder).traffic == Traffic()


def test_writing_again_without_them_takes_their_files_away(folder: Path) -> None:
    write_scenario(full_scenario(), folder)
    assert {"modes.csv", "traffic.csv"}.isdisjoint(path.name for path in folder.iterdir())
    assert read_scenario(folder).scenario == full_scenario()


def test_hours_that_are_not_there_are_as_usual(folder: Path) -> None:
    (folder / "traffic.csv").write_text("hour,main\n8,0.5\n9,0.25\n", "utf-8")
    traffic = settings_of(folder).traffic
    assert traffic is not None
    assert traffic.main == (*(1.0,) * 8, 0.5, 0.25, *(1.0,) * (HOURS - 10))
    assert traffic.local == (1.0,) * HOURS


@pytest.mark.parametrize(
    ("rows", "line", "column"),
    [("24,1", 2, "hour"), ("8,1\n8,1", 3, "hour"), ("8,1\n9,0", 3, "main"), ("x,1", 2, "hour"), ("8,fast", 2, "main")],
)
def test_an_hour_that_makes_no_sense_is_told_with_its_row(folder: Path, rows: str, line: int, column: str) -> None:
    (folder / "traffic.csv").write_text(f"hour,main\n{rows}\n", "utf-8")
    (issue,) = read_scenario(folder).issues
    assert (issue.file, issue.row, issue.column) == ("traffic.csv", line, column)


@pytest.mark.parametrize(
    ("row", "column"), [("a,plane,1", "kind"), ("a,car,0", "speed factor"), ("b,car,1", "id"), (",car,1", "id")]
)
def test_a_mode_that_makes_no_sense_is_told_with_its_row_and_left_out(folder: Path, row: str, column: str) -> None:
    (folder / "modes.csv").write_text(f"id,kind,speed factor\nb,truck,2\n{row}\n", "utf-8")
    (issue,) = read_scenario(folder).issues
    assert (issue.file, issue.row, issue.column) == ("modes.csv", 3, column)
    assert settings_of(folder).modes == (Mode("b", ModeKind.TRUCK, 2.0),)

"""``python -m app train``: from scenarios on disk to weights on disk."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.__main__ import main
from app.io import save_document, write_scenario
from app.io.write_scenario import scenario_files, zip_bytes
from app.model.plan import Plan
from app.model.scenario import Scenario
from solver.policy.own import own_weights
from solver.policy.weights import Weights
from tests.app.io.scenarios import full_scenario

QUICK = ["--rollouts", "128", "--threads", "1"]


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.policy.reinforcement.CLIENTS_A_STEP", 1)
    monkeypatch.setattr("solver.commands.sources.APART", 2)


def day() -> Scenario:
    """Return a scenario without zones that nobody may enter, so that there is something to decide."""
    return replace(full_scenario(), zones={})


def test_scenarios_of_all_kinds_are_learned_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_scenario(day(), tmp_path / "monday")
    (tmp_path / "tuesday.zip").write_bytes(zip_bytes(scenario_files(day())))
    save_document(tmp_path / "friday.routewright", day(), Plan())
    days = [str(tmp_path / name) for name in ("monday", "tuesday.zip", "friday.routewright")]
    code = main(["train", str(tmp_path / "out"), *QUICK, "--use", "--from", *days])
    out = capsys.readouterr().out
    assert code == 0
    assert "2 of 3 days to learn from; to judge by: " in out
    assert "step 2, 192 rollouts" in out
    assert "cost on days set apart, greedy: " in out
    assert len((tmp_path / "out" / "log.jsonl").read_text().splitlines()) == 2
    Weights.load(tmp_path / "out" / "policy.safetensors")
    assert own_weights().exists() == ("in use from now on" in out)


def test_all_that_is_wrong_in_all_scenarios_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_scenario(day(), tmp_path / "fine")
    write_scenario(day(), tmp_path / "broken")
    with open(tmp_path / "broken" / "depots.csv", "a") as file:
        file.write("shed,,x,24,,\nbarn,,60,y,,\n")
    save_document(tmp_path / "empty.routewright", Scenario(), Plan())
    names = [str(tmp_path / name) for name in ("fine", "broken", "empty.routewright", "missing.zip")]
    assert main(["train", str(tmp_path / "out"), *QUICK, "--from", *names]) == 2
    error = capsys.readouterr().err
    assert error.count("depots.csv, row") == 2
    assert "at least one depot" in error
    assert "missing.zip" in error
    assert [f"{name} cannot be learned from as it is:" in error for name in names] == [False, True, True, True]
    assert not (tmp_path / "out").exists()


def test_many_bad_rows_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_scenario(day(), tmp_path / "broken")
    with open(tmp_path / "broken" / "depots.csv", "a") as file:
        file.writelines(f"shed{number},,x,24,,\n" for number in range(60))
    assert main(["train", str(tmp_path / "out"), *QUICK, "--from", str(tmp_path / "broken")]) == 2
    assert capsys.readouterr().err.endswith("\n  and 10 more\n")


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_scenario(day(), tmp_path / "monday")
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "out"
    assert main(["train", str(folder), *QUICK, "--from", str(tmp_path / "monday")]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(str(folder))


def test_the_folder_is_named_before_the_scenarios_that_would_take_it_in(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    usage, _ = capsys.readouterr().out.split("\n\n", 1)
    assert usage.index("folder") < usage.index("--from")


def test_scenarios_must_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["train", str(tmp_path / "out")])
    assert caught.value.code == 2
    assert "--from" in capsys.readouterr().err


def test_without_torch_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    write_scenario(day(), tmp_path / "monday")
    assert main(["train", str(tmp_path / "out"), "--from", str(tmp_path / "monday")]) == 2
    assert "needs torch" in capsys.readouterr().err


def test_the_command_imports_no_qt(tmp_path: Path) -> None:
    program = (
        "import sys; from app.__main__ import main; code = main(['train', 'out', '--from', 'nowhere']);"
        "assert not {name.partition('.')[0] for name in sys.modules} & {'PySide6', 'shiboken6', 'pyqtgraph'};"
        "sys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith("nowhere cannot be learned from as it is:")

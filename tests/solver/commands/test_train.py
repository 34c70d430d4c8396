"""``python -m solver train``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from solver.__main__ import main
from solver.policy.weights import Weights

SHORT = ["--rollouts", "32", "--sizes", "6", "--threads", "1", "--days", "plain"]


def test_training_leaves_weights_log_and_curve_and_goes_on_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("solver.policy.course.CLIENTS_A_STEP", 1)
    monkeypatch.setattr("solver.commands.train.APART", 2)
    assert main(["train", str(tmp_path), *SHORT]) == 0
    assert Weights.load(tmp_path / "policy.safetensors").card["rollouts"] == "64"
    assert (tmp_path / "curve.svg").read_text().startswith("<svg")
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == 2
    assert "64 rollouts" in capsys.readouterr().out
    assert main(["train", str(tmp_path), *SHORT]) == 0  # there is nothing left to do
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == 2
    assert main(["train", str(tmp_path), *SHORT, "--rate", "0.1"]) == 2
    assert "another plan" in capsys.readouterr().err


def test_days_of_one_city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.policy.course.CLIENTS_A_STEP", 1)
    monkeypatch.setattr("solver.commands.train.APART", 2)
    assert main(["train", str(tmp_path), *SHORT, "--city", "7"]) == 0


@pytest.mark.parametrize("sizes", ["", "fifty", "1", "50;100"])
def test_sizes_that_are_none_are_refused(tmp_path: Path, sizes: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["train", str(tmp_path), "--sizes", sizes])
    assert left.value.code == 2
    assert "as in 50,100" in capsys.readouterr().err


def test_without_torch_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    assert main(["train", str(tmp_path / "new")]) == 2
    assert "needs torch" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_weights_that_cannot_be_used_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "weights.safetensors"
    path.write_text("no weights")
    assert main(["train", str(tmp_path / "new"), *SHORT, "--weights", str(path)]) == 2
    assert "weights.safetensors" in capsys.readouterr().err

"""How a self-test types the commands of the program; that they work is in test_real_engine."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.selftest import commands
from app.selftest.step import StepError, UnavailableError
from app.selftest.wish import Wish


@pytest.fixture
def stage(tmp_path: Path) -> Any:
    """What the commands need of a stage."""
    return SimpleNamespace(wish=Wish(tmp_path, 0.0), sample=tmp_path / "gone", file=lambda name: tmp_path / name)


def test_a_command_that_fails_is_a_fault_with_what_it_said(stage: Any) -> None:
    with pytest.raises(StepError, match=r"solve ended with exit code 2: .*gone cannot be solved as it is"):
        commands.solve_sample(stage)


def test_without_torch_nothing_is_trained_and_that_is_no_fault(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "find_spec", lambda _: None)
    with pytest.raises(UnavailableError, match="torch"):
        commands.train(stage)


def test_a_frozen_program_starts_itself(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def run(command: list[str], **_: Any) -> SimpleNamespace:
        started.append(command)
        return SimpleNamespace(returncode=1, stderr="")

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(commands.subprocess, "run", run)
    with pytest.raises(StepError):
        commands.export_document(stage)
    assert started[0][:2] == [sys.executable, "export"]

"""Warming up leaves nothing to load, asks for the policy once, and says nothing where there is none."""

from __future__ import annotations

import logging
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from solver.builds import BUILDS, POLICY
from solver.genetic import PARTS, parts_for, warm_up
from solver.policy.own import VARIABLE
from solver.worker import genetic_engine

warming = import_module("solver.genetic.warming")


@pytest.mark.parametrize("installed", [True, False])
def test_the_policy_is_warmed_once_and_where_there_is_none_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, installed: bool
) -> None:
    caplog.set_level(logging.INFO)
    warmed: list[None] = []
    monkeypatch.setattr(warming, "PARTS", ("rich", POLICY))  # the first would begin with the policy by itself
    monkeypatch.setattr(warming, "warm_rollouts", lambda: warmed.append(None))
    if not installed:
        monkeypatch.setenv(VARIABLE, str(tmp_path / "missing.safetensors"))
    warm_up("plain")
    assert not warmed
    warm_up()
    assert len(warmed) == installed
    assert not caplog.records


def test_the_workers_engine_warms_up_as_the_command_line_does() -> None:
    assert genetic_engine().warm_up is warm_up
    assert genetic_engine().parts is PARTS
    assert {*PARTS} == {*BUILDS, POLICY}


@pytest.mark.parametrize("build", BUILDS)
def test_a_problem_needs_its_build_and_the_policy(build: str) -> None:
    assert parts_for(warming._small_problem(build)) == (build, POLICY)


LOADED_LATER = """
import gc
from numba.core.dispatcher import Dispatcher

def loaded():
    return {(one, types) for one in gc.get_objects() if isinstance(one, Dispatcher) for types in one.signatures}

from solver.genetic import solve, warm_up
from solver.init import Init
from tests.solver.policy.policies import MIXES, day

warm_up()
before = loaded()
assert before
for mix in MIXES:
    first = solve(day(1, 30, mix), iterations=2000, threads=2, init=Init.POLICY).first
print({one.__name__ for one, _ in loaded() - before})
"""


def test_nothing_is_left_to_load_for_a_search_that_begins_with_the_policy() -> None:
    run = subprocess.run([sys.executable, "-c", LOADED_LATER], capture_output=True, text=True, check=True, timeout=120)
    assert run.stdout == "set()\n"

"""``kill -9`` of the window, between edits and in the middle of a save: nothing that was saved is damaged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.io.document import load_document, save_document
from app.model.plan import Plan
from app.model.scenario import Customer, Scenario

TIMES = 20
LONGEST = 0.05
"""Seconds after a save at which the window is killed at the latest; an edit and a save take about as long."""


def document(path: Path, scenario: Scenario) -> Scenario:
    """Save a document that takes a while to write; the name of its first customer is a counter."""
    customers = {f"C{number}": Customer(f"C{number}", "0", 60.1, 24.0 + number / 1000) for number in range(500)}
    made = replace(scenario, customers=customers, profiles={}, zones={})
    save_document(path, made, Plan())
    return made


@pytest.mark.skipif(not hasattr(os, "fork"), reason="windows are forked")
def test_nothing_saved_is_damaged(tmp_path: Path, scenario: Scenario, pytestconfig: pytest.Config) -> None:
    path = tmp_path / "day.routewright"
    saved = document(path, scenario)
    chance = random.Random(4)
    command = [sys.executable, "-m", "tests.app.views.killed_window", str(path)]
    number = "0"
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=pytestconfig.rootpath
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for time_number in range(TIMES):
            in_a_save = time_number % 4 == 0
            print("torn" if in_a_save else "", file=process.stdin, flush=True)
            word, pid = process.stdout.readline().split()
            assert word == "opened"
            if not in_a_save:
                for _ in range(chance.randrange(3)):
                    word, number = process.stdout.readline().split()
                    assert word == "saved"
                time.sleep(chance.random() * LONGEST)
                os.kill(int(pid), signal.SIGKILL)
            for line in iter(process.stdout.readline, "dead 0\n"):
                word, number = line.split()
            loaded = load_document(path)
            assert loaded.issues == ()
            assert loaded.scenario is not None
            first = loaded.scenario.customers["C0"]
            assert int(first.name) >= int(number)  # what was reported as saved is there
            customers = {**loaded.scenario.customers, "C0": saved.customers["C0"]}
            assert replace(loaded.scenario, customers=customers) == saved
            unfinished = list(tmp_path.glob(".*.tmp"))
            assert unfinished or not in_a_save
            for file in unfinished:
                file.unlink()
        process.stdin.close()
    assert process.returncode == 0

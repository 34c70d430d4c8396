"""``kill -9`` while a document is edited and saved: what was saved is there, and all but the last second of edits."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.io.document import load_document, save_document
from app.model.patch import State
from app.model.plan import Plan
from app.model.scenario import Customer, Scenario
from tests.app.views.killed_session import edit, state_on_disk

TIMES = 10
LONGEST = 0.15
"""Seconds after its start at which a process is killed at the latest; once in ten times it lives ten times as long."""
MAY_BE_MISSING = 1.0
"""Seconds."""


@dataclass
class Killed:
    """What is known of a series of kills: how many edits were lost each time, and how long before the kill the oldest
    of them was made, in seconds."""

    edits: int = 0
    saves: int = 0
    recoveries: int = 0
    lost: list[int] = field(default_factory=list)
    ages: list[float] = field(default_factory=list)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_what_was_saved_and_all_but_the_last_edits_survive(
    tmp_path: Path, scenario: Scenario, pytestconfig: pytest.Config
) -> None:
    killed = kill_again_and_again(TIMES, tmp_path, scenario, pytestconfig.rootpath)
    assert killed.edits > TIMES
    assert killed.recoveries > 0
    assert max(killed.ages, default=0.0) <= MAY_BE_MISSING


def kill_again_and_again(times: int, folder: Path, scenario: Scenario, root: Path) -> Killed:
    """Kill a process that edits and saves so many times; each goes on where the last one was killed.

    Raises
    ------
    AssertionError
        If anything is lost that was saved, or what comes back is not what was edited.
    """
    path, journals = folder / "day.routewright", folder / "journals"
    customers = {f"C{number}": Customer(f"C{number}", "0", 60.1, 24.0 + number / 1000) for number in range(100)}
    save_document(path, Scenario(scenario.depots, scenario.vehicles, customers), Plan())
    loaded = load_document(path)
    assert loaded.scenario is not None
    state, number = State(loaded.scenario, loaded.plan), 0
    killed, chance = Killed(), random.Random(5)
    command = [sys.executable, "-m", "tests.app.views.killed_session", str(path), str(journals)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for time_number in range(times):
            print(number, file=process.stdin, flush=True)
            word, pid, _ = process.stdout.readline().split()
            assert word == "opened"
            time.sleep(chance.random() * LONGEST * (10 if time_number % 10 == 5 else 1))
            died = time.time()
            os.kill(int(pid), signal.SIGKILL)
            made: dict[int, float] = {}
            saved = number
            for line in iter(process.stdout.readline, "dead 0 0\n"):
                word, text, seconds = line.split()
                if word == "edited":
                    made[int(text)] = float(seconds)
                else:
                    saved = int(text)
                    killed.saves += 1
            states = {number: state}
            for following in range(number + 1, max(made, default=number) + 2):  # one may not have been told any more
                state = edit(state, following).patch.applied(state)
                states[following] = state
            found = state_on_disk(path, journals)
            matching = [at for at, one in states.items() if one == found]
            assert matching, "what came back is no state that there was"
            lost = [at for at in made if at > max(matching)]
            assert max(matching) >= saved
            killed.edits += len(made)
            killed.recoveries += any(journals.glob("*/edits-*"))
            killed.lost.append(len(lost))
            killed.ages += [died - made[lost[0]]] if lost else []
            number, state = max(matching), found
        process.stdin.close()
    assert process.returncode == 0
    return killed

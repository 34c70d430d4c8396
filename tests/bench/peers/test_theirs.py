"""Running a peer: its answer, its failure, and its end when it does not come to one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bench.peers import theirs

READY = "import json, sys, time\nprint(json.dumps({'solving': True}), flush=True)\n"


Measure = Callable[[str], dict[str, Any]]


@pytest.fixture
def measure(tmp_path: Path) -> Measure:
    def measured(code: str) -> dict[str, Any]:
        script = tmp_path / "peer.py"
        script.write_text(code)
        return theirs.measure(Path(sys.executable), "fake", Path("CVRP") / "x.vrp", 0.1, 5, script=script)

    return measured


def test_the_answer_is_what_the_peer_says_last(measure: Measure) -> None:
    said = measure(READY + "print(json.dumps({'cost': 7, 'given': sys.argv[1:]}))")
    assert said == {"cost": 7, "given": ["fake", str(Path("CVRP") / "x.vrp"), "CVRP", "0.1", "5"]}


def test_a_failure_is_told_in_one_line(measure: Measure) -> None:
    assert measure("raise ValueError('not this file')") == {"error": "ValueError: not this file"}
    assert measure(READY + "sys.exit(3)") == {"error": "left with 3"}


def test_who_does_not_answer_is_killed(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theirs, "GRACE", 0.2)
    assert measure(READY + "time.sleep(60)") == {"error": "no answer 0.2 s past its budget"}


def test_who_is_never_ready_is_killed(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theirs, "READING", 0.5)
    assert measure("import time\ntime.sleep(60)") == {"error": "not ready within 0.5 s"}

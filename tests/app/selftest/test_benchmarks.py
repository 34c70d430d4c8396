"""The small problems of a self-test are as the benchmarks write theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.io.read_scenario import read_scenario
from app.selftest.benchmarks import SOLOMON, VRPLIB


@pytest.mark.parametrize(("name", "text", "windows"), [("tiny.vrp", VRPLIB, False), ("tiny.txt", SOLOMON, True)])
def test_a_problem_is_read(tmp_path: Path, name: str, text: str, windows: bool) -> None:
    path = tmp_path / name
    path.write_text(text)
    read = read_scenario(path)
    assert read.issues == ()
    assert read.scenario is not None
    assert len(read.scenario.customers) == 10
    assert all(bool(one.windows) is windows for one in read.scenario.customers.values())

"""The self-test with the engine that users get, as they start it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.io.export import GEOJSON_FILE, ROUTES_FILE, STOPS_FILE
from app.selftest.full import FULL
from app.selftest.quick import QUICK

ROOT = Path(__file__).resolve().parents[3]

COMPILATION = 1200
"""Seconds that the kernels may take to compile where no run has done it before."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.timeout(COMPILATION)
def test_everything_works_that_a_full_self_test_tries(tmp_path: Path) -> None:
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in without}
    command = [sys.executable, "-m", "app", "--selftest", "full", "--out", "out", "--limit", str(COMPILATION - 10)]
    ended = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    report: dict[str, Any] = json.loads(ended.stdout)
    assert (ended.returncode, report["failed"], report["skipped"]) == (0, [], []), ended.stderr
    assert list(report["steps"]) == ["start", *(step.name for step in (*QUICK, *FULL))]
    assert report["steps"]["policy"]["first_plan"] == "policy"
    assert report["kernels"]["folder"] == os.environ["NUMBA_CACHE_DIR"]
    out = tmp_path / "out"
    assert list(tmp_path.iterdir()) == [out]
    routes, stops = rows(out / ROUTES_FILE), rows(out / STOPS_FILE)
    assert len(routes) >= 2
    assert sum(int(route["stops"]) for route in routes) == len([stop for stop in stops if stop["route"]]) >= 50
    features = json.loads((out / GEOJSON_FILE).read_text(encoding="utf-8"))["features"]
    assert sum(one["geometry"]["type"] == "LineString" for one in features) == len(routes)

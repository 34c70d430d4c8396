"""Which engine was measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from solver.policy.own import VARIABLE
from solver.policy.weights import Weights
from tests.bench.peers.ours import POLICY, version


def test_a_version_knows_every_module_of_the_policy_that_a_solve_runs_through() -> None:
    code = "import sys, solver.genetic; print(*(m[14:] for m in sys.modules if m.startswith('solver.policy.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == POLICY


def test_other_weights_are_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for seed in (1, 2):
        path = tmp_path / f"{seed}.safetensors"
        Weights.new(seed).save(path)
        monkeypatch.setenv(VARIABLE, str(path))
        found += [version(), version()]
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    assert len({*found, version()}) == 3
    assert found[0] == found[1]

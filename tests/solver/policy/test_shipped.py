"""Weights are found wherever the program was put, a user's own go first, and what is wrong with them is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from solver.policy import shipped
from solver.policy.shipped import VARIABLE, load_policy, own_weights
from solver.policy.weights import Weights, WeightsError

ROOT = Path(__file__).resolve().parents[3]
LARGEST_FILE = 8 * 2**20

TELL = "from solver.policy.shipped import load_policy; print('weights', load_policy().card['origin'])"


def saved(path: Path, origin: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Weights.new(1).save(path, origin=origin)
    return path


def origin() -> str:
    return load_policy().card.get("origin", "shipped")


def test_weights_come_with_the_program() -> None:
    assert origin() == "shipped"
    assert (ROOT / "resources" / shipped.FILE).stat().st_size <= LARGEST_FILE


def test_own_weights_go_before_those_that_come_with_the_program(own_home: Path) -> None:
    assert own_weights().is_relative_to(own_home)
    path = saved(own_weights(), "own")
    assert origin() == "own"
    path.unlink()
    assert origin() == "shipped"


def test_named_weights_go_before_own_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(own_weights(), "own")
    monkeypatch.setenv(VARIABLE, str(saved(tmp_path / "any name", "named")))
    assert origin() == "named"
    monkeypatch.setenv(VARIABLE, "")
    assert origin() == "own"


def test_named_weights_that_are_missing_are_not_replaced_by_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(own_weights(), "own")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    with pytest.raises(WeightsError, match=f"no weights of a policy at {tmp_path / 'none'}"):
        load_policy()


def test_own_weights_that_are_damaged_are_named_and_not_replaced_by_others() -> None:
    path = saved(own_weights(), "own")
    path.write_bytes(path.read_bytes()[:-1])
    for _ in range(2):  # a failure is not remembered as weights
        with pytest.raises(WeightsError, match=rf"{path} cannot be used: policy\.safetensors is damaged"):
            load_policy()


def test_a_folder_in_their_place_is_said() -> None:
    own_weights().mkdir(parents=True)
    with pytest.raises(WeightsError, match=f"{own_weights()} is a folder, not a file"):
        load_policy()


def test_no_weights_at_all_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_SHIPPED", ())
    with pytest.raises(WeightsError, match="no weights of a policy are installed"):
        load_policy()


def test_weights_are_read_once_and_again_when_the_file_changes() -> None:
    path = saved(own_weights(), "old")
    weights = load_policy()
    assert load_policy() is weights
    saved(path, "new")
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 10**9))  # clocks of files may be coarse
    assert origin() == "new"


def told(folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what a program says of its weights that is installed in a folder."""
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-P", "-c", TELL], cwd="/", env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder into which the engine is installed."""
    leave_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "solver", tmp_path / "site" / "solver", ignore=leave_out)
    return tmp_path / "site"


@pytest.mark.parametrize("kind", ["wheel", "checkout"])
def test_weights_are_found_wherever_the_program_lies(kind: str, site: Path) -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert {"solver", "resources"} <= set(wheel["only-include"])
    where = wheel["sources"]["resources"] if kind == "wheel" else "resources"
    saved(site / where / shipped.FILE, kind)
    run = told(site)
    assert run.stdout == f"weights {kind}\n", run.stderr


def test_an_engine_without_its_resources_says_so(site: Path) -> None:
    run = told(site)
    assert run.returncode == 1
    assert run.stderr.endswith("WeightsError: no weights of a policy are installed\n")

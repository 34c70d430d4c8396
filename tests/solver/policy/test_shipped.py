"""Weights are found wherever the program was put, a user's own go first, and what is wrong with them is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from solver.policy import shipped
from solver.policy.layout import EDITION
from solver.policy.own import VARIABLE, outdated_weights, own_weights, put_into_use
from solver.policy.shipped import load_policy
from solver.policy.weights import Weights, WeightsError, read_arrays, write_arrays

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


def of_another_edition(path: Path, edition: str = "0") -> bytes:
    """Put weights of another edition, whose arrays are others, and return the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_arrays(path, {"old.layer": np.ones((3, 4), np.float32)}, {"edition": edition, "origin": "own"})
    return path.read_bytes()


@pytest.mark.parametrize("edition", ["0", str(EDITION + 1)])
def test_own_weights_of_another_edition_stay_and_are_not_used(
    edition: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shipped, "_tell", shipped._tell.__wrapped__)
    before = of_another_edition(own_weights(), edition)
    assert origin() == "shipped"
    assert str(own_weights()) in caplog.text
    assert own_weights().read_bytes() == before
    assert outdated_weights() == own_weights()
    monkeypatch.setenv(VARIABLE, str(own_weights()))
    assert outdated_weights() is None  # what the user has named is another matter
    with pytest.raises(WeightsError, match=f"is of edition {edition}, expected {EDITION}"):
        load_policy()


def test_own_weights_that_can_be_used_or_are_damaged_are_not_outdated() -> None:
    assert outdated_weights() is None
    path = saved(own_weights(), "own")
    assert outdated_weights() is None
    path.write_bytes(b"nothing")
    assert outdated_weights() is None


def test_new_weights_take_the_place_of_old_ones_and_those_of_another_edition_are_kept_beside() -> None:
    before = of_another_edition(own_weights())
    assert put_into_use(Weights.new(2)) == own_weights()
    assert outdated_weights() is None
    assert load_policy().card["edition"] == str(EDITION)
    beside = own_weights().with_name("policy.edition-0.safetensors")
    assert beside.read_bytes() == before
    put_into_use(Weights.new(3))
    assert {one.name for one in own_weights().parent.iterdir()} == {own_weights().name, beside.name}
    arrays, _ = read_arrays(own_weights())
    assert all(np.array_equal(arrays[name], array) for name, array in Weights.new(3).items())


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

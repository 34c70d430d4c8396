"""What another Python hears of this process's environment."""

from __future__ import annotations

import sys

import pytest

from app.addon.foreign_python import foreign_environment


def test_what_is_about_this_process_stays_here() -> None:
    own = {
        "HOME": "/home/anna",
        "PATH": "/usr/bin",
        "CUDA_VISIBLE_DEVICES": "0",
        "PYTHONHOME": "/opt/routewright",
        "PYTHONPATH": "/opt/routewright/lib",
        "NUMBA_CACHE_DIR": "/tmp/kernels",
        "QT_PLUGIN_PATH": "/opt/routewright/qt",
        "_PYI_APPLICATION_HOME_DIR": "/opt/routewright/_internal",
        "VIRTUAL_ENV": "/work/.venv",
    }
    assert foreign_environment(own).keys() == {"HOME", "PATH", "CUDA_VISIBLE_DEVICES"}


def test_the_loader_finds_what_it_found_before_the_program_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    bundled = "/opt/routewright/_internal"
    assert foreign_environment({"LD_LIBRARY_PATH": bundled}) == {}
    assert foreign_environment({"LD_LIBRARY_PATH": bundled, "LD_LIBRARY_PATH_ORIG": ""}) == {}
    before = {"LD_LIBRARY_PATH": "/usr/local/cuda/lib64"}
    assert foreign_environment({"LD_LIBRARY_PATH": bundled, "LD_LIBRARY_PATH_ORIG": "/usr/local/cuda/lib64"}) == before


def test_a_program_that_is_not_frozen_has_not_touched_the_loader() -> None:
    assert foreign_environment({"LD_LIBRARY_PATH": "/usr/local/lib"}) == {"LD_LIBRARY_PATH": "/usr/local/lib"}

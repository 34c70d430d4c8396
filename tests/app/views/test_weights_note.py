"""Whoever has trained a policy hears that an update has left it behind, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.jobs.background import BackgroundRunner
from app.views.weights_note import tell_of_weights
from solver.policy.own import own_weights
from solver.policy.weights import Weights, write_arrays


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[BackgroundRunner]:
    made = BackgroundRunner()
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def said(runner: BackgroundRunner, settings: QSettings, qtbot: QtBot) -> list[str]:
    heard: list[str] = []
    tell_of_weights(runner, settings, heard.append)
    qtbot.waitUntil(lambda: not runner.busy, timeout=10_000)
    return heard


def test_whoever_has_no_weights_hears_nothing(runner: BackgroundRunner, settings: QSettings, qtbot: QtBot) -> None:
    assert said(runner, settings, qtbot) == []
    own_weights().parent.mkdir(parents=True)
    Weights.new(1).save(own_weights())
    assert said(runner, settings, qtbot) == []


def test_weights_of_another_edition_are_told_of_once(
    runner: BackgroundRunner, settings: QSettings, qtbot: QtBot
) -> None:
    own_weights().parent.mkdir(parents=True)
    write_arrays(own_weights(), {"old": np.ones(3, np.float32)}, {"edition": "0"})
    (sentence,) = said(runner, settings, qtbot)
    assert str(own_weights()) in sentence
    assert said(runner, settings, qtbot) == []
    settings.setValue("search/weights_told", 0)  # the program of then has told of others
    assert len(said(runner, settings, qtbot)) == 1

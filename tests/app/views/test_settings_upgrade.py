"""Settings of older programs are understood, and those of newer ones are left as they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QSettings, Qt
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.views.application import stored_appearance
from app.views.colours import Appearance
from app.views.main_window import MainWindow
from app.views.settings_upgrade import (
    COPIES,
    STEPS,
    VERSION_KEY,
    copies_of,
    layout_by_version,
    settings_version,
    upgrade_settings,
)

FILES = Path(__file__).parent / "settings"
OF_NOW = ("3f65253", "82d1c29", "69b9ca3")
"""Programs whose layouts are of the version that there is now."""


def ini(path: Path) -> QSettings:
    return QSettings(str(path), QSettings.Format.IniFormat)


def values(settings: QSettings) -> dict[str, object]:
    return {key: settings.value(key) for key in settings.allKeys()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "routewright.conf"


def left_by(commit: str, path: Path) -> QSettings:
    shutil.copy(FILES / f"settings-{commit}.conf", path)
    return ini(path)


@pytest.fixture
def make_window(qtbot: QtBot, theme: Any) -> Iterator[Any]:
    made: list[MainWindow] = []

    def make(settings: QSettings) -> MainWindow:
        window = MainWindow(theme, settings, SolverClient())
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.end()


def renamed(before: Mapping[str, object]) -> dict[str, object]:
    after = dict(before)
    after["new"] = after.pop("old", "none")
    return after


def doubled(before: Mapping[str, object]) -> dict[str, object]:
    return dict(before) | {"number": int(str(before["number"])) * 2}


# The steps


def test_each_step_is_taken_once_and_in_order(path: Path) -> None:
    settings = ini(path)
    for key, value in {"old": "a", "number": 3, "group/other": [1, 2]}.items():
        settings.setValue(key, value)
    upgrade_settings(settings, [renamed])
    assert values(settings) == {"new": "a", "number": 3, "group/other": [1, 2], VERSION_KEY: 1}
    upgrade_settings(settings, [renamed, doubled, doubled])
    assert (settings.value("number"), settings_version(settings)) == (12, 3)
    upgrade_settings(settings, [renamed, doubled, doubled])
    assert settings.value("number") == 12
    assert settings_version(settings) == 3
    written = path.read_text().splitlines()
    assert {"number=12", "new=a", "version=3"} < set(written)


def test_the_first_start_has_nothing_to_copy(path: Path) -> None:
    settings = ini(path)
    upgrade_settings(settings)
    assert values(settings) == {VERSION_KEY: len(STEPS)}
    assert copies_of(settings) == []


def test_settings_are_copied_before_each_change_and_the_last_copies_stay(path: Path) -> None:
    settings = ini(path)
    settings.setValue("number", 1)
    for count in range(1, 12):
        upgrade_settings(settings, [doubled] * count)
    kept = copies_of(settings)
    assert [copy.name for copy in kept] == [f"routewright-before-{number}.conf" for number in (9, 10, 11)]
    assert len(kept) == COPIES
    assert [ini(copy).value("number") for copy in kept] == [str(2**power) for power in (8, 9, 10)]
    assert [settings_version(ini(copy)) for copy in kept] == [8, 9, 10]
    upgrade_settings(settings, [doubled] * 11)
    assert copies_of(settings) == kept


def test_settings_that_lie_in_no_file_are_copied_value_by_value(path: Path) -> None:
    settings = ini(path)
    settings.setValue("number", 1)
    settings.setValue("list", ["a", "b"])
    settings.setValue("bytes", QByteArray(b"\x00\xff"))
    settings.fileName = lambda: "\\HKEY_CURRENT_USER\\Software\\routewright"  # type: ignore[method-assign]
    upgrade_settings(settings, [doubled])
    (copy,) = copies_of(settings)
    assert values(ini(copy)) == {"number": 1, "list": ["a", "b"], "bytes": QByteArray(b"\x00\xff")}
    assert settings.value("number") == 2


@pytest.mark.parametrize("in_a_file", [True, False])
def test_what_cannot_be_copied_is_not_changed(path: Path, in_a_file: bool) -> None:
    settings = ini(path)
    settings.setValue("number", 1)
    settings.sync()
    if not in_a_file:
        settings.fileName = lambda: "nowhere"  # type: ignore[method-assign]
        upgrade_settings(settings, [doubled])
        (copy,) = copies_of(settings)
        settings.setValue("number", 1)
        settings.remove(VERSION_KEY)
        copy.unlink()
        copy.mkdir()
    else:
        path.with_name("routewright-before-1.conf").mkdir()
    upgrade_settings(settings, [doubled])
    assert int(str(settings.value("number"))) == 1
    assert settings_version(settings) == 0


@pytest.mark.parametrize("said", ["", "newest", "-1", "²", "1.5"])
def test_a_number_that_is_none_counts_as_none(path: Path, said: str) -> None:
    settings = ini(path)
    settings.setValue(VERSION_KEY, said)
    assert settings_version(settings) == 0


# Of older programs


def test_a_layout_is_kept_under_its_version() -> None:
    assert layout_by_version({}) == {}
    assert layout_by_version({"window/state": b"old"}) == {"window/state": b"old", "window/layout-2": b"old"}
    both = {"window/state": b"old", "window/layout-2": b"new"}
    assert layout_by_version(both) == both


@pytest.mark.parametrize("commit", OF_NOW)
def test_the_window_is_as_an_older_program_left_it(commit: str, path: Path, make_window: Any, qtbot: QtBot) -> None:
    settings = left_by(commit, path)
    before = path.read_bytes()
    upgrade_settings(settings)
    (copy,) = copies_of(settings)
    assert copy.read_bytes() == before
    assert stored_appearance(settings) is Appearance.DARK
    window = make_window(settings)
    assert window.dockWidgetArea(window.plan_dock) is Qt.DockWidgetArea.LeftDockWidgetArea
    assert window.tables_dock.tabs.currentIndex() == 1
    assert [recent.name for recent in window.recent.paths] == ["Tuesday.routewright"]
    assert_whole(window)
    assert settings.value("window/state") is not None  # where the older program finds it


def test_a_layout_of_another_version_gives_way_to_the_usual_one(path: Path, make_window: Any) -> None:
    settings = left_by("28332cc", path)
    upgrade_settings(settings)
    window = make_window(settings)
    assert window.dockWidgetArea(window.plan_dock) is Qt.DockWidgetArea.RightDockWidgetArea
    assert window.tables_dock.tabs.currentIndex() == 1
    assert_whole(window)


def assert_whole(window: MainWindow) -> None:
    """Hold that docks which the layout does not know are closed, and open where they belong."""
    shown = {dock.objectName() for dock in docks(window) if not dock.isHidden()}
    assert shown == {"tables_dock", "timeline_dock", "plan_dock"}
    assert window.tabifiedDockWidgets(window.tables_dock)
    for name in ("show_replan", "show_comparison"):
        window.actions_by_name[name].trigger()
    window.why.show()
    assert all(not dock.isHidden() for dock in docks(window))
    assert not any(dock.isFloating() for dock in docks(window))
    assert window.centralWidget().width() >= 200
    assert window.centralWidget().height() >= 100


def docks(window: MainWindow) -> list[Any]:
    from PySide6.QtWidgets import QDockWidget

    return window.findChildren(QDockWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


# Of newer programs

NEWER = {
    VERSION_KEY: "99",
    "addresses/server": "quantum:[",
    "base_map/cache_megabytes": "plenty",
    "base_map/kind": "globe",
    "export/codes": "holograms",
    "export/kind": "scroll",
    "export/paper": "Z9",
    "files/recent": ["/home/planner/Tuesday.routewright"],
    "guide/learned": "flight,solve",
    "language_model/agreed": "quantum:[",
    "map/colour_by": "mood",
    "replan/seconds": "soon",
    "roads/follow": "perhaps",
    "search/init": "oracle",
    "search/rollouts": "many",
    "servers/travel": "quantum:[",
    "window/appearance": "infrared",
    "window/layout-3": "a layout of then",
    "window/notify": "whisper",
    "window/state": "a layout of long ago",
    "window/text_size": "enormous",
    "voice/name": "Ada",
}


def test_settings_of_a_newer_program_are_left_alone(path: Path, make_window: Any) -> None:
    settings = ini(path)
    for key, value in NEWER.items():
        settings.setValue(key, value)
    upgrade_settings(settings)
    assert copies_of(settings) == []
    assert stored_appearance(settings) is Appearance.SYSTEM
    window = make_window(settings)
    window.end()
    settings.sync()
    after = values(ini(path))
    assert {key: after.get(key) for key in NEWER} == NEWER
    own = {"window/geometry", "window/layout-2", "window/table"}
    assert after.keys() - NEWER.keys() == own

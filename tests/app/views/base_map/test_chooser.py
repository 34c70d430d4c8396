"""The base map from the menu: what is chosen, what is told, and that nothing is asked for before it is agreed to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.map.tiles.grid import Tile, cells_of
from app.map.tiles.layer import RING
from app.map.tiles.sources import USUAL_ZOOMS, OnlineSource
from app.model.scenario import Scenario, Settings, TravelSource
from app.views.base_map.choice import BaseMapChoice, BaseMapKind, store_choice, stored_choice
from app.views.base_map.chooser import provider_of
from app.views.main_window import MainWindow
from app.views.theme import Theme
from tests.app.map.tiles.mbtiles_files import write_mbtiles
from tests.app.map.tiles.tile_server import MAKERS, TileServer, picture

MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def server(qapp: object) -> Iterator[TileServer]:
    made = TileServer()
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def make_window(qtbot: QtBot, theme: Theme, settings: QSettings, server: TileServer) -> Iterator[MakeWindow]:
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(theme, settings, SolverClient())
        made.append(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.end()


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    return make_window()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    tiles = [(Tile(0, 0, 0), picture())]
    said = {"name": "Town", "format": "png", "minzoom": "0", "maxzoom": "4", "attribution": MAKERS}
    return write_mbtiles(tmp_path / "town.mbtiles", tiles, said)


def trigger(window: MainWindow, kind: BaseMapKind) -> None:
    window.actions_by_name[f"base_map_{kind.value}"].trigger()


def ticked(window: MainWindow) -> set[BaseMapKind]:
    return {kind for kind in BaseMapKind if window.actions_by_name[f"base_map_{kind.value}"].isChecked()}


def form(window: MainWindow) -> QDialog:
    (dialog,) = (one for one in window.findChildren(QDialog, "online_dialog") if one.isVisible())
    return dialog


def notice(window: MainWindow) -> QToolButton:
    found = window.findChild(QToolButton, "status_base_map")
    assert isinstance(found, QToolButton)
    return found


def choose_file(window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    trigger(window, BaseMapKind.MBTILES)
    qtbot.waitUntil(lambda: not window.runner.busy)


def test_the_shipped_map_is_the_default_and_asks_nobody(window: MainWindow, server: TileServer, qtbot: QtBot) -> None:
    assert ticked(window) == {BaseMapKind.SHIPPED}
    assert not window.map.canvas.tiles.attribution
    assert not notice(window).isVisible()


def test_a_server_is_asked_after_the_user_has_agreed_and_not_before(
    window: MainWindow, server: TileServer, qtbot: QtBot, settings: QSettings
) -> None:
    trigger(window, BaseMapKind.ONLINE)
    dialog = form(window)
    assert ticked(window) == {BaseMapKind.SHIPPED}
    dialog.findChild(QLineEdit, "online_url").setText(server.url)  # type: ignore[union-attr]
    dialog.findChild(QLineEdit, "online_attribution").setText(MAKERS)  # type: ignore[union-attr]
    window.map.canvas.pan(50, 50)
    qtbot.wait(200)
    assert not server.requests
    dialog.findChild(QCheckBox, "online_agree").setChecked(True)  # type: ignore[union-attr]
    qtbot.wait(100)
    assert not server.requests
    dialog.accept()
    qtbot.waitUntil(lambda: bool(server.requests))
    assert ticked(window) == {BaseMapKind.ONLINE}
    assert window.map.canvas.tiles.attribution == MAKERS
    assert all(one.headers["User-Agent"].startswith("Routewright/") for one in server.requests)
    here = {cell.tile for cell in cells_of(window.map.camera, USUAL_ZOOMS, RING)}
    trigger(window, BaseMapKind.SHIPPED)
    window.map.canvas.zoom(4.0)  # to tiles of another zoom
    qtbot.wait(150)
    assert set(server.asked) <= here  # the server may yet be busy with what was asked for before
    assert ticked(window) == {BaseMapKind.SHIPPED}
    assert stored_choice(settings).online == OnlineSource(server.url, MAKERS)


def test_thinking_better_of_it_changes_nothing(window: MainWindow, server: TileServer, qtbot: QtBot) -> None:
    trigger(window, BaseMapKind.ONLINE)
    form(window).reject()
    assert ticked(window) == {BaseMapKind.SHIPPED}
    assert window.base_map.choice == BaseMapChoice()


def test_what_was_agreed_to_goes_on_at_the_next_start(
    make_window: MakeWindow, settings: QSettings, server: TileServer, qtbot: QtBot
) -> None:
    online = OnlineSource(server.url, MAKERS)
    store_choice(settings, BaseMapChoice(BaseMapKind.ONLINE, None, online, "http://other/{z}/{x}/{y}"))
    refused = make_window()
    qtbot.wait(150)
    assert ticked(refused) == {BaseMapKind.SHIPPED}
    assert not server.requests
    refused.end()
    store_choice(settings, BaseMapChoice(BaseMapKind.ONLINE, None, online, server.url))
    window = make_window()
    qtbot.waitUntil(lambda: bool(server.requests))
    assert ticked(window) == {BaseMapKind.ONLINE}


def test_without_agreement_there_is_nothing_that_could_ask(qapp: object) -> None:
    online = OnlineSource("https://tiles.example.org/{z}/{x}/{y}.png", MAKERS)
    for agreed in ("", "https://other.example.org/{z}/{x}/{y}.png"):
        assert provider_of(BaseMapChoice(BaseMapKind.ONLINE, None, online, agreed)) is None
    assert provider_of(BaseMapChoice(BaseMapKind.SHIPPED, None, online, online.url)) is None


def test_a_plane_scenario_asks_for_nothing(
    make_window: MakeWindow, settings: QSettings, server: TileServer, qtbot: QtBot
) -> None:
    window = make_window()
    window.session.load(Scenario(settings=Settings(travel=TravelSource.PLANE)), None, saved=True)
    qtbot.wait(50)
    store_choice(settings, BaseMapChoice(BaseMapKind.ONLINE, None, OnlineSource(server.url, MAKERS), server.url))
    trigger(window, BaseMapKind.ONLINE)
    dialog = form(window)
    dialog.findChild(QLineEdit, "online_url").setText(server.url)  # type: ignore[union-attr]
    dialog.findChild(QLineEdit, "online_attribution").setText(MAKERS)  # type: ignore[union-attr]
    dialog.findChild(QCheckBox, "online_agree").setChecked(True)  # type: ignore[union-attr]
    dialog.accept()
    window.map.canvas.pan(50, 50)
    qtbot.wait(150)
    assert ticked(window) == {BaseMapKind.ONLINE}
    assert not server.requests


def test_trouble_is_told_once_and_noticed_as_long_as_it_lasts(
    make_window: MakeWindow, settings: QSettings, server: TileServer, qtbot: QtBot
) -> None:
    server.act = lambda request: request.answer(500)
    store_choice(settings, BaseMapChoice(BaseMapKind.ONLINE, None, OnlineSource(server.url, MAKERS), server.url))
    window = make_window()
    told: list[str] = []
    window.base_map.said.connect(told.append)
    qtbot.waitUntil(lambda: notice(window).isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: len(server.requests) >= 6, timeout=10_000)  # it has been tried again
    assert len(told) == 1
    assert "127.0.0.1" in told[0]
    assert notice(window).accessibleName() == told[0]
    server.act = server.well
    notice(window).click()
    qtbot.waitUntil(lambda: not notice(window).isVisible(), timeout=20_000)
    assert len(told) == 1


def test_a_file_is_shown_and_remembered(
    window: MainWindow, make_window: MakeWindow, file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choose_file(window, file, monkeypatch, qtbot)
    qtbot.waitUntil(lambda: window.map.canvas.tiles.attribution == MAKERS)
    assert ticked(window) == {BaseMapKind.MBTILES}
    window.end()
    again = make_window()
    qtbot.waitUntil(lambda: again.map.canvas.tiles.attribution == MAKERS)
    assert ticked(again) == {BaseMapKind.MBTILES}


def test_a_file_that_cannot_be_used_changes_nothing_and_says_why(
    window: MainWindow, file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choose_file(window, file, monkeypatch, qtbot)
    wrong = file.with_name("wrong.mbtiles")
    wrong.write_bytes(b"nothing of the kind")
    choose_file(window, wrong, monkeypatch, qtbot)
    assert window.banner.isVisible()
    assert wrong.name in window.banner.text
    assert ticked(window) == {BaseMapKind.MBTILES}
    assert window.base_map.choice.file is not None
    assert window.base_map.choice.file.path == file


def test_a_file_that_has_gone_is_noticed_and_stays_chosen(
    window: MainWindow, make_window: MakeWindow, file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choose_file(window, file, monkeypatch, qtbot)
    window.end()
    file.unlink()
    again = make_window()
    qtbot.waitUntil(lambda: notice(again).isVisible())
    assert file.name in notice(again).accessibleName()
    assert ticked(again) == {BaseMapKind.MBTILES}


def test_a_file_of_another_place_is_told(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    said = {"name": "Lima", "format": "png", "minzoom": "0", "maxzoom": "4", "bounds": "-77.2,-12.2,-76.8,-11.9"}
    far = write_mbtiles(tmp_path / "lima.mbtiles", [(Tile(0, 0, 0), picture())], said)
    told: list[str] = []
    window.base_map.said.connect(told.append)
    choose_file(window, far, monkeypatch, qtbot)
    assert len(told) == 1
    assert "Lima" in told[0]

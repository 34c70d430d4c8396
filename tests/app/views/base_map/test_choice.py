from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from app.map.tiles.sources import MbtilesSource, OnlineSource
from app.views.base_map.choice import BaseMapChoice, BaseMapKind, store_choice, stored_choice

URL = "https://tiles.example.org/{z}/{x}/{y}.png"
ONLINE = OnlineSource(URL, "© makers", (3, 17))


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def again(settings: QSettings) -> QSettings:
    """Return the settings as another start reads them."""
    settings.sync()
    return QSettings(settings.fileName(), QSettings.Format.IniFormat)


@pytest.mark.parametrize(
    "choice",
    [
        BaseMapChoice(),
        BaseMapChoice(BaseMapKind.MBTILES, MbtilesSource(Path("/maps/my town, #1.mbtiles")), ONLINE, "", 50),
        BaseMapChoice(BaseMapKind.ONLINE, None, ONLINE, URL, 1000),
        BaseMapChoice(BaseMapKind.SHIPPED, None, ONLINE, URL),
    ],
)
def test_a_choice_is_as_it_was_at_the_next_start(settings: QSettings, choice: BaseMapChoice) -> None:
    store_choice(settings, choice)
    assert stored_choice(again(settings)) == choice


def test_a_server_that_was_not_agreed_to_is_not_chosen(settings: QSettings) -> None:
    for agreed in ("", "https://other.example.org/{z}/{x}/{y}.png"):
        store_choice(settings, BaseMapChoice(BaseMapKind.ONLINE, None, ONLINE, agreed))
        choice = stored_choice(again(settings))
        assert choice.kind is BaseMapKind.SHIPPED
        assert not choice.may_ask
        assert choice.online == ONLINE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "file:///etc/passwd"),
        ("attribution", "  "),
        ("least_zoom", 18),
        ("kind", "nonsense"),
    ],
)
def test_what_makes_no_sense_counts_as_not_chosen(settings: QSettings, name: str, value: object) -> None:
    store_choice(settings, BaseMapChoice(BaseMapKind.ONLINE, None, ONLINE, URL))
    settings.setValue(f"base_map/{name}", value)
    assert stored_choice(again(settings)).kind is BaseMapKind.SHIPPED


def test_a_size_that_makes_no_sense_is_the_default(settings: QSettings) -> None:
    for value in ("-1", "0", "1e9", "999999", ""):
        settings.setValue("base_map/cache_megabytes", value)
        assert stored_choice(settings).cache_megabytes == BaseMapChoice().cache_megabytes

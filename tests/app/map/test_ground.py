"""When the base map is read, and how it goes where the view is nearer than its data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.map.basemap import BaseMap, base_map
from app.map.ground import READING_DELAY
from app.map.projection import Mercator
from app.map.theme import LIGHT_THEME
from app.map.view import MapView
from app.model.scenario import Scenario

AT_SEA = (59.9, 25.2)
"""In the Gulf of Finland."""


@pytest.fixture
def reads() -> list[BaseMap]:
    """Return what was read so far."""
    return []


@pytest.fixture
def look(view: MapView, reads: list[BaseMap]) -> Callable[[float], None]:
    """Return a function that looks at the sea, at so many metres per pixel, with a base map that is not read yet."""

    def load() -> BaseMap:
        reads.append(base_map())
        return reads[-1]

    def look_from(metres: float) -> None:
        x, y = (float(one) for one in Mercator().to_map(*AT_SEA))
        view.look(replace(view.camera, x=x, y=y, units_per_pixel=metres / Mercator().metres_per_unit(y)))

    view.set_scenario(Scenario())
    view.set_theme(LIGHT_THEME)
    look_from(10.0)
    view.canvas.ground.set_source(load, Mercator())
    return look_from


def middle(view: MapView) -> QColor:
    image = view.grab_image()
    return QColor(image.pixelColor(image.width() // 2 + 30, image.height() // 2 + 30))


def test_the_base_map_is_read_after_the_first_frame_that_needs_it(
    view: MapView, look: Callable[[float], None], reads: list[BaseMap], qtbot: QtBot
) -> None:
    view.grab_image()
    qtbot.wait(2 * READING_DELAY)
    assert not reads
    look(500.0)
    assert middle(view) == QColor(LIGHT_THEME.land)
    assert not reads
    assert not view.canvas.ground.attribution
    qtbot.waitUntil(lambda: middle(view) == QColor(LIGHT_THEME.sea))
    assert len(reads) == 1
    assert view.canvas.ground.attribution
    look(10.0)
    look(500.0)
    assert middle(view) == QColor(LIGHT_THEME.sea)
    assert len(reads) == 1


def test_it_is_not_read_when_the_view_has_gone_elsewhere(
    view: MapView, look: Callable[[float], None], reads: list[BaseMap], qtbot: QtBot
) -> None:
    look(500.0)
    view.grab_image()
    look(10.0)
    qtbot.wait(2 * READING_DELAY)
    assert not reads


def test_the_coast_fades_where_it_would_mislead(view: MapView, look: Callable[[float], None], qtbot: QtBot) -> None:
    land, sea = QColor(LIGHT_THEME.land), QColor(LIGHT_THEME.sea)
    look(200.0)
    qtbot.waitUntil(lambda: middle(view) == sea)
    look(80.0)
    assert sea.lightness() < middle(view).lightness() < land.lightness()
    look(39.0)
    assert middle(view) == land
    assert not view.canvas.ground.attribution

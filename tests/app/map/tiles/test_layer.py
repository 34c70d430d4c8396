"""The map with tiles: what is drawn where, what is asked for, and what is there while nothing comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from app.map.projection import Mercator
from app.map.theme import DARK_THEME, LIGHT_THEME
from app.map.tiles.grid import Cell, Tile, cells_of, rect_of, side
from app.map.tiles.images import Picture
from app.map.tiles.layer import SETTLE_DELAY
from app.map.tiles.memory import TileMemory
from app.map.tiles.online import OnlineProvider
from app.map.tiles.provider import TileProvider
from app.map.tiles.sources import OnlineSource, SourceInfo
from app.map.view import MapView
from app.model.scenario import Scenario, Settings, TravelSource
from tests.app.map.tiles.tile_server import MAKERS, TileServer

ZOOM = 12
HERE = Tile(12, 2331, 1185)
"""Where Helsinki is."""


class Fake(TileProvider):
    """Gives what the test says, when it says so."""

    def __init__(self, zooms: tuple[int, int] = (0, 19), *, known: bool = True) -> None:
        super().__init__()
        self._zooms = zooms
        self.missing: tuple[Tile, ...] = ()
        self.visible: frozenset[Tile] = frozenset()
        self.asked = 0
        self.closed = self.at_work = False
        self.retries, self.waited = 0, 0.0
        if known:
            self.know()

    def know(self) -> None:
        self.info = SourceInfo("fake", MAKERS, self._zooms)
        self.ready.emit()

    def want(self, missing: Sequence[Tile], visible: frozenset[Tile]) -> None:
        self.missing, self.visible = tuple(missing), visible
        self.asked += bool(missing)

    def retry(self) -> None:
        self.retries += 1

    def close(self) -> None:
        self.closed = True

    def ended(self, wait: float = 0.0) -> bool:
        self.waited += wait
        return not self.at_work

    def give(self, tile: Tile, colour: str, *, drawn: bool = True) -> None:
        self.arrived.emit(tile, plain(colour, drawn=drawn))


def plain(colour: str, *, drawn: bool = True, side_pixels: int = 256) -> Picture:
    image = QImage(side_pixels, side_pixels, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return Picture(image, drawn)


Give = Callable[..., Fake]


@pytest.fixture
def bare(view: MapView) -> Iterator[MapView]:
    """Return the map with nothing on it, looking at one zoom's tiles at their own size."""
    view.set_scenario(Scenario())
    view.set_theme(LIGHT_THEME)
    look_at(view, HERE)
    yield view
    view.close_tiles()


@pytest.fixture
def give(bare: MapView, qtbot: QtBot) -> Give:
    """Return a function that gives the map a provider that has been asked already."""

    def make(provider: Fake | None = None) -> Fake:
        provider = provider or Fake()
        bare.set_tiles(provider)
        qtbot.waitUntil(lambda: provider.asked > 0)
        return provider

    return make


def look_at(view: MapView, tile: Tile, zoom: float | None = None) -> None:
    left, bottom, right, top = rect_of(Cell(*tile))
    scale = side(tile.zoom) / 256 if zoom is None else side(0) / 2**zoom / 256
    view.look(replace(view.camera, x=(left + right) / 2, y=(bottom + top) / 2, units_per_pixel=scale))


def colour_at(view: MapView, tile: Tile, x: float = 0.5, y: float = 0.5) -> QColor:
    """Return the colour of the screen at a share of a tile from its upper left corner."""
    left, bottom, right, top = rect_of(Cell(*tile))
    px, py = view.camera.to_pixel(left + x * (right - left), top + y * (bottom - top))
    return view.grab_image().pixelColor(round(px), round(py))


def veiled(colour: str, *, dark: bool = False) -> QColor:
    theme = DARK_THEME if dark else LIGHT_THEME
    land, share = QColor(theme.land), theme.veil
    mixed = (
        round(share * b + (1 - share) * a)
        for a, b in zip(QColor(colour).getRgb()[:3], land.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


def like(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))  # type: ignore[call-overload]


def test_a_tile_is_drawn_where_it_lies(bare: MapView, give: Give) -> None:
    provider = give()
    before = bare.grab_image()
    provider.give(HERE, "#c02020")
    for x, y in ((0.02, 0.02), (0.98, 0.02), (0.02, 0.98), (0.98, 0.98)):
        assert like(colour_at(bare, HERE, x, y), veiled("#c02020"))
    assert not like(colour_at(bare, HERE, 1.03, 0.5), veiled("#c02020"))
    assert bare.grab_image() != before


def test_neighbours_meet_without_a_seam_at_any_scale(bare: MapView, give: Give, qtbot: QtBot) -> None:
    provider = give()
    for zoom in (ZOOM - 0.37, ZOOM + 0.29):
        look_at(bare, HERE, zoom)
        for cell in cells_of(bare.camera, (0, 19), 1):
            provider.give(cell.tile, "#2020c0")
        for settled in (False, True):
            for _ in range(6):
                bare.canvas.pan(0.43, 0.31)
                image = bare.grab_image()
                line = [image.pixelColor(x, 250) for x in range(780)] + [image.pixelColor(400, y) for y in range(560)]
                assert all(like(colour, veiled("#2020c0")) for colour in line)
            if not settled:
                qtbot.wait(2 * SETTLE_DELAY)  # then they are drawn smoothly


def test_it_asks_for_what_is_missing_the_middle_first_and_a_ring_ahead(bare: MapView, give: Give) -> None:
    provider = give()
    assert provider.missing[0] == HERE
    assert set(provider.missing) == {cell.tile for cell in cells_of(bare.camera, (0, 19), 1)} == provider.visible


def test_it_asks_again_only_for_what_has_not_come(bare: MapView, give: Give, qtbot: QtBot) -> None:
    provider = give()
    provider.give(HERE, "#c02020")
    bare.canvas.pan(5, 0)
    qtbot.waitUntil(lambda: provider.asked == 2)
    assert HERE not in provider.missing
    assert HERE in provider.visible


def test_what_only_flies_past_is_not_asked_for(bare: MapView, give: Give, qtbot: QtBot) -> None:
    provider = give()
    for _ in range(20):
        bare.canvas.pan(300, 0)
    qtbot.waitUntil(lambda: provider.asked == 2)
    qtbot.wait(100)
    assert provider.asked == 2
    assert set(provider.missing) == {cell.tile for cell in cells_of(bare.camera, (0, 19), 1)}


def test_a_missing_tile_is_shown_by_its_scaled_parent(bare: MapView, give: Give) -> None:
    provider = give()
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor("#20c020"))
    parent = HERE.parent
    column, row = HERE.x % 2, HERE.y % 2
    for x in range(128):  # the quarter that the tile is
        for y in range(128):
            image.setPixelColor(128 * column + x, 128 * row + y, QColor("#c020c0"))
    provider.arrived.emit(parent, Picture(image, True))
    assert like(colour_at(bare, HERE), veiled("#c020c0"))
    beside = Tile(HERE.zoom, HERE.x + (1 - 2 * column), HERE.y)
    assert like(colour_at(bare, beside), veiled("#20c020"))
    provider.give(HERE, "#c02020")
    assert like(colour_at(bare, HERE), veiled("#c02020"))
    assert like(colour_at(bare, beside), veiled("#20c020"))


def test_a_missing_tile_is_shown_by_finer_ones(bare: MapView, give: Give) -> None:
    provider = give()
    first, _, _, last = HERE.children
    provider.give(first, "#c02020")
    provider.give(last.children[3], "#2020c0")
    assert like(colour_at(bare, HERE, 0.25, 0.25), veiled("#c02020"))
    assert like(colour_at(bare, HERE, 0.95, 0.95), veiled("#2020c0"))
    assert not like(colour_at(bare, HERE, 0.75, 0.25), veiled("#c02020"))


@pytest.mark.parametrize("how", ["absent", "failed"])
def test_where_a_tile_cannot_be_had_its_parent_is_asked_for(bare: MapView, give: Give, qtbot: QtBot, how: str) -> None:
    provider = give()
    getattr(provider, how).emit(HERE)
    qtbot.waitUntil(lambda: HERE.parent in provider.missing)
    assert (HERE in provider.missing) is (how == "failed")
    getattr(provider, how).emit(HERE.parent)
    qtbot.waitUntil(lambda: HERE.parent.parent in provider.missing)
    provider.give(HERE.parent.parent, "#c02020")
    bare.canvas.pan(1, 0)
    qtbot.waitUntil(lambda: HERE.parent.parent not in provider.missing)


def test_nearer_than_its_greatest_zoom_tiles_are_magnified(bare: MapView, give: Give, qtbot: QtBot) -> None:
    provider = give(Fake((0, 10)))
    top = next(tile for tile in HERE.ancestors(10) if tile.zoom == 10)
    assert set(provider.missing) <= {Tile(10, top.x + dx, top.y + dy) for dx in range(-3, 4) for dy in range(-3, 4)}
    provider.give(top, "#c02020")
    assert like(colour_at(bare, HERE), veiled("#c02020"))


def test_the_shipped_map_stays_below(bare: MapView, give: Give, qtbot: QtBot) -> None:
    at_sea = (float(one) for one in Mercator().to_map(59.9, 25.2))
    x, y = at_sea
    bare.look(replace(bare.camera, x=x, y=y, units_per_pixel=1000.0))
    provider = give()

    def middle() -> QColor:
        image = bare.grab_image()
        return image.pixelColor(image.width() // 2 + 30, image.height() // 2 + 30)

    qtbot.waitUntil(lambda: middle() == QColor(LIGHT_THEME.sea))
    for tile in provider.missing:
        provider.failed.emit(tile)
    assert middle() == QColor(LIGHT_THEME.sea)
    assert MAKERS in shown_attribution(bare)
    assert "Natural Earth" in shown_attribution(bare)


def shown_attribution(view: MapView) -> str:
    return f"{view.canvas.tiles.attribution} {view.canvas.ground.attribution}"


def test_the_makers_are_named_from_the_first_moment(bare: MapView, give: Give) -> None:
    before = bare.grab_image()
    assert not bare.canvas.tiles.attribution
    give()
    assert bare.canvas.tiles.attribution == MAKERS
    corner = (bare.viewport.width() - 150, bare.viewport.height() - 40, 150, 40)
    assert bare.grab_image().copy(*corner) != before.copy(*corner)


def test_a_plane_has_no_tiles(bare: MapView, give: Give, qtbot: QtBot) -> None:
    provider = give()
    provider.give(HERE, "#c02020")
    bare.set_scenario(Scenario(settings=Settings(travel=TravelSource.PLANE)))
    asked = provider.asked
    bare.canvas.pan(10, 0)
    qtbot.wait(100)
    assert provider.asked == asked
    assert provider.missing == ()
    assert not bare.canvas.tiles.attribution
    image = bare.grab_image()
    assert image.pixelColor(420, 310) == QColor(LIGHT_THEME.land)
    bare.set_scenario(Scenario())
    look_at(bare, HERE)
    assert like(colour_at(bare, HERE), veiled("#c02020"))


def test_nothing_is_asked_before_the_source_is_known(bare: MapView, qtbot: QtBot) -> None:
    provider = Fake(known=False)
    bare.set_tiles(provider)
    qtbot.wait(100)
    assert provider.asked == 0
    provider.know()
    qtbot.waitUntil(lambda: provider.asked == 1)


def test_drawings_follow_the_appearance_and_photographs_do_not(bare: MapView, give: Give) -> None:
    provider = give()
    beside = Tile(HERE.zoom, HERE.x + 1, HERE.y)
    provider.give(HERE, "#ffffff")
    provider.give(beside, "#ffffff", drawn=False)
    assert not provider.dark
    bare.set_theme(DARK_THEME)
    assert provider.dark
    assert like(colour_at(bare, HERE), veiled("#000000", dark=True))
    assert like(colour_at(bare, beside), veiled("#ffffff", dark=True))
    bare.set_theme(LIGHT_THEME)
    assert like(colour_at(bare, HERE), veiled("#ffffff"))


def test_another_source_has_none_of_the_tiles_before(bare: MapView, give: Give) -> None:
    first = give()
    first.give(HERE, "#c02020")
    second = give(Fake())
    assert first.closed
    assert not like(colour_at(bare, HERE), veiled("#c02020"))
    assert HERE in second.missing
    bare.set_tiles(None)
    assert second.closed
    assert not bare.canvas.tiles.attribution


def test_a_source_that_is_still_at_work_is_not_waited_for_before_the_end(bare: MapView, give: Give) -> None:
    slow = give()
    slow.at_work = True
    gone = QSignalSpy(slow.destroyed)
    give(Fake())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert slow.closed
    assert slow.waited == 0
    assert gone.count() == 0  # its thread may yet signal
    bare.close_tiles()
    assert slow.waited > 0
    slow.at_work = False
    bare.close_tiles()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone.count() == 1


def test_trying_again_asks_for_what_was_not_there_as_well(bare: MapView, give: Give, qtbot: QtBot) -> None:
    provider = give()
    provider.absent.emit(HERE)
    qtbot.waitUntil(lambda: HERE not in provider.missing)
    bare.retry_tiles()
    qtbot.waitUntil(lambda: HERE in provider.missing)
    assert provider.retries == 1


def test_the_world_repeats_beyond_the_date_line(bare: MapView, give: Give) -> None:
    edge = Tile(4, 15, 5)
    look_at(bare, edge)
    provider = give()
    first = Tile(4, 0, 5)
    assert first in provider.missing
    provider.give(first, "#c02020")
    left, bottom, right, top = rect_of(Cell(4, 16, 5))
    px, py = bare.camera.to_pixel((left + right) / 2, (bottom + top) / 2)
    assert like(bare.grab_image().pixelColor(round(px), round(py)), veiled("#c02020"))


@pytest.mark.parametrize("way", ["hangs", "dies"])
def test_with_a_real_server_the_window_goes_on(
    bare: MapView, server: TileServer, cache_file: object, qtbot: QtBot, way: str
) -> None:
    provider = OnlineProvider(
        OnlineSource(server.url, MAKERS),
        "test",
        cache_file,
        1 << 20,
        pauses=((0.05, 0.1), (0.1, 0.2)),  # type: ignore[arg-type]
    )
    told: list[str] = []
    provider.trouble.connect(told.append)
    bare.set_tiles(provider)
    qtbot.waitUntil(lambda: like(colour_at(bare, HERE), veiled("#4080c0")))
    if way == "hangs":
        server.act = lambda request: request.server.owner.over.wait() and None
    else:
        server.act = lambda request: request.hang_up(rudely=True)
    elsewhere = Tile(HERE.zoom, HERE.x + 40, HERE.y)
    asked = len(server.asked)
    look_at(bare, elsewhere)
    qtbot.waitUntil(lambda: len(server.asked) > asked)
    if way == "dies":
        qtbot.waitUntil(lambda: bool(told))
    assert colour_at(bare, elsewhere) == QColor(LIGHT_THEME.land)
    look_at(bare, HERE)
    assert like(colour_at(bare, HERE), veiled("#4080c0"))
    server.over.set()


def test_memory_drops_what_was_not_used_for_longest_but_nothing_in_view() -> None:
    memory = TileMemory(limit=4 * 64 * 64 * 4)
    tiles = [Tile(9, x, 0) for x in range(8)]
    for tile in tiles[:4]:
        memory.put(tile, plain("#c02020", side_pixels=64), frozenset())
    assert memory.get(tiles[0]) is not None
    memory.put(tiles[4], plain("#c02020", side_pixels=64), frozenset(tiles[2:3]))
    assert [tile in memory for tile in tiles[:5]] == [True, False, True, True, True]
    memory.put(tiles[5], plain("#c02020", side_pixels=64), frozenset(tiles))
    assert len(memory) == 5
    memory.clear()
    assert len(memory) == 0
    assert memory.get(tiles[0]) is None

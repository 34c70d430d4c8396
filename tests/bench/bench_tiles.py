"""How fast the map is with tiles from a file below ten thousand stops and five hundred routes, offscreen.

``python -m tests.bench.bench_tiles`` prints one JSON object: milliseconds as `tests.bench.bench_map` has them, for a
usual and for a large map. ``*_alone`` is the same map without tiles. ``wait`` is the longest that the window's thread
was away while every tile of the view was read, decoded and drawn for the first time.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QBuffer, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from app.map.theme import DARK_THEME, LIGHT_THEME, MapTheme
from app.map.tiles.grid import TILE_PIXELS, Cell, cells_of, side
from app.map.tiles.offline import MbtilesProvider
from app.map.tiles.sources import MbtilesSource
from app.map.view import MapView
from tests.app.map.tiles.mbtiles_files import write_mbtiles
from tests.bench.bench_map import FRAMES, Paints, scenario_of, timed

SIZES = {"": (1000, 700), "_large": (2560, 1440)}
ZOOMS = (5, 12)


def drawing(seed: int) -> bytes:
    """Return a tile of many streets, so that it takes its time to decode."""
    random = np.random.default_rng(seed)
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor("#f2efe9"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for _ in range(60):
        painter.setPen(QPen(QColor.fromHsv(int(random.integers(359)), 90, 220), 3))
        x0, y0, x1, y1 = random.uniform(0, 256, 4)
        painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def write_tiles(folder: Path, view: MapView) -> Path:
    """Write all tiles that the view and its surroundings may need."""
    drawings = [drawing(seed) for seed in range(16)]
    cells: set[Cell] = set()
    for zoom in range(*ZOOMS):
        camera = replace(view.camera, width=2 * view.camera.width, height=2 * view.camera.height)
        scale = side(zoom) / TILE_PIXELS
        cells.update(cells_of(replace(camera, units_per_pixel=scale), (zoom, zoom), 2))
    tiles = ((cell.tile, drawings[(cell.column + 3 * cell.row) % 16]) for cell in sorted(cells))
    said = {"name": "bench", "format": "png", "minzoom": str(ZOOMS[0]), "maxzoom": str(ZOOMS[1] - 1)}
    return write_mbtiles(folder / "bench.mbtiles", tiles, said)


def measure() -> dict[str, object]:
    """Return the figures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    scenario, drawn = scenario_of(10_000, 500)
    figures: dict[str, object] = {}
    for name, (width, height) in SIZES.items():
        view = MapView()
        view.resize(width, height)
        view.show()
        app.processEvents()
        view.set_scenario(scenario, drawn)
        view.fit()
        with tempfile.TemporaryDirectory() as folder:
            path = write_tiles(Path(folder), view)
            figures |= {f"{key}{name}": value for key, value in measure_view(view, app, path).items()}
            view.close_tiles()
        view.close()
    return figures


def measure_view(view: MapView, app: QApplication, path: Path) -> dict[str, object]:
    """Return the figures of one view, which shows its plan already."""
    paints = Paints(view.viewport)

    def frame(step: Callable[[], object]) -> None:
        before = paints.count
        step()
        while paints.count == before:
            app.processEvents()

    def sway(turn: int) -> None:
        way = 1 if turn % 40 < 20 else -1
        view.canvas.pan(9 * way, 4 * way)

    def magnify(turn: int) -> None:
        view.canvas.zoom(1.2 if turn % 20 < 10 else 1 / 1.2)

    def both(suffix: str) -> dict[str, object]:
        pan = timed(lambda turn: frame(lambda: sway(turn)), FRAMES)
        view.fit()
        zoom = timed(lambda turn: frame(lambda: magnify(turn)), FRAMES)
        view.fit()
        return {f"pan{suffix}": pan, f"zoom{suffix}": zoom}

    figures = both("_alone")
    themes: dict[str, MapTheme] = {"": LIGHT_THEME, "_dark": DARK_THEME}
    for suffix, theme in themes.items():
        view.set_theme(theme)
        view.set_tiles(MbtilesProvider(MbtilesSource(path)))
        figures[f"wait{suffix}"] = longest_wait(app, 1.5)
        figures |= both(suffix)
    return figures


def longest_wait(app: QApplication, seconds: float) -> float:
    """Return the longest that the window did not answer, milliseconds, in so many seconds."""
    beats: list[float] = []
    timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.0005)
    timer.stop()
    return round(float(np.diff(beats).max()) * 1000, 3)


def test_bench_tiles() -> None:
    figures = measure()
    for name in ("pan", "zoom", "pan_dark", "zoom_dark"):
        spans = figures[name]
        assert isinstance(spans, dict)
        assert spans["median"] <= 16, f"{name}: {spans} ms, at most 16 allowed"
    for name in ("wait", "wait_dark", "wait_large", "wait_dark_large"):
        wait = figures[name]
        assert isinstance(wait, float)
        assert wait <= 50, f"{name}: {wait} ms, at most 50 allowed"


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))

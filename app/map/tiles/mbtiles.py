"""Tiles in an MBTiles file, which is an SQLite database.

References
----------
MBTiles Specification 1.3. https://github.com/mapbox/mbtiles-spec
"""

from __future__ import annotations

import html
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from app.language import tr
from app.map.tiles.grid import FINEST_ZOOM, Tile
from app.map.tiles.images import MOST_BYTES
from app.map.tiles.sources import SourceInfo

RASTER = frozenset({"png", "jpg", "jpeg", "webp"})
"""Formats of tiles that are images."""
PATIENCE = 5.0
"""Seconds for a question to the file: it may be one that was made to take forever."""
STEPS = 20_000
"""Steps of SQLite between two looks at the clock."""
LONGEST_TEXT = 300
"""Letters of a name or an attribution."""


class MbtilesError(Exception):
    """A file that cannot be used; its text is the end of a sentence that begins with the file's name."""


class Mbtiles:
    """An open file. All calls, `close` too, have to come from one thread; the file is never changed.

    Attributes
    ----------
    info
        What it says of itself.

    Raises
    ------
    MbtilesError
        If it is missing, damaged, or holds no images; by `tile` as well.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        with _explained(path.name):
            if not path.is_file():
                raise MbtilesError(tr("{file} is not there.", file=path.name))
            self._database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)
        try:
            with _explained(path.name):
                self._limit()
                self.info = self._read_info(path.stem)
        except MbtilesError:
            self.close()
            raise

    def tile(self, tile: Tile) -> bytes | None:
        """Return a tile's bytes; None where the file has none."""
        row = (1 << tile.zoom) - 1 - tile.y  # rows are counted from the south
        with _explained(self._name):
            data = self._first(
                "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (tile.zoom, tile.x, row),
            )
        return data if isinstance(data, bytes) else None

    def close(self) -> None:
        """Close the file."""
        with suppress(sqlite3.Error):
            self._database.close()

    def _limit(self) -> None:
        """Trust the file with nothing: no functions called by its views, nothing large, nothing endless."""
        self._deadline = time.monotonic() + PATIENCE
        self._database.set_progress_handler(lambda: time.monotonic() > self._deadline, STEPS)
        self._database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * MOST_BYTES)
        self._database.execute("PRAGMA trusted_schema = OFF")
        self._database.execute("PRAGMA query_only = ON")

    def _first(self, query: str, values: tuple[object, ...] = ()) -> object:
        """Return the first value that a question brings; None where it brings none."""
        self._deadline = time.monotonic() + PATIENCE
        row = self._database.execute(query, values).fetchone()
        return None if row is None else row[0]

    def _read_info(self, stem: str) -> SourceInfo:
        said = {
            name: value
            for name, value in self._database.execute("SELECT name, value FROM metadata LIMIT 100")
            if isinstance(name, str) and isinstance(value, str)
        }
        kind = said.get("format", "png").lower()
        if kind == "pbf":
            raise MbtilesError(
                tr(
                    "{file} holds vector tiles, which cannot be drawn here; a file of images (PNG, JPEG) can.",
                    file=self._name,
                )
            )
        if kind not in RASTER:
            raise MbtilesError(
                tr(
                    "{file} holds tiles of the kind “{kind}”; PNG, JPEG and WebP can be drawn.",
                    file=self._name,
                    kind=kind[:20],
                )
            )
        name = _plain(said.get("name", "")) or stem
        return SourceInfo(name, _plain(said.get("attribution", "")) or name, self._zooms(said), _bounds(said))

    def _zooms(self, said: Mapping[str, str]) -> tuple[int, int]:
        """Return least and greatest zoom as the file says, or else as it is."""
        zooms = []
        for name, order in (("minzoom", "ASC"), ("maxzoom", "DESC")):
            value: object = said.get(name, "")
            if not re.fullmatch(r"[0-9]{1,2}", str(value)):
                value = self._first(f"SELECT zoom_level FROM tiles ORDER BY zoom_level {order} LIMIT 1")
            if value is None:
                raise MbtilesError(tr("{file} holds no tiles.", file=self._name))
            zooms.append(min(max(int(str(value)), 0), FINEST_ZOOM))
        if zooms[0] > zooms[1]:
            raise MbtilesError(
                tr("{file} contradicts itself: its least zoom is greater than its greatest.", file=self._name)
            )
        return zooms[0], zooms[1]


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if "interrupted" in str(error):
            raise MbtilesError(tr("{file} takes too long to answer.", file=name)) from error
        if "unable to open" in str(error):
            raise MbtilesError(tr("{file} cannot be opened.", file=name)) from error
        raise MbtilesError(tr("{file} is no MBTiles file, or is damaged.", file=name)) from error
    except (OSError, ValueError, UnicodeError) as error:
        raise MbtilesError(tr("{file} cannot be read.", file=name)) from error


def _plain(text: str) -> str:
    """Return a text without the HTML that attributions often have."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", text)).split())[:LONGEST_TEXT]


def _bounds(said: Mapping[str, str]) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(part) for part in said.get("bounds", "").split(","))
    except ValueError:
        return None
    return (west, south, east, north) if -180 <= west < east <= 180 and -90 <= south < north <= 90 else None

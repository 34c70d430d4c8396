from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.map.tiles.tile_server import TileServer


@pytest.fixture
def server(qapp: object) -> Iterator[TileServer]:
    """Return a server of tiles that behaves well until told otherwise."""
    made = TileServer()
    yield made
    made.close()


@pytest.fixture
def cache_file(tmp_path: Path) -> Path:
    """Return where tiles are kept on disk; the folder has to be made."""
    return tmp_path / "cache" / "tiles.sqlite"

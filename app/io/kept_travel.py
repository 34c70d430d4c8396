"""The ways between places as a member of a document, so that it can be planned with where its roads are not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import numpy as np

from app.model.kept_travel import FROM_SERVER, KeptWays
from app.model.travel_table import UNKNOWN

FILE = "travel.npz"
"""Name of the member."""

_PARTS = ("points", "distance", "duration")
_MOST_PLACES = 20_000
_LONGEST = 1 << 30


def travel_bytes(kept: Iterable[KeptWays]) -> bytes:
    """Return ways as a file; it is not packed, for the document packs its members."""
    arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {}
    for number, ways in enumerate({(one.digest, one.points.tobytes()): one for one in kept}.values()):
        arrays[f"{number} digest"] = np.array(ways.digest)
        arrays |= {f"{number} {part}": getattr(ways, part) for part in _PARTS}
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def read_travel(data: bytes) -> list[KeptWays]:
    """Return the ways that a file holds; nothing where it is none, for they can be computed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(info.compress_type != zipfile.ZIP_STORED for info in archive.infolist()):
                return []  # what is not packed is no larger than it looks
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            numbers = sorted({name.partition(" ")[0] for name in file.files})
            found = [
                KeptWays(str(file[f"{number} digest"]), *(file[f"{number} {part}"] for part in _PARTS))
                for number in numbers
            ]
    except Exception:  # a damaged archive fails in more ways than zipfile tells
        return []
    return [ways for ways in found if _sound(ways)]


def _sound(ways: KeptWays) -> bool:
    """Whether arrays are what they are said to be: a document may come from anybody."""
    points, matrices = ways.points, (ways.distance, ways.duration)
    if points.dtype != np.float64 or points.ndim != 2 or points.shape[1] != 2 or len(points) > _MOST_PLACES:
        return False
    if not np.isfinite(points).all():
        return False
    least = UNKNOWN if ways.digest.startswith(FROM_SERVER) else 0
    square = (len(points), len(points))
    return all(one.dtype == np.int32 and one.shape == square and _in_range(one, least) for one in matrices)


def _in_range(values: np.ndarray[tuple[int, ...], np.dtype[np.int32]], least: int) -> bool:
    return not values.size or (int(values.min()) >= least and int(values.max()) <= _LONGEST)

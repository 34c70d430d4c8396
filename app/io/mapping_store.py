"""Remembers how the columns of a kind of file were mapped, so that the next file of that kind needs no correction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.io.atomic import write_file
from app.io.customers_import import Preview

_MOST = 100


class MappingStore:
    """Mappings by the header of the file, in a small JSON file.

    Parameters
    ----------
    path
        Of the JSON file; it need not exist. One that is damaged counts as empty.
    """

    def __init__(self, path: str | Path):
        self._path = Path(path)

    def recall(self, preview: Preview) -> dict[str, int] | None:
        """Return the mapping that the user chose for a file with this header; None for a new one."""
        remembered = self._read().get(_signature(preview))
        width = len(preview.columns)
        if not isinstance(remembered, dict) or not preview.has_header:
            return None
        if not all(isinstance(index, int) and 0 <= index < width for index in remembered.values()):
            return None
        return {str(target): int(index) for target, index in remembered.items()}

    def remember(self, preview: Preview, mapping: Mapping[str, int]) -> None:
        """Keep a mapping; nothing is kept for a file without a header, which looks like any other.

        Raises
        ------
        WriteError
            If the JSON file cannot be written.
        """
        if not preview.has_header:
            return
        key = _signature(preview)
        others = {one: value for one, value in self._read().items() if one != key}
        newest = dict(list((others | {key: dict(mapping)}).items())[-_MOST:])
        with suppress(OSError):  # what cannot be made cannot be written to either, and that is told
            self._path.parent.mkdir(parents=True, exist_ok=True)
        write_file(self._path, json.dumps(newest, indent=1).encode())

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}


def _signature(preview: Preview) -> str:
    headers = json.dumps([" ".join(name.casefold().split()) for name in preview.columns])
    return hashlib.sha256(headers.encode()).hexdigest()

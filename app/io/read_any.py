"""Read a scenario from whatever holds one."""

from __future__ import annotations

from pathlib import Path

from app.io.document import SUFFIX, LoadedDocument, load_document
from app.io.read_scenario import ReadResult, read_scenario


def read_any(path: str | Path) -> LoadedDocument | ReadResult:
    """Read a document, or else a scenario; whatever lies there, no exception is raised.

    Parameters
    ----------
    path
        A document, or what `read_scenario` takes. A folder is a folder of CSV files, whatever its name.
    """
    path = Path(path)
    is_document = path.suffix.casefold() == SUFFIX and not path.is_dir()
    return load_document(path) if is_document else read_scenario(path)

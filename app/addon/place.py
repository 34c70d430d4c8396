"""Where the add-on lies, and the mark by which a folder is known as one that this program has made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

_MARK = "routewright-addon.json"
_LONGEST = 4096


def default_folder() -> Path:
    """Return where the add-on lies unless the user has chosen another place."""
    return platformdirs.user_data_path("routewright", appauthor=False) / "gpu"


def addon_folder() -> Path:
    """Return where the add-on lies, or would lie; what cannot be read counts as no choice."""
    try:
        with _choice().open("rb") as file:
            chosen = file.read(_LONGEST).decode("utf-8").strip()
    except (OSError, ValueError):
        return default_folder()
    folder = Path(chosen) if chosen and "\0" not in chosen else default_folder()
    return folder if folder.is_absolute() else default_folder()


def choose_folder(folder: Path) -> None:
    """Keep where the add-on lies.

    Parameters
    ----------
    folder
        An absolute path.

    Raises
    ------
    OSError
        If it cannot be kept.
    """
    path = _choice()
    if folder == default_folder():
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{folder}\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written into the folder of an add-on.

    Parameters
    ----------
    complete
        Whether it was made to the end.
    index_url
        Where torch came from; "" where it came from the same place as all else.
    """

    complete: bool = False
    index_url: str = ""


def read_mark(folder: Path) -> Mark | None:
    """Return the mark in a folder; None where it is none of ours."""
    try:
        written = json.loads((folder / _MARK).read_bytes())
        return Mark(written["complete"] is True, str(written["index_url"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def write_mark(folder: Path, mark: Mark) -> None:
    """Write the mark into a folder.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    (folder / _MARK).write_text(json.dumps(asdict(mark)) + "\n", encoding="utf-8")


def _choice() -> Path:
    return platformdirs.user_config_path("routewright", appauthor=False) / "addon-folder"

"""Where the files that come with Routewright lie: icons, base map, sample scenarios."""

from __future__ import annotations

from pathlib import Path

_PACKAGED = Path(__file__).parent / "_resources"  # where a wheel puts them
_CHECKOUT = Path(__file__).parent.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of a file or folder that comes with the program.

    Parameters
    ----------
    name
        Path below ``resources``, with forward slashes, such as ``samples/helsinki``.

    Raises
    ------
    FileNotFoundError
        If there is no such file or folder: the installation is damaged.
    """
    for folder in (_PACKAGED, _CHECKOUT):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} does not come with this installation of Routewright")

"""What PyInstaller makes of the same program on each system: executables, icons, details, an application for macOS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from file_types import FILE_TYPES
from macos.icon import icns_bytes
from macos.info_plist import BUNDLE_IDENTIFIER, info_plist
from windows.icon import ico_bytes
from windows.version_resource import version_resource

PROGRAM = "routewright"
COMMANDS = "routewright-cli"
"""The program for commands on Windows: what opens windows there has nowhere to print to."""

_PACKAGING = Path(__file__).parents[1]
_DRAWING = _PACKAGING.parent / "resources" / "icons" / "routewright.svg"


def executables(system: str, version: str, prepared: Path) -> list[dict[str, Any]]:
    """Return the options of each executable, and write the files that they name.

    Parameters
    ----------
    system
        As in ``sys.platform``.
    version
        Of the program.
    prepared
        Folder for what is made before.
    """
    if system == "darwin":
        # Qt's libraries come for two kinds of processors; torch's do not, so the other half would be of no use.
        return [{"name": PROGRAM, "console": False, "target_arch": "arm64"}]
    if system != "win32":
        return [{"name": PROGRAM, "console": True}]
    icon = _written(prepared / "routewright.ico", ico_bytes(_DRAWING))
    return [
        {
            "name": name,
            "console": name == COMMANDS,
            "icon": icon,
            "version": _written(prepared / f"{name}.txt", version_resource(version, name).encode()),
        }
        for name in (PROGRAM, COMMANDS)
    ]


def runtime_hooks(system: str) -> list[str]:
    """Return the scripts that every process of the program runs first.

    Parameters
    ----------
    system
        As in ``sys.platform``.
    """
    return [str(_PACKAGING / "windows" / "mark_as_running.py")] if system == "win32" else []


def application(version: str, prepared: Path) -> dict[str, Any]:
    """Return the options of the application for macOS, and write the files that they name.

    Parameters
    ----------
    version
        Of the program.
    prepared
        Folder for what is made before.
    """
    return {
        "name": "Routewright.app",
        "icon": _written(prepared / "routewright.icns", icns_bytes(_DRAWING)),
        "bundle_identifier": BUNDLE_IDENTIFIER,
        "version": version,
        "info_plist": info_plist(version, FILE_TYPES),
    }


def _written(path: Path, data: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)

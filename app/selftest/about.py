"""Which program this is, and on what it runs."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

from app.edition import edition

LIBRARIES = {
    "PySide6_Essentials": "PySide6",
    "numpy": "numpy",
    "numba": "numba",
    "llvmlite": "llvmlite",
    "shapely": "shapely",
    "osmium": "osmium",
    "safetensors": "safetensors",
    "torch": "torch",
}
"""Those that are native code, by the names under which they are installed and imported."""


def about() -> Mapping[str, Any]:
    """Return what there is to know of program, libraries and system, as JSON has it."""
    return {
        "edition": asdict(edition()),
        "versions": {"python": platform.python_version(), **_libraries()},
        "platform": {
            "system": platform.platform(),
            "machine": platform.machine(),
            "libc": " ".join(platform.libc_ver()).strip(),
            "cores": os.cpu_count(),
            "executable": sys.executable,
        },
    }


def _libraries() -> dict[str, str]:
    """Return the versions of those that are there."""
    return {name: _version(named, name) for named, name in LIBRARIES.items() if find_spec(name) is not None}


def _version(distribution: str, module: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:  # it was packed without what pip writes down of it
        return str(getattr(import_module(module), "__version__", "unknown"))

"""The scripts of ``packaging/``, which is no package: loaded as Python does when it runs one of them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def load(name: str) -> ModuleType:
    """Return a script of ``packaging/`` as a module; ``name`` may lie in a folder of it, as in ``windows/icon``."""
    sys.path.insert(0, str(PACKAGING))
    try:
        return importlib.import_module(name.replace("/", "."))
    finally:
        sys.path.remove(str(PACKAGING))

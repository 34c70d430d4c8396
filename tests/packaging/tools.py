"""The scripts of ``packaging/``, which is no package: loaded as Python does when it runs one of them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def load(name: str) -> ModuleType:
    """Return a script of ``packaging/`` as a module; ``name`` may lie in a folder of it, as in ``windows/icons``."""
    path = PACKAGING / f"{name}.py"
    module_name = f"packaging_script_{name.replace('/', '_')}"
    spec = importlib.util.spec_from_file_location(module_name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    try:
        sys.modules[module_name] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module

"""How large a frozen program is, and what of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LARGEST = 20


def size_report(tree: Path, packages: Sequence[Path]) -> dict[str, Any]:
    """Return megabytes of packages, of the tree and of its largest parts.

    Parameters
    ----------
    tree
        Folder that was frozen.
    packages
        Files that were made of it.
    """
    parts: Counter[str] = Counter()
    for path in tree.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts[_part(path.relative_to(tree))] += path.stat().st_size
    return {
        "packages": {package.name: _megabytes(package.stat().st_size) for package in packages},
        "tree": _megabytes(sum(parts.values())),
        "largest": {name: _megabytes(size) for name, size in parts.most_common(LARGEST)},
    }


def _part(file: Path) -> str:
    """Return what a file is counted as: itself where it is a library, else its folder in the tree."""
    if ".so" in file.name or file.suffix in {".dll", ".dylib", ".pyd"}:
        return file.name
    inside = file.parts[1:] if file.parts[0] == "_internal" else file.parts
    return "/".join(inside[:2]) if len(inside) > 2 else inside[0]


def _megabytes(size: int) -> float:
    return round(size / 1e6, 1)

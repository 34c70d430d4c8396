"""What both packages do with a tree before they pack it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_NOTICES = "third-party/notices.txt"


def copy_tree(tree: Path, target: Path) -> None:
    """Put the tree where a package has it: under a second name where the disk allows that, since it is a gigabyte.

    Parameters
    ----------
    tree
        As PyInstaller built it.
    target
        Must not be there yet.
    """
    shutil.copytree(tree, target, symlinks=True, copy_function=_link)


def set_modes(root: Path) -> None:
    """Let everybody read everything, whatever the umask of the build was, and nobody but the owner write.

    Parameters
    ----------
    root
        The folder whose contents get their modes.
    """
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def notices_in(tree: Path) -> Path | None:
    """Return the licences of what the program is put together with; None if the build made none.

    Parameters
    ----------
    tree
        The program's folder.
    """
    return next(iter(sorted(tree.rglob(_NOTICES))), None)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)

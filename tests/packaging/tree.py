"""A tree of the shape that PyInstaller makes, in miniature."""

from __future__ import annotations

from pathlib import Path

from linux.system_libraries import SystemLibraries

NEEDS = SystemLibraries(required=frozenset({"libc.so.6"}), optional=frozenset(), glibc="2.36")


def make_tree(folder: Path, program: str = '#!/bin/sh\nprintf "%s\\n" "$@"\n') -> Path:
    """Return a tree whose program prints its arguments."""
    tree = folder / "tree"
    internal = tree / "_internal"
    notices = internal / "third-party/notices.txt"
    notices.parent.mkdir(parents=True)
    notices.write_text("licences\n")
    (internal / "libown.so.1").write_bytes(b"not a library")
    (internal / "libown.so").symlink_to("libown.so.1")
    (tree / "routewright").write_text(program)
    (tree / "routewright").chmod(0o700)
    return tree

"""Which shared libraries a tree of PyInstaller takes from the system: whatever its files need and it does not hold.

The list is read off the files when a package is built, since it changes with what PyInstaller found on the machine.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

OPTIONAL = {
    "*/platformthemes/libqgtk3.so": "Dialogs of GTK, on a desktop that has GTK",
    "*/egldeviceintegrations/*": "a screen without a window system",
    "*/platforms/libqeglfs.so": "a screen without a window system",
    "*/platforms/libqlinuxfb.so": "a screen without a window system",
    "*/platforms/libqminimalegl.so": "a screen without a window system",
    "*/platforms/libqvkkhrdisplay.so": "a screen without a window system",
    "*/generic/*": "input devices of a screen without a window system",
    "*/printsupport/*": "printers, on a system that has a print server",
    "*/networkinformation/*": "hints whether there is a network",
    "*/imageformats/*": "kinds of pictures that are not used",
    "*/sqldrivers/*": "databases that are not used",
    "*/numba/np/ufunc/*pool*.so": "other ways to share work among threads than the one that is used",
}
"""Plugins that are tried and left out where the system lacks what they need, and what for; a pattern of paths each."""

_NEEDED = re.compile(rb"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC = re.compile(rb"\sGLIBC_(\d+(?:\.\d+)+)$", re.MULTILINE)
_AT_ONCE = 100
_LOADER = re.compile(r"ld-linux.*|linux-vdso.*")


@dataclass(frozen=True, slots=True)
class SystemLibraries:
    """What a tree needs of its system.

    Parameters
    ----------
    required
        Names of shared libraries, as in ``libGL.so.1``, without which the program does not start.
    optional
        Those without which some plugin is left out.
    glibc
        Oldest version of the C library that will do, as in ``2.34``.
    """

    required: frozenset[str]
    optional: frozenset[str]
    glibc: str


def system_libraries(tree: Path) -> SystemLibraries:
    """Return what a tree needs of its system.

    Parameters
    ----------
    tree
        Folder with the program and its ``_internal``.
    """
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink() and _is_elf(path)]
    held = {path.name for path in tree.rglob("*.so*")}
    required, optional = set[str](), set[str]()
    glibc: tuple[int, ...] = (0,)
    for path, header in _headers(files):
        wanted = {name.decode() for name in _NEEDED.findall(header)} - held
        target = optional if is_optional(path.relative_to(tree)) else required
        target.update(name for name in wanted if not _LOADER.fullmatch(name))
        glibc = max([glibc, *(tuple(map(int, found.decode().split("."))) for found in _GLIBC.findall(header))])
    return SystemLibraries(frozenset(required), frozenset(optional - required), ".".join(map(str, glibc)))


def is_optional(path: Path) -> bool:
    """Whether a file of the tree may fail to load.

    Parameters
    ----------
    path
        Within the tree.
    """
    return any(fnmatch(f"/{path.as_posix()}", pattern) for pattern in OPTIONAL)


def _headers(files: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    """Yield each file with what objdump, which PyInstaller needs as well, says of it."""
    paths = list(files)
    for start in range(0, len(paths), _AT_ONCE):
        some = paths[start : start + _AT_ONCE]
        said = subprocess.run(["objdump", "-p", *map(str, some)], check=True, capture_output=True).stdout
        parts = re.split(rb"^(.+):\s+file format .+$", said, flags=re.MULTILINE)[1:]
        told = dict(zip(parts[::2], parts[1::2], strict=True))
        for path in some:
            yield path, told[bytes(path)]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"

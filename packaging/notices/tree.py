"""The frozen tree: its files, and the modules that PyInstaller has packed into the program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CONTENTS = ("_internal/", "Contents/Frameworks/", "Contents/Resources/")
"""Where PyInstaller puts what a program needs: on Linux and Windows, and in a bundle for macOS."""

_MAGIC = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")  # Linux, Windows, macOS for one and for several
_OWN_MODULES = ("app", "solver", "__main__")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the tree.

    Parameters
    ----------
    path
        In the tree, with forward slashes.
    sha256
        Of what is in it, hexadecimal.
    native
        Whether it is machine code: a program or a shared library.
    """

    path: str
    sha256: str
    native: bool

    @property
    def place(self) -> str:
        """The path below the folder of contents, which is that of the wheel it was taken from."""
        for folder in CONTENTS:
            if self.path.startswith(folder):
                return self.path.removeprefix(folder)
        return self.path


@dataclass(frozen=True, slots=True)
class Tree:
    """What is shipped.

    Parameters
    ----------
    files
        All files, links left out: what they lead to is in the tree as well.
    modules
        Names of the modules of others within the program's own file.
    """

    files: tuple[File, ...]
    modules: tuple[str, ...]


def read_tree(root: Path) -> Tree:
    """Return what is in a tree that PyInstaller wrote."""
    files = tuple(_files(root))
    programs = [root / file.path for file in files if file.native and not file.path.startswith(CONTENTS)]
    modules = {name for program in programs for name in _packed(program)}
    return Tree(files, tuple(sorted(name for name in modules if name.split(".")[0] not in _OWN_MODULES)))


def _files(root: Path) -> Iterator[File]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as opened:
                native = opened.read(4).startswith(_MAGIC)
                opened.seek(0)
                digest = hashlib.file_digest(opened, "sha256").hexdigest()
            yield File(path.relative_to(root).as_posix(), digest, native)


def _packed(program: Path) -> list[str]:
    """Return the modules within a program, none if PyInstaller did not make it."""
    from PyInstaller.archive.readers import ArchiveReadError, CArchiveReader

    try:
        archive = CArchiveReader(str(program))
    except ArchiveReadError:
        return []
    return [
        module
        for name, (*_, kind) in archive.toc.items()
        if kind == "z"
        for module in archive.open_embedded_archive(name).toc
    ]

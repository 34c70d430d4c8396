"""Make the installer for Windows of a tree that PyInstaller built.

Usage::

    python packaging/windows/make_setup.py dist/routewright --version 0.1.0 --out dist

Inno Setup 6.3 or later has to be installed, or ``ISCC`` has to name its ``ISCC.exe``. What is made is signed where
``ROUTEWRIGHT_SIGN`` holds a command that signs a file, with ``$f`` where that file is named and ``$q`` for quotes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from file_types import FILE_TYPES
from windows.associations import associations
from windows.icon import ico_bytes
from windows.version_resource import file_version

SCRIPT = Path(__file__).with_name("routewright.iss")
ICON = Path(__file__).parents[2] / "resources" / "icons" / "routewright.svg"

LARGEST = 1_900_000_000
"""Bytes of a tree that is sure to fit into one file. One that is larger is cut into slices, which have to be downloaded
together: that is only done where it must be."""

LONGEST = 150
"""Letters of a path within the tree: Windows opens paths of 259, and the folder of a user takes up to 100 of them."""

SIGN = "ROUTEWRIGHT_SIGN"
"""Name of the variable that holds a command which signs."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the installer is made of.

    Parameters
    ----------
    tree
        Folder with the programs and their ``_internal``.
    version
        Of the program.
    out
        Folder for the installer.
    icon, associations
        Files made for it before.
    sign
        Command that signs a file; "" where none is configured.
    """

    tree: Path
    version: str
    out: Path
    icon: Path
    associations: Path
    sign: str = ""

    def arguments(self) -> Iterator[str]:
        """Yield the arguments of Inno Setup's compiler."""
        defined = {
            "Version": self.version,
            "FileVersion": file_version(self.version),
            "Tree": str(self.tree),
            "Output": str(self.out),
            "Icon": str(self.icon),
            "Associations": str(self.associations),
        }
        yield "/Qp"
        yield from (f"/D{name}={value}" for name, value in defined.items())
        if size_of(self.tree) > LARGEST:
            yield "/DSpanned"
        if self.sign:
            yield "/DSigned"
            yield f"/Srelease={self.sign}"
        yield str(SCRIPT)


def size_of(tree: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())


def too_long(tree: Path) -> list[str]:
    """Return the files below a folder whose paths could be too long where they are installed."""
    paths = [str(path.relative_to(tree)) for path in tree.rglob("*")]
    return [path for path in paths if len(path) > LONGEST]


def compiler(variables: Mapping[str, str]) -> str:
    """Return where Inno Setup's compiler is.

    Parameters
    ----------
    variables
        Of the environment.

    Raises
    ------
    FileNotFoundError
        If it is nowhere; the text says what to do.
    """
    named = [variables[name] for name in ("ISCC",) if variables.get(name)]
    folders = [variables[name] for name in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA") if variables.get(name)]
    usual = [str(Path(folder, *inner, "ISCC.exe")) for folder in folders for inner in _INNER]
    for place in named or [*usual, "ISCC.exe"]:
        found = shutil.which(place)
        if found:
            return found
    raise FileNotFoundError(
        "Inno Setup's compiler ISCC.exe was not found"
        + (f" at {named[0]}, which ISCC names." if named else ".")
        + " Install Inno Setup 6.3 or later from jrsoftware.org, or let the variable ISCC name it."
    )


_INNER = (("Inno Setup 6",), ("Programs", "Inno Setup 6"))


def make_setup(tree: Path, out: Path, version: str, variables: Mapping[str, str] = os.environ) -> Path:
    """Make the installer and return its path; where it had to be cut, slices lie beside it.

    Parameters
    ----------
    tree
        Folder with the programs and their ``_internal``.
    out
        Folder for the installer, made if it is not there.
    version
        Of the program.
    variables
        Of the environment.

    Raises
    ------
    ValueError
        If the path of a file is too long for Windows.
    """
    program = compiler(variables)
    tree, out = tree.resolve(), out.resolve()
    if too_long(tree):
        raise ValueError(f"paths are too long for Windows: {', '.join(too_long(tree))}")
    out.mkdir(parents=True, exist_ok=True)
    prepared = out / "setup"
    prepared.mkdir(exist_ok=True)
    icon, kinds = prepared / "routewright.ico", prepared / "associations.iss"
    try:
        icon.write_bytes(ico_bytes(ICON))
        kinds.write_text(associations(FILE_TYPES), encoding="utf-8-sig")  # without the mark it would be read as ANSI
        setup = Setup(tree, version, out, icon, kinds, variables.get(SIGN, ""))
        subprocess.run([program, *setup.arguments()], check=True)
    finally:
        shutil.rmtree(prepared)
    return out / f"routewright-{version}-windows-x64-setup.exe"


def main() -> int:
    """Make the installer that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make the installer for Windows.")
    parser.add_argument("tree", type=Path, help="folder that PyInstaller made")
    parser.add_argument("--version", required=True, help="of the program")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder for the installer")
    chosen = parser.parse_args()
    try:
        made = make_setup(chosen.tree, chosen.out, chosen.version)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        print(f"The installer could not be made: {error}", file=sys.stderr)
        return 1
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())

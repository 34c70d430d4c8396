"""Libraries that PyInstaller took from the system of the build machine: whose packages they are, asked of dpkg."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from notices.component import Text
from notices.tree import File

Ask = Callable[[list[str]], str]
"""Runs a command and returns what it printed, whether or not it succeeded."""

_DOCUMENTS = Path("/usr/share/doc")


@dataclass(frozen=True, slots=True)
class Package:
    """A package of Debian, or of a system made from it.

    Parameters
    ----------
    name, version, architecture
        Of the binary package.
    source, source_version
        Of the source package that it was built from.
    """

    name: str
    version: str
    architecture: str
    source: str
    source_version: str

    def copyright(self, documents: Path = _DOCUMENTS) -> Text | None:
        """Return what Debian says of its licences, None where the machine lacks that."""
        path = documents / self.name / "copyright"
        if not path.is_file():
            return None
        return Text(f"{self.name}: copyright", path.read_text(encoding="utf-8", errors="replace"))


def run(command: list[str]) -> str:
    """Run a command and return what it printed; nothing if there is no such command."""
    if shutil.which(command[0]) is None:
        return ""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def packages(files: Iterable[File], ask: Ask = run) -> dict[File, Package]:
    """Return the packages of those files that are, byte by byte, libraries of this machine.

    Parameters
    ----------
    files
        Of the tree.
    ask
        Runs a command.
    """
    wanted: dict[str, list[File]] = {}
    for file in files:
        wanted.setdefault(PurePosixPath(file.path).name, []).append(file)
    if not wanted:
        return {}
    owners: dict[File, str] = {}
    for line in ask(["dpkg-query", "--search", *(f"*/{_escaped(name)}" for name in wanted)]).splitlines():
        package, _, path = line.partition(": ")
        if package.startswith("diversion by"):
            continue
        for file in wanted.get(PurePosixPath(path).name, ()):
            if _is_copy(Path(path), file):
                owners[file] = package.split(",")[0]
    described = {name: _package(name, ask) for name in set(owners.values())}
    return {file: described[name] for file, name in owners.items()}


def _escaped(name: str) -> str:
    """Return a pattern of dpkg that means just this name."""
    return "".join(f"\\{mark}" if mark in "*?[\\" else mark for mark in name)


def _is_copy(path: Path, file: File) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256


def _package(name: str, ask: Ask) -> Package:
    fields = ("Package", "Version", "Architecture", "source:Package", "source:Version")
    printed = ask(["dpkg-query", "--show", "--showformat", "\\t".join(f"${{{field}}}" for field in fields), name])
    return Package(*printed.split("\t"))

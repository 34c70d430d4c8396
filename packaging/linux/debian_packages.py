"""Which Debian packages bring shared libraries, asked of the machine that builds."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

_T64 = frozenset(["libcups2", "libcurl4", "libglib2.0-0", "libgtk-3-0", "libpng16-16", "libssl3"])
"""Packages that got another name when Debian 13 and Ubuntu 24.04 made times 64 bits wide."""

_CACHED = re.compile(r"^\s+(\S+) \(libc6,[^)]*\) => (\S+)$", re.MULTILINE)


class UnknownLibraryError(Exception):
    """A library that this machine does not have, so that nobody can tell which package brings it."""


def packages_of(libraries: Iterable[str]) -> dict[str, str]:
    """Return the package that brings each library.

    Parameters
    ----------
    libraries
        Names such as ``libGL.so.1``.

    Raises
    ------
    UnknownLibraryError
        If this machine lacks one of them, or has it from elsewhere than a package.
    """
    paths = dict(reversed(_CACHED.findall(_said("/sbin/ldconfig", "-p"))))  # the first of a name is the one that counts
    found = {}
    for name in sorted(libraries):
        package = _owner(Path(paths[name])) if name in paths else None
        if package is None:
            raise UnknownLibraryError(
                f"{name} comes from no package of this machine: install the one that brings it, and build once more"
            )
        found[name] = package
    return found


def known(libraries: Iterable[str]) -> dict[str, str]:
    """Return the package that brings each library, without those that this machine lacks.

    Parameters
    ----------
    libraries
        Names such as ``libcups.so.2``.
    """
    found: dict[str, str] = {}
    for name in libraries:
        try:
            found |= packages_of([name])
        except UnknownLibraryError:
            continue
    return found


def with_new_name(package: str) -> str:
    """Return a package as a dependency that newer systems can fulfil as well.

    Parameters
    ----------
    package
        As Debian 12 calls it.
    """
    return f"{package} | {package}t64" if package in _T64 else package


def _owner(path: Path) -> str | None:
    """Return the package that a file comes from; it may know the file by its name before ``/lib`` became a link."""
    for candidate in (path, path.resolve(), Path("/", *path.parts[2:]), Path("/usr", *path.parts[1:])):
        said = _said("dpkg", "-S", str(candidate))
        if said:
            return said.split(":", 1)[0]
    return None


def _said(*command: str) -> str:
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout

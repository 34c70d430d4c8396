"""The control file of the Debian package."""

from __future__ import annotations

import math
import os
import re
import subprocess
from pathlib import Path

from linux.debian_packages import known, packages_of, with_new_name
from linux.system_libraries import SystemLibraries

_DATA = {
    "libfontconfig.so.1": "fontconfig-config",
    "libxkbcommon.so.0": "xkb-data",
    "libX11.so.6": "libx11-data",
}
"""Files that libraries read from the system; whoever brings a library along must ask for them."""

_RECOMMENDED = {
    "fonts-dejavu-core | fonts-freefont-ttf | fonts-liberation | fonts-noto-core": "text that is more than boxes",
    "ca-certificates": "map tiles and road services over https",
    "xdg-utils": "links and folders opened by other programs",
}

_DESCRIPTION = """\
plan delivery and service routes
 Routewright plans which vehicle goes to which customers, in which order and
 when: loads in several dimensions, opening hours, shifts, closed zones, locks
 made by hand, and roads. Plans are shown on a map, as a timeline and in tables,
 are changed by hand while the search goes on, and leave as manifests for
 drivers, spreadsheets and tracks.
 .
 The package brings its own Python, Qt and compiled kernels. Nothing is fetched
 from the network and nothing is compiled when it is installed."""

_VERSION = re.compile(r"^(\d+(?:\.\d+)*)(?:(a|b|rc)(\d+))?$")


def control_file(version: str, libraries: SystemLibraries, held: frozenset[str], kilobytes: int) -> str:
    """Return the control file.

    Parameters
    ----------
    version
        Of the package.
    libraries
        What the program needs of the system.
    held
        Names of the shared libraries that it brings along.
    kilobytes
        What it takes when it is installed.
    """
    required = packages_of(libraries.required)
    depends = {with_new_name(package) for package in required.values()} - {"libc6"}
    depends |= {f"libc6 (>= {libraries.glibc})"}
    depends |= {package for library, package in _DATA.items() if library in held}
    optional = {with_new_name(package) for package in known(libraries.optional).values()} - depends - {"libc6"}
    fields = {
        "Package": "routewright",
        "Version": version,
        "Architecture": architecture(),
        "Maintainer": maintainer(),
        "Installed-Size": str(kilobytes),
        "Depends": ", ".join(sorted(depends)),
        "Recommends": ", ".join(_RECOMMENDED),
        "Suggests": ", ".join(sorted(optional)),
        "Section": "misc",
        "Priority": "optional",
        "Description": _DESCRIPTION,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def architecture() -> str:
    """Return what Debian calls the processor of this machine, for which PyInstaller built."""
    return subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()


def maintainer() -> str:
    """Return who answers for the package, from the variables that Debian's own tools read."""
    name = os.environ.get("DEBFULLNAME", "The Routewright authors")
    return f"{name} <{os.environ.get('DEBEMAIL', 'nobody@routewright.invalid')}>"


def debian_version(version: str) -> str:
    """Return a version of the program in Debian's order: a release comes after its candidates.

    Parameters
    ----------
    version
        As in ``0.2.0`` or ``0.2.0rc1``.
    """
    match = _VERSION.match(version)
    if match is None:
        raise ValueError(f"{version!r} is no version that a package can have, such as 0.2.0 or 0.2.0rc1")
    release, stage, number = match.groups()
    return f"{release}~{stage}{number}" if stage else release


def installed_kilobytes(root: Path) -> int:
    """Return what a tree takes on disk, as Debian counts: each file in whole kilobytes, and one for each folder.

    Parameters
    ----------
    root
        What the package holds.
    """
    return sum(
        math.ceil(path.stat().st_size / 1024) if path.is_file() and not path.is_symlink() else 1
        for path in root.rglob("*")
    )

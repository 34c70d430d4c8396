"""A Debian system in a folder, as small as Debian makes it: no Python, no compiler, no network for what is tried."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

_ENTER = Path(__file__).with_name("enter.sh")
_MIRROR = "http://deb.debian.org/debian"
_URIS = re.compile(r"^\s*(?:URIs:\s*|deb\s+(?:\[[^]]*\]\s*)?)(\S+)", re.MULTILINE)
_HOUR = 3600
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_OF_THE_SYSTEM = ("proc", "sys", "dev", "run", "tmp")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the system.

    Parameters
    ----------
    name, number
        Of the account, and of its group.
    home
        As it is called in the system.
    """

    name: str
    number: int
    home: str


ROOT = Person("root", 0, "/root")
JOERG = Person("joerg", 1000, "/home/Jörg Müller/ein Heim")
"""Has no rights, and a home that careless programs do not find."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left.

    Parameters
    ----------
    code
        Exit code.
    out, err
        Its output.
    seconds
        That it took.
    """

    code: int
    out: str
    err: str
    seconds: float


class CleanRoot:
    """A root that is gone when it is left.

    Parameters
    ----------
    folder
        Where it lies; must not be there yet.
    packed
        A root as `pack_root` packed it.
    """

    def __init__(self, folder: Path, packed: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        subprocess.run(["tar", "-xpf", packed, "-C", folder, "--numeric-owner"], check=True)
        home = self.path(JOERG.home)
        home.mkdir(parents=True)
        self._said("useradd", "--no-create-home", "--home-dir", JOERG.home, "--uid", str(JOERG.number), JOERG.name)
        os.chown(home, JOERG.number, JOERG.number)
        self._mounted: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for path in reversed(self._mounted):
            subprocess.run(["umount", path], check=False)
        shutil.rmtree(self.folder)

    def path(self, inside: str) -> Path:
        """Return where a file of the system lies, seen from here."""
        return self.folder / inside.lstrip("/")

    def install(self, *packages: Path) -> Said:
        """Install packages with what they depend on, as apt finds it on the network."""
        handed = [shutil.copy(package, self.path("/tmp")) for package in packages]
        names = [f"/tmp/{Path(path).name}" for path in handed]
        try:
            return self._with_network(
                "apt-get", "install", "-y", "--no-install-recommends", "--allow-downgrades", *names
            )
        finally:
            for path in handed:
                Path(path).unlink()

    def install_dependencies(self, package: Path) -> Said:
        """Install what a package asks for without the package, so that its own installation can be timed."""
        asked = subprocess.run(
            ["dpkg-deb", "-f", package, "Depends"], check=True, capture_output=True, text=True
        ).stdout
        first = [re.split(r"[ (|]", one.strip())[0] for one in asked.split(",")]
        missing = [name for name in first if self._said("dpkg", "-s", name).code]
        said = self._with_network("apt-get", "install", "-y", "--no-install-recommends", *missing)
        self._said("apt-mark", "auto", *missing)  # they came for its sake, and go with it
        return said

    def refresh(self) -> None:
        """Let apt know which packages there are."""
        said = self._with_network("apt-get", "update")
        if said.code:
            raise RuntimeError(f"apt-get update failed in the root:\n{said.err}")

    def purge(self) -> Said:
        """Remove the program, and what came for its sake."""
        return self._with_network("apt-get", "purge", "-y", "--autoremove", "routewright")

    def run(self, *command: str, person: Person = JOERG, display: str = "", limit: float = 600) -> Said:
        """Run a command without a network, where nobody can write to the programs; return what it left.

        Parameters
        ----------
        command
            The command.
        person
            Who runs it.
        display
            Of X11, as in ``:7``; none by default.
        limit
            Seconds after which it is ended.
        """
        return _ended(self.start(*command, person=person, display=display), limit)

    def start(self, *command: str, person: Person = JOERG, display: str = "") -> subprocess.Popen[str]:
        """Start a command, as `run` does."""
        return self._entered("read-only", person, {"DISPLAY": display}, *command)

    def small_disk(self, inside: str, megabytes: int, person: Person = JOERG) -> Path:
        """Put a disk of its own at a folder of the system, with what is in it, and return where it lies from here."""
        path = self.path(inside)
        kept = path.with_name(path.name + ".kept")
        shutil.copytree(path, kept, symlinks=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", path], check=True)
        self._mounted.append(path)
        shutil.copytree(kept, path, symlinks=True, dirs_exist_ok=True)
        shutil.rmtree(kept)
        for one in (path, *path.rglob("*")):
            os.chown(one, person.number, person.number, follow_symlinks=False)
        return path

    def files(self) -> frozenset[str]:
        """Return the paths of all files and folders, without what is there only while something runs."""
        return frozenset(self._files(self.folder))

    def _files(self, folder: Path) -> Iterator[str]:
        for entry in os.scandir(folder):
            named = os.path.relpath(entry.path, self.folder)
            if named in _OF_THE_SYSTEM:
                continue
            yield named
            if entry.is_dir(follow_symlinks=False):
                yield from self._files(Path(entry.path))

    def _with_network(self, *command: str) -> Said:
        """Run a command that may fetch packages, by the settings for that in this machine's environment."""
        resolver = self.path("/etc/resolv.conf")
        before = resolver.read_bytes() if resolver.is_file() else None
        resolver.write_bytes(Path("/etc/resolv.conf").read_bytes())
        try:
            return self._said(*command)
        finally:
            if before is None:
                resolver.unlink()
            else:
                resolver.write_bytes(before)

    def _said(self, *command: str) -> Said:
        kept = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        return _ended(self._entered("networked", ROOT, kept | {"DEBIAN_FRONTEND": "noninteractive"}, *command), _HOUR)

    def _entered(self, way: str, person: Person, more: dict[str, str], *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [_ENTER, self.folder, f"{person.number}:{person.number}", way, *command],
            env={"PATH": _PATH, "HOME": person.home, "LANG": "C.UTF-8"} | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def _ended(process: subprocess.Popen[str], limit: float) -> Said:
    """Wait until a process has ended, or end it, and return what it left."""
    began = time.monotonic()
    with process:
        try:
            out, err = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            err += f"\nended after {limit:.0f} s"
    return Said(process.returncode, out, err, time.monotonic() - began)


def pack_root(suite: str, cache: Path) -> Path:
    """Return a packed root of a release of Debian; it is made once and kept.

    Parameters
    ----------
    suite
        As in ``bookworm``.
    cache
        Folder in which it is kept.
    """
    packed = cache / f"{suite}.tar"
    if packed.exists():
        return packed
    cache.mkdir(parents=True, exist_ok=True)
    made = cache / f"{suite}.made"
    shutil.rmtree(made, ignore_errors=True)
    mirror = mirror_of(_sources())
    subprocess.run(["debootstrap", "--variant=minbase", suite, made, mirror], check=True, stdout=subprocess.DEVNULL)
    half = packed.with_suffix(".half")
    subprocess.run(["tar", "-cpf", half, "-C", made, "--numeric-owner", "."], check=True)
    half.rename(packed)
    shutil.rmtree(made)
    return packed


def mirror_of(sources: Sequence[str]) -> str:
    """Return the server that this machine fetches Debian from; Debian's own where it fetches something else.

    Parameters
    ----------
    sources
        The texts of apt's lists of sources.
    """
    found = (uri for text in sources for uri in _URIS.findall(text))
    return next((uri for uri in found if uri.rstrip("/").endswith("/debian")), _MIRROR)


def _sources() -> list[str]:
    apt = Path("/etc/apt")
    lists = [apt / "sources.list", *sorted((apt / "sources.list.d").glob("*"))]
    return [path.read_text("utf-8", "replace") for path in lists if path.is_file()]

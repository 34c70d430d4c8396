"""What no metadata tells: ``catalogue.toml`` and the attributions of Qt, read.

Wheels carry libraries that their metadata does not name, and systems carry libraries without any. Somebody looked into
each of them once and wrote down what it is. An entry can say of which version of a distribution that was, and then
holds for no other, so that whoever raises a pin looks again.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from notices.component import Text

HERE = Path(__file__).parent


def texts_of(licence: str) -> tuple[str, ...]:
    """Return what a licence's texts are called.

    Parameters
    ----------
    licence
        As in ``LGPL-2.1-or-later``, whose text is ``LGPL-2.1``, or ``Apache-2.0 WITH LLVM-exception``, which has two.
    """
    return tuple(re.sub(r"-(only|or-later)$", "", part) for part in licence.split(" WITH "))


@dataclass(frozen=True, slots=True)
class Entry:
    """A part as it was written down.

    Parameters
    ----------
    name, version, licence, home, source, purl
        As in a component. In the last two ``{version}`` stands for the version, ``{series}`` for its beginning: 6.11.
    files
        Patterns of paths that are this part.
    inside
        Patterns of paths that this part was compiled into.
    modules
        Names of modules that are this part, with all that is below them.
    texts
        Names of its texts: ``name.txt`` of ``texts/components``, ``distribution:title``, or ``python:name``.
    body
        Its text itself, where it was written down with it.
    of
        Distribution, or ``python``, that it was found in.
    at
        The versions of that distribution that it describes; none for any, and then those versions are its own.
    """

    name: str
    licence: str
    home: str
    version: str = ""
    files: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    body: str = ""
    of: str = ""
    at: tuple[str, ...] = ()
    source: str = ""
    purl: str = ""

    def claims(self, *places: str) -> bool:
        """Return whether a file, by any of its names, is this part."""
        return any(fnmatch(place, pattern) for place in places for pattern in self.files)

    def is_in(self, *places: str) -> bool:
        """Return whether this part was compiled into a file, by any of the file's names."""
        return any(fnmatch(place, pattern) for place in places for pattern in self.inside)

    def has_module(self, name: str) -> bool:
        """Return whether a module is this part."""
        return any(f"{name}.".startswith(f"{module}.") for module in self.modules)


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """The libraries of a source package of Debian.

    Parameters
    ----------
    source
        Pattern of its name.
    name, licence, home
        As in a component.
    packages
        Patterns of the binary packages that it speaks of.
    """

    source: str
    name: str
    licence: str
    home: str
    packages: tuple[str, ...] = ("*",)

    def speaks_of(self, source: str, package: str) -> bool:
        """Return whether a binary package is meant."""
        return fnmatch(source, self.source) and any(fnmatch(package, pattern) for pattern in self.packages)


@dataclass(frozen=True, slots=True)
class Override:
    """What a distribution's metadata should say and does not.

    Parameters
    ----------
    licence
        SPDX expression, "" for what the metadata says.
    texts
        As in `Entry`, beside its own.
    source
        As in `Entry`.
    itemised
        Whether each of its files has to be claimed by an entry, since not all of them may be handed on.
    """

    licence: str = ""
    texts: tuple[str, ...] = ()
    source: str = ""
    itemised: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that was written down.

    Parameters
    ----------
    own
        Patterns of files that are Routewright itself.
    entries, system, overrides
        Parts, libraries of the system, and distributions by their names.
    crates
        Texts of Rust crates that need one of their own, by name.
    forbidden
        Patterns of files that must not be in a package, each with the reason.
    texts
        Folder of texts.
    """

    own: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    system: tuple[SystemEntry, ...] = ()
    overrides: dict[str, Override] = field(default_factory=dict)
    crates: dict[str, str] = field(default_factory=dict)
    forbidden: dict[str, str] = field(default_factory=dict)
    texts: Path = HERE / "texts"

    def override(self, distribution: str) -> Override:
        """Return what was written down of a distribution."""
        return self.overrides.get(distribution, Override())

    def stored(self, name: str) -> Text:
        """Return a text of ``texts/components``."""
        return Text(name, (self.texts / "components" / name).read_text(encoding="utf-8"))

    def whole(self, text: str) -> str | None:
        """Return a licence that reads the same for everybody, None if it is not kept."""
        path = self.texts / f"{text}.txt"
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def has_whole(self, licence: str) -> bool:
        """Return whether all that a licence says is kept."""
        return all(self.whole(text) is not None for text in texts_of(licence))


def read_catalogue(folder: Path = HERE) -> Catalogue:
    """Return what is written down in a folder."""
    written = tomllib.loads((folder / "catalogue.toml").read_text(encoding="utf-8"))
    qt = written["qt"]
    return Catalogue(
        own=tuple(written["own"]),
        entries=(
            *(Entry(**_with_tuples(item)) for item in written["component"]),
            *(entry for host in written["linked"] for entry in _linked(host)),
            *(_qt_module(qt, name) for name in qt["modules"]),
            *_attributions(folder / "qt_attributions.json"),
        ),
        system=tuple(SystemEntry(**_with_tuples(item)) for item in written["system"]),
        overrides={name: Override(**_with_tuples(item)) for name, item in written["distribution"].items()},
        crates=written["crates"],
        forbidden=written["forbidden"],
        texts=folder / "texts",
    )


def _with_tuples(item: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}


def _linked(host: dict[str, Any]) -> list[Entry]:
    """Return what was compiled into the libraries of a distribution."""
    return [
        Entry(
            f"{part['name']} (in {host['into']})",
            part["licence"],
            part["home"],
            # Of most nobody can tell the version: they are taken as they stand on the day of the build.
            version=part.get("version", ""),
            inside=tuple(host["inside"]),
            texts=(part["text"],) if "text" in part else (),
            of=host["into"],
            at=tuple(host["at"]),
        )
        for part in host["parts"]
    ]


def _qt_module(qt: dict[str, Any], name: str) -> Entry:
    return Entry(
        f"Qt {name}",
        qt["licence"],
        qt["home"],
        files=(
            f"PySide6/Qt/lib/libQt6{name}.so*",
            f"PySide6/Qt6{name}.dll",
            f"PySide6/Qt/lib/Qt{name}.framework/*",
        ),
        of=qt["of"],
        source=qt["source"],
        purl=qt["purl"],
    )


def _attributions(path: Path) -> list[Entry]:
    """Return what Qt contains that its makers took from others."""
    return [
        Entry(
            f"{item['name']} (in Qt)",
            item["licence"],
            item["home"],
            version=item["version"],
            inside=tuple(item["inside"]),
            body=item["text"],
        )
        for item in json.loads(path.read_text(encoding="utf-8"))
    ]

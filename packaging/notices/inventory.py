"""Whose each file of a tree is, and what is wrong with that."""

from __future__ import annotations

import platform
import sys
import sysconfig
from collections import defaultdict
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path

from notices.catalogue import Catalogue, Entry, SystemEntry
from notices.component import Component, Text
from notices.crates import crates
from notices.debian import Package
from notices.distributions import Distribution, Distributions, normal
from notices.objections import objections
from notices.tree import File, Tree

PYTHON = "python"
_BUNDLED = (".libs", ".dylibs")
"""Ends of the folders that tools put the libraries of others into when they repair a wheel."""

_PYINSTALLER_MODULES = ("_pyi_rth_utils",)
_ARCHIVE = "https://pypi.org/project/{key}/{{version}}/#files"


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is in a tree.

    Parameters
    ----------
    components
        Parts that others have made, by name.
    problems
        Sentences about what must not be handed on as it is.
    """

    components: tuple[Component, ...]
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """What the files of a tree turned out to be."""

    of_entry: dict[Entry, list[File]] = field(default_factory=lambda: defaultdict(list))
    of_distribution: dict[str, list[File]] = field(default_factory=lambda: defaultdict(list))
    of_package: dict[SystemEntry, list[tuple[File, Package]]] = field(default_factory=lambda: defaultdict(list))
    places: dict[str, str] = field(default_factory=dict)
    """Path in the tree to the path in the wheel."""
    changed: set[str] = field(default_factory=set)


class Stocktaking:
    """Finds out what is in a tree.

    Parameters
    ----------
    tree
        What is shipped.
    catalogue
        What somebody wrote down.
    distributions
        What is installed where it was built.
    system
        Packages of the build machine that files were taken from.
    """

    def __init__(
        self, tree: Tree, catalogue: Catalogue, distributions: Distributions, system: dict[File, Package]
    ) -> None:
        self._tree = tree
        self._catalogue = catalogue
        self._distributions = distributions
        self._system = system
        self._found = _Found()
        self._problems: list[str] = []

    def inventory(self) -> Inventory:
        """Return what is in the tree."""
        for file in self._tree.files:
            self._assign(file)
        self._assign_modules()
        components = _merged([*self._from_entries(), *self._from_distributions(), *self._from_system()])
        for component in components:
            self._problems += objections(component, self._catalogue, components)
        return Inventory(
            tuple(sorted(components, key=lambda component: component.name.lower())), tuple(sorted(self._problems))
        )

    def _assign(self, file: File) -> None:
        for pattern, reason in self._catalogue.forbidden.items():
            if fnmatch(file.place, pattern):
                self._problems.append(f"{file.path} must not be handed on: {reason}.")
                return
        found = self._distributions.of_file(file)
        place = found[1] if found else file.place
        self._found.places[file.path] = place
        if found and found[0].digests.get(place) not in ("", None, file.sha256):
            self._found.changed.add(file.path)
        for entry in self._catalogue.entries:
            if entry.claims(place, file.place):
                self._found.of_entry[entry].append(file)
                return
        if any(fnmatch(file.place, pattern) for pattern in self._catalogue.own):
            return
        if found and not self._is_itemised(found[0], place):
            self._found.of_distribution[_key(found[0])].append(file)
            return
        if file in self._system:
            self._assign_to_system(file, self._system[file])
            return
        self._problems.append(f"{file.path} is of unknown origin: name the part it belongs to in catalogue.toml.")

    def _is_itemised(self, distribution: Distribution, place: str) -> bool:
        """Return whether a distribution does not vouch for a file: one that was bundled into its wheel is another's."""
        return self._catalogue.override(_key(distribution)).itemised or any(
            folder.endswith(_BUNDLED) for folder in place.split("/")[:-1]
        )

    def _assign_to_system(self, file: File, package: Package) -> None:
        for entry in self._catalogue.system:
            if entry.speaks_of(package.source, package.name):
                self._found.of_package[entry].append((file, package))
                return
        self._problems.append(
            f"{file.path} is of the package {package.name}, made from {package.source}: say in catalogue.toml, as a "
            "[[system]], what it is and what licence it has."
        )

    def _assign_modules(self) -> None:
        for module in self._tree.modules:
            top = module.split(".")[0]
            if top in sys.stdlib_module_names or top in _PYINSTALLER_MODULES or top.startswith("_sysconfigdata"):
                continue
            distribution = self._distributions.of_module(module)
            if distribution is None:
                self._problems.append(f"The module {module} is of unknown origin: no installed distribution has it.")
            elif not self._catalogue.override(_key(distribution)).itemised:
                self._found.of_distribution.setdefault(_key(distribution), [])

    def _from_entries(self) -> list[Component]:
        components = []
        for entry in self._catalogue.entries:
            own = self._found.of_entry.get(entry, [])
            hosts = [file for file in self._tree.files if self._is_host(entry, file)]
            if own or hosts or any(map(entry.has_module, self._tree.modules)):
                components.append(self._of_entry(entry, own, hosts))
        return components

    def _is_host(self, entry: Entry, file: File) -> bool:
        return entry.is_in(self._found.places.get(file.path, file.place), file.place)

    def _of_entry(self, entry: Entry, own: list[File], hosts: list[File]) -> Component:
        version = entry.version
        if entry.of:
            installed = platform.python_version() if entry.of == PYTHON else self._version(entry.of)
            if not installed or (entry.at and installed.split("+")[0] not in entry.at):
                self._problems.append(
                    f"{entry.name}: catalogue.toml describes {entry.of} {' or '.join(entry.at)} and here is "
                    f"{installed or 'none'}: look again what it contains."
                )
            version = version or ("" if entry.at else installed)
        return Component(
            entry.name,
            version,
            entry.licence,
            entry.home,
            self._texts(entry),
            tuple(file.path for file in own or hosts),
            linked_in=bool(hosts) and not own,
            source=_filled(entry.source, version),
            purl=_filled(entry.purl, version),
            changed=self._changed(own),
        )

    def _version(self, distribution: str) -> str:
        found = self._distributions.get(distribution)
        return found.version if found else ""

    def _texts(self, entry: Entry) -> tuple[Text, ...]:
        texts = [Text("", entry.body)] if entry.body else []
        return (*texts, *self._named_texts(entry.name, entry.texts))

    def _named_texts(self, part: str, names: tuple[str, ...]) -> list[Text]:
        texts = []
        for name in names:
            owner, _, title = name.rpartition(":")
            try:
                if not owner:
                    texts.append(self._catalogue.stored(title))
                elif owner == PYTHON:
                    texts.append(_python_text(title))
                elif (distribution := self._distributions.get(owner)) is not None:
                    texts.append(distribution.text(title))
                else:
                    raise KeyError(owner)
            except (OSError, KeyError):
                self._problems.append(f"{part}: its text {name} is not there.")
        return texts

    def _from_distributions(self) -> list[Component]:
        components = []
        for key, files in self._found.of_distribution.items():
            distribution = self._distributions.get(key)
            assert distribution is not None, "it was found by its name"
            override = self._catalogue.override(key)
            paths = tuple(file.path for file in files)
            components.append(
                Component(
                    distribution.name,
                    distribution.version,
                    override.licence or distribution.licence,
                    distribution.home or f"https://pypi.org/project/{key}/",
                    (*distribution.texts, *self._named_texts(distribution.name, override.texts)),
                    paths,
                    source=_filled(override.source or _ARCHIVE.format(key=key), distribution.version),
                    purl=f"pkg:pypi/{key}@{distribution.version}",
                    changed=self._changed(files),
                )
            )
            extensions = tuple(file.path for file in files if file.native)
            for bom in distribution.boms() if extensions else ():
                components += crates(bom, extensions, self._catalogue)
        return components

    def _changed(self, files: list[File]) -> tuple[str, ...]:
        return tuple(file.path for file in files if file.native and file.path in self._found.changed)

    def _from_system(self) -> list[Component]:
        components = []
        for entry, found in self._found.of_package.items():
            packages = sorted({package for _, package in found}, key=lambda package: package.name)
            texts = {text.body: text for text in map(Package.copyright, packages) if text is not None}
            first = packages[0]
            components.append(
                Component(
                    entry.name,
                    first.source_version,
                    entry.licence,
                    entry.home,
                    tuple(texts.values()),
                    tuple(file.path for file, _ in found),
                    source=f"https://snapshot.debian.org/package/{first.source}/{first.source_version}/",
                    purl=f"pkg:deb/debian/{first.name}@{first.version}?arch={first.architecture}",
                )
            )
        return components


def _filled(address: str, version: str) -> str:
    return address.format(version=version, series=".".join(version.split(".")[:2]))


def _key(distribution: Distribution) -> str:
    return normal(distribution.name)


def _merged(components: list[Component]) -> list[Component]:
    """Return the same with each part once: two extensions may contain the same crate."""
    merged: dict[tuple[str, str, bool], Component] = {}
    for one in components:
        key = (one.name, one.version, one.linked_in)
        before = merged.get(key)
        merged[key] = one if before is None else replace(one, files=before.files + one.files)
    return list(merged.values())


def _python_text(name: str) -> Text:
    """Return a text that comes with the running Python."""
    folders = [Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)]
    for folder in folders:
        if (folder / name).is_file():
            return Text(name, (folder / name).read_text(encoding="utf-8"))
    raise FileNotFoundError(name)


def with_digests(inventory: Inventory, digests: dict[str, str]) -> Inventory:
    """Return the same with the SHA-256 of the archives that distributions were installed from, by package URL."""
    known = (replace(one, sha256=digests.get(one.purl, one.sha256)) for one in inventory.components)
    return replace(inventory, components=tuple(known))

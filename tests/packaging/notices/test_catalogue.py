"""What is written down of the parts can be read, and is of use for the dependencies as they are pinned."""

from __future__ import annotations

from importlib import metadata

import pytest

from notices.catalogue import Catalogue, Entry, read_catalogue, texts_of
from notices.inventory import PYTHON
from notices.spdx import chosen, is_lesser, permitted


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue()


def installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def test_every_licence_in_it_is_permitted(catalogue: Catalogue) -> None:
    said = [part.licence for part in (*catalogue.entries, *catalogue.system)]
    said += [override.licence for override in catalogue.overrides.values() if override.licence]
    assert [licence for licence in said if not permitted(licence)] == []


def test_every_entry_has_a_text(catalogue: Catalogue) -> None:
    def has_one(entry: Entry) -> bool:
        return bool(entry.texts or entry.body) or all(map(catalogue.has_whole, chosen(entry.licence)))

    assert [entry.name for entry in catalogue.entries if not has_one(entry)] == []


def test_every_stored_text_is_there_and_used(catalogue: Catalogue) -> None:
    named = {name for entry in catalogue.entries for name in entry.texts if ":" not in name}
    named |= {name for override in catalogue.overrides.values() for name in override.texts}
    named |= set(catalogue.crates.values())
    assert named == {path.name for path in (catalogue.texts / "components").iterdir()}


def test_the_texts_of_all_lesser_licences_are_kept_whole(catalogue: Catalogue) -> None:
    for part in (*catalogue.entries, *catalogue.system):
        if is_lesser(part.licence):
            assert all(map(catalogue.has_whole, chosen(part.licence))), part.name


def test_it_describes_the_versions_that_are_pinned(catalogue: Catalogue) -> None:
    found = {entry.name: installed(entry.of) for entry in catalogue.entries if entry.at and entry.of != PYTHON}
    described = {entry.name: entry.at for entry in catalogue.entries if entry.name in found}
    outdated = [name for name, version in found.items() if version and version.split("+")[0] not in described[name]]
    assert outdated == [], "look again what they contain, and say so in packaging/notices/catalogue.toml"


@pytest.mark.parametrize("module", ["Charts", "VirtualKeyboard", "WaylandCompositor", "Quick3D"])
def test_modules_of_qt_under_the_gpl_only_are_forbidden_and_not_listed(catalogue: Catalogue, module: str) -> None:
    assert any(module in pattern for pattern in catalogue.forbidden)
    assert not any(entry.name == f"Qt {module}" for entry in catalogue.entries)


@pytest.mark.parametrize(
    "path",
    ["PySide6/Qt/lib/libQt6Core.so.6", "PySide6/Qt6Core.dll", "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore"],
)
def test_qt_is_known_on_three_systems(catalogue: Catalogue, path: str) -> None:
    assert [entry.name for entry in catalogue.entries if entry.claims(path)] == ["Qt Core"]
    assert any(entry.is_in(path) and entry.name.startswith("PCRE2") for entry in catalogue.entries)


def test_what_a_licence_is_called_leads_to_its_texts() -> None:
    assert texts_of("LGPL-2.1-or-later") == ("LGPL-2.1",)
    assert texts_of("GPL-3.0-or-later WITH GCC-exception-3.1") == ("GPL-3.0", "GCC-exception-3.1")
    assert texts_of("MPL-2.0") == ("MPL-2.0",)

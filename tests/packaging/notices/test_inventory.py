"""Each file of a tree belongs to something known, with a licence and its text; or else there is a problem."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notices.catalogue import Entry, Override, SystemEntry
from notices.debian import Package, packages
from notices.inventory import Inventory, with_digests
from tests.packaging.notices.fakes import MIT, Workshop, digest, file, install


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path)
    install(made.site, "numbers", {"numbers/core.so": "code", "numbers-1.0.dist-info/licenses/LICENSE": MIT})
    return made


def names(inventory: Inventory) -> list[str]:
    return [component.title for component in inventory.components]


def test_a_file_of_a_wheel_brings_its_distribution_with_its_text(workshop: Workshop) -> None:
    taken = workshop.takes_stock(file("numbers/core.so", "code"))
    assert taken.problems == ()
    (component,) = taken.components
    assert (component.title, component.licence, component.purl) == ("numbers 1.0", "MIT", "pkg:pypi/numbers@1.0")
    assert [text.body for text in component.texts] == [MIT]
    assert component.files == ("_internal/numbers/core.so",)


def test_what_is_installed_and_not_shipped_is_not_named(workshop: Workshop) -> None:
    install(workshop.site, "tests_only", {"tests_only/x.py": ""})
    assert names(workshop.takes_stock(file("numbers/core.so", "code"))) == ["numbers 1.0"]


def test_a_module_within_the_program_brings_its_distribution(workshop: Workshop) -> None:
    install(workshop.site, "pure", {"pure/__init__.py": "", "pure/LICENSE.txt": MIT})
    taken = workshop.takes_stock(modules=("json.decoder", "pure", "pure.made_at_build_time", "_pyi_rth_utils.qt"))
    assert (names(taken), taken.problems) == (["pure 1.0"], ())


def test_a_file_of_unknown_origin_is_a_problem(workshop: Workshop) -> None:
    (problem,) = workshop.takes_stock(file("libmystery.so.1")).problems
    assert "_internal/libmystery.so.1 is of unknown origin" in problem


def test_a_module_of_unknown_origin_is_a_problem(workshop: Workshop) -> None:
    (problem,) = workshop.takes_stock(modules=("mystery.inner",)).problems
    assert "mystery.inner" in problem


def test_a_library_that_was_put_elsewhere_is_known_by_its_content(workshop: Workshop) -> None:
    assert names(workshop.takes_stock(file("core.so", "code"))) == ["numbers 1.0"]
    assert workshop.takes_stock(file("core.so", "other code")).problems != ()


def test_alike_files_that_are_no_libraries_prove_nothing(workshop: Workshop) -> None:
    install(workshop.site, "pure", {"pure/__init__.py": ""})
    assert workshop.takes_stock(file("mystery/__init__.py", "", native=False)).problems != ()


def test_our_own_files_are_nobody_elses(workshop: Workshop) -> None:
    taken = workshop.takes_stock(file("app/_resources/icons/new.svg", native=False))
    assert (taken.components, taken.problems) == ((), ())


def test_a_missing_text_is_a_problem(workshop: Workshop) -> None:
    install(workshop.site, "silent", {"silent/x.so": "x"})
    (problem,) = workshop.takes_stock(file("silent/x.so", "x")).problems
    assert "silent 1.0: the text of its licence (MIT) is missing" in problem


@pytest.mark.parametrize("licence", ["License-Expression: GPL-3.0-only", "License: see the website", "Summary: none"])
def test_a_licence_that_is_not_permitted_or_not_told_is_a_problem(workshop: Workshop, licence: str) -> None:
    install(workshop.site, "bound", {"bound/x.so": "x", "bound/LICENSE": MIT}, licence)
    (problem,) = workshop.takes_stock(file("bound/x.so", "x")).problems
    assert problem.startswith("bound 1.0")


def test_what_metadata_does_not_tell_can_be_written_down(workshop: Workshop) -> None:
    install(workshop.site, "bound", {"bound/x.so": "x", "bound/LICENSE": MIT}, "License: BSD")
    workshop.knows(bound=Override(licence="BSD-3-Clause"))
    (component,) = workshop.takes_stock(file("bound/x.so", "x")).components
    assert component.licence == "BSD-3-Clause"


def test_a_library_within_a_wheel_is_a_part_of_its_own(workshop: Workshop) -> None:
    install(workshop.site, "shapes", {"shapes.libs/libgeo-1a2b.so": "geo", "shapes/LICENSE": MIT})
    geo = Entry(
        "Geo", "LGPL-2.1-or-later", "https://geo", "3.1", files=("shapes.libs/libgeo*",), of="shapes", at=("1.0",)
    )
    workshop.knows(geo)
    (problem,) = workshop.takes_stock(file("shapes.libs/libgeo-1a2b.so", "geo")).problems
    assert "Geo 3.1: nobody says where its sources are" in problem


@pytest.mark.parametrize("folder", ["shapes.libs", "shapes/.dylibs"])
def test_a_distribution_does_not_vouch_for_what_was_bundled_into_it(workshop: Workshop, folder: str) -> None:
    install(workshop.site, "shapes", {f"{folder}/libgeo.so": "geo", "shapes/LICENSE": MIT})
    (problem,) = workshop.takes_stock(file(f"{folder}/libgeo.so", "geo")).problems
    assert f"{folder}/libgeo.so is of unknown origin" in problem


def lesser(workshop: Workshop) -> None:
    install(workshop.site, "shapes", {"shapes.libs/libgeo.so": "geo", "shapes/x.so": "x", "shapes/LICENSE": MIT})
    source = "https://geo/{series}/{version}"
    geo = Entry("Geo", "LGPL-2.1-only", "https://geo", "3.1.4", files=("shapes.libs/libgeo*",), source=source)
    workshop.knows(geo)


def test_a_lesser_library_passes_as_it_was_published(workshop: Workshop) -> None:
    lesser(workshop)
    taken = workshop.takes_stock(file("shapes.libs/libgeo.so", "geo"))
    assert taken.problems == ()
    assert taken.components[0].source == "https://geo/3.1/3.1.4"


def test_a_lesser_library_that_was_changed_is_a_problem(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    lesser(workshop)
    monkeypatch.setattr("notices.objections._CHANGED_BY_PYINSTALLER", False)
    (problem,) = workshop.takes_stock(file("shapes.libs/libgeo.so", "geo, stripped")).problems
    assert "_internal/shapes.libs/libgeo.so" in problem


def test_a_lesser_library_linked_into_others_is_a_problem(workshop: Workshop) -> None:
    lesser(workshop)
    workshop.knows(Entry("Inner", "LGPL-2.1-only", "https://inner", inside=("shapes/*.so",), source="https://inner"))
    (problem,) = workshop.takes_stock(file("shapes/x.so", "x")).problems
    assert "linked into what cannot be replaced" in problem


def test_what_was_written_down_holds_for_one_version(workshop: Workshop) -> None:
    workshop.knows(Entry("Inner", "LGPL-2.1-only", "https://x", inside=("numbers/*",), of="numbers", at=("0.9",)))
    problems = workshop.takes_stock(file("numbers/core.so", "code")).problems
    assert any("describes numbers 0.9 and here is 1.0" in problem for problem in problems)


def test_a_part_has_the_version_of_what_it_was_found_in_only_if_they_are_made_together(workshop: Workshop) -> None:
    both = {"inside": ("numbers/*",), "of": "numbers", "body": MIT}
    workshop.knows(
        Entry("Core", "MIT", "https://x", **both), Entry("Borrowed", "MIT", "https://x", at=("1.0",), **both)
    )
    taken = workshop.takes_stock(file("numbers/core.so", "code"))
    assert (names(taken), taken.problems) == (["Borrowed", "Core 1.0", "numbers 1.0"], ())


def test_a_part_can_be_modules_within_those_of_another(workshop: Workshop) -> None:
    install(workshop.site, "pure", {"pure/__init__.py": "", "pure/borrowed/__init__.py": "", "pure/LICENSE": MIT})
    workshop.knows(Entry("Borrowed", "MIT", "https://x", "3", modules=("pure.borrowed",), body=MIT))
    assert names(workshop.takes_stock(modules=("pure", "pure.borrowed.inner"))) == ["Borrowed 3", "pure 1.0"]
    assert names(workshop.takes_stock(modules=("pure", "pure.borrowed_too"))) == ["pure 1.0"]


def test_an_itemised_distribution_vouches_for_none_of_its_files(workshop: Workshop) -> None:
    claimed = Entry("Core", "MIT", "https://core", "1", files=("numbers/core.so",), body=MIT)
    install(workshop.site, "numbers", {"numbers/core.so": "code", "numbers/keyboard.so": "k", "numbers/LICENSE": MIT})
    workshop.knows(claimed, numbers=Override(itemised=True))
    taken = workshop.takes_stock(file("numbers/core.so", "code"), file("numbers/keyboard.so", "k"))
    assert names(taken) == ["Core 1"]
    assert ["keyboard" in problem for problem in taken.problems] == [True]


def test_crates_are_read_from_the_bill_that_came_with_them_each_once(workshop: Workshop) -> None:
    bill = {
        "components": [
            {"name": "cell", "version": "2.0", "purl": "pkg:cargo/cell@2.0", "licenses": [{"expression": "MIT"}]},
            {"name": "tool", "version": "2.0", "purl": "pkg:cargo/tool@2.0", "scope": "excluded"},
        ]
    }
    for name in ("one", "two"):
        sboms = {f"{name}-1.0.dist-info/sboms/x.cdx.json": json.dumps(bill)}
        install(workshop.site, name, {f"{name}/x.so": name, f"{name}/LICENSE": MIT, **sboms})
    taken = workshop.takes_stock(file("one/x.so", "one"), file("two/x.so", "two"))
    crate = next(component for component in taken.components if component.linked_in)
    assert crate.title == "cell (Rust crate) 2.0"
    assert crate.files == ("_internal/one/x.so", "_internal/two/x.so")
    assert len(taken.components) == 3
    assert taken.problems == ("cell (Rust crate) 2.0: the text of its licence (MIT) is missing.",)


def test_digests_of_wheels_are_filled_in(workshop: Workshop) -> None:
    taken = with_digests(workshop.takes_stock(file("numbers/core.so", "code")), {"pkg:pypi/numbers@1.0": "ab"})
    assert [component.sha256 for component in taken.components] == ["ab"]


def test_a_library_of_the_system_is_known_by_its_content(tmp_path: Path) -> None:
    library = tmp_path / "libssl.so.3"
    library.write_text("ssl", encoding="utf-8")

    def dpkg(command: list[str]) -> str:
        if "--search" in command:
            return f"diversion by other from: {library}\nlibssl3:amd64: {library}\n"
        return "libssl3\t3.0-1+b1\tamd64\topenssl\t3.0-1"

    known, changed = file("libssl.so.3", "ssl"), file("sub/libssl.so.3", "other")
    assert packages([known, changed], dpkg) == {known: Package("libssl3", "3.0-1+b1", "amd64", "openssl", "3.0-1")}
    assert known.sha256 == digest("ssl")


def test_an_entry_of_the_system_speaks_of_its_packages_only() -> None:
    entry = SystemEntry("gcc-*", "GNU compiler's libraries", "MIT", "https://gcc", packages=("libgcc*",))
    assert entry.speaks_of("gcc-12", "libgcc-s1")
    assert not entry.speaks_of("gcc-12", "libquadmath0")
    assert not entry.speaks_of("openssl", "libgcc-s1")

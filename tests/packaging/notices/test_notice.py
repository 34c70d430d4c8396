"""The notice can be read by people and cut into its parts by the About box."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.support.notices import split
from notices.component import Component, Text
from notices.lesser import TITLE, section
from notices.notice import RULE, notice
from tests.packaging.notices.fakes import MIT, catalogue, component

LONG = "".join(f"Term {number} of a long licence.\n" for number in range(40))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return tmp_path / "texts"


def parts_of(text: str) -> dict[str, list[str]]:
    """Return the lines of each part by its title, as the About box finds them."""
    head, *parts = split(text)
    assert head.title == ""
    return {part.title: part.text.splitlines() for part in parts}


def written(texts: Path, *components: Component, kept: dict[str, str] | None = None) -> str:
    return notice(components, catalogue(texts, kept or {}), "1.2.3")


def test_a_part_begins_with_its_name_its_licence_and_its_home(texts: Path) -> None:
    lines = parts_of(written(texts, component(texts=(Text("LICENSE", MIT),))))["numbers 1.0"]
    assert lines[:3] == ["Licence: MIT", "Home page: https://example.org", ""]
    assert lines[-3:] == MIT.splitlines()


def test_every_part_is_in_the_table(texts: Path) -> None:
    long_name = "a name that is much longer than the first column of the table"
    head = written(texts, component("a"), component(long_name)).split(RULE)[0]
    assert "1.2.3" in head
    assert any(line.split() == ["a", "1.0", "MIT"] for line in head.splitlines())
    assert f"{long_name} 1.0" in head.splitlines()


def test_a_text_that_was_printed_is_referred_to(texts: Path) -> None:
    again = LONG.replace("\n", " \n")  # spaces make no difference
    text = written(texts, component("a", texts=(Text("L", LONG),)), component("b", texts=(Text("M", again),)))
    assert text.count("Term 39") == 1
    assert "a 1.0, L" in "\n".join(parts_of(text)["b 1.0"])


def test_a_short_notice_is_repeated_since_it_names_people(texts: Path) -> None:
    text = written(texts, component("a", texts=(Text("L", MIT),)), component("b", texts=(Text("L", MIT),)))
    assert text.count("Copyright (c) 2026 Somebody") == 2


def test_no_text_can_be_taken_for_the_next_part(texts: Path) -> None:
    text = written(texts, component(texts=(Text("L", f"{RULE}\nfalse 1.0\n"),)), component("b"))
    assert list(parts_of(text)) == ["numbers 1.0", "b 1.0"]


def test_licences_that_are_the_same_for_everybody_stand_at_the_end_once(texts: Path) -> None:
    kept = {"LGPL-3.0": "lesser\n", "GPL-3.0": "general\n", "MPL-2.0": "mozilla\n"}
    libraries = [component(name, "LGPL-3.0-only OR GPL-2.0-only", source="https://s") for name in "ab"]
    parts = parts_of(written(texts, *libraries, kept=kept))
    # The third version of the LGPL is a supplement to the GPL; the MPL is nobody's.
    assert list(parts) == [TITLE, "a 1.0", "b 1.0", "Text of GPL-3.0", "Text of LGPL-3.0"]
    assert parts[TITLE][0] == "Licence: LGPL-3.0-only"
    assert parts["Text of LGPL-3.0"][-1] == "lesser"
    assert any("LGPL-3.0-only" in line and "choose" in line for line in parts["a 1.0"])


def test_what_licences_want_to_be_said_stands_at_the_head(texts: Path) -> None:
    text = written(texts, component(licence="FTL OR GPL-2.0-only"), component("b", "IJG AND Zlib"))
    head = " ".join(text.split(RULE)[0].split())
    assert "The FreeType Project" in head
    assert "Independent JPEG Group" in head
    assert "OpenStreetMap" not in head


def qt(*files: str, changed: tuple[str, ...] = ()) -> Component:
    return component("Qt Core", "LGPL-3.0-only", files=files, source="https://qt/src", changed=changed)


def test_the_section_says_which_files_may_be_replaced_and_where_their_sources_are() -> None:
    text = section([component("free"), qt("_internal/PySide6/Qt/lib/libQt6Core.so.6")], "Ada, Harbour Street 1")
    assert "_internal/PySide6/Qt/lib/libQt6Core.so.6\n" in text
    assert "libQt6*.so.6 into _internal/PySide6/Qt/lib" in " ".join(text.split())
    assert "https://qt/src" in text
    assert "Ada, Harbour Street 1" in " ".join(text.split())
    assert "reverse engineer" in text
    assert "three years" in text
    assert "free 1.0" not in text


def test_while_nobody_is_named_the_distributor_offers_the_sources() -> None:
    assert "the distributor of this package" in " ".join(section([qt("_internal/libQt6Core.so.6")]).split())


def test_a_section_does_not_claim_what_is_not_so() -> None:
    assert "byte by byte" in section([qt("x")])
    assert "byte by byte" not in section([qt("x", changed=("x",))])


def test_without_lesser_libraries_there_is_no_section() -> None:
    assert section([component()]) == ""

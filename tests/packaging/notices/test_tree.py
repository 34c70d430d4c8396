"""A tree is read file by file: what is machine code, where it lies, and what was packed into the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from notices import tree
from notices.tree import File, read_tree
from tests.packaging.notices.fakes import digest


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def test_machine_code_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    write(tmp_path / "_internal/pure/data.so", "text that is named like a library")
    write(tmp_path / "_internal/Python", "\x7fELF")
    found = {file.place: file.native for file in read_tree(tmp_path).files}
    assert found == {"pure/data.so": False, "Python": True}


def test_links_are_left_out_since_what_they_lead_to_is_there(tmp_path: Path) -> None:
    write(tmp_path / "_internal/shapes.libs/libgeo.so", "geo")
    (tmp_path / "_internal/libgeo.so").symlink_to("shapes.libs/libgeo.so")
    (file,) = read_tree(tmp_path).files
    assert file == File("_internal/shapes.libs/libgeo.so", digest("geo"), native=False)


def test_only_what_lies_beside_the_contents_is_asked_for_its_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def packed(program: Path) -> list[str]:
        asked.append(program.name)
        return ["numbers.core", "app.model", "solver", "numbers"]

    monkeypatch.setattr(tree, "_packed", packed)
    write(tmp_path / "routewright", "\x7fELF")
    write(tmp_path / "_internal/libssl.so.3", "\x7fELF")
    assert read_tree(tmp_path).modules == ("numbers", "numbers.core")
    assert asked == ["routewright"]

"""The reference of CSV columns in the README says what the code reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.io.columns import COLUMNS, FILES, LOADS, MATRIX_FILES, NEEDED, SETTINGS, file_of

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def section(file: str) -> str:
    heading = re.search(rf"^### .*{re.escape(file)}.*$", README, re.MULTILINE)
    assert heading is not None, f"the README has no section on {file}"
    return re.split(r"^##", README[heading.end() :], maxsplit=1, flags=re.MULTILINE)[0]


def named(text: str) -> set[str]:
    """Return what stands in code quotes in the first column of tables."""
    cells = (line.split("|")[1] for line in text.splitlines() if line.startswith("| "))
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize("kind", [kind for kind in COLUMNS if kind != "settings"])
def test_every_column_is_described_and_no_other(kind: str) -> None:
    headers = {column.header for column in COLUMNS[kind]} | {f"{word} NAME" for word in LOADS.get(kind, ())}
    assert named(section(file_of(kind))) == headers


@pytest.mark.parametrize("kind", [kind for kind in COLUMNS if kind != "settings"])
def test_needed_columns_are_in_bold(kind: str) -> None:
    needed = {column.header for column in COLUMNS[kind] if column.key in NEEDED[kind]}
    assert set(re.findall(r"\*\*`([^`]+)`\*\*", section(file_of(kind)))) == needed


def test_every_setting_is_described_and_no_other() -> None:
    assert named(section(FILES["settings"])) == set(SETTINGS)


@pytest.mark.parametrize("file", MATRIX_FILES.values())
def test_matrices_are_described(file: str) -> None:
    assert section(file).strip()

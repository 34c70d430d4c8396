"""The catalogues: every sentence of the code is in them, translated, and with what has to stand in it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_tool", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load_tool()
every_catalogue = pytest.mark.parametrize("path", tool.catalogues(), ids=lambda path: path.parents[1].name)
Sentence = str | tuple[str, str]


@pytest.fixture(scope="module")
def found() -> Catalog:
    return tool.sentences()


def keys(catalogue: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalogue if message.id}


def test_there_is_german() -> None:
    assert "de" in [path.parents[1].name for path in tool.catalogues()]


@every_catalogue
def test_a_catalogue_has_the_sentences_of_the_code_and_no_others(path: Path, found: Catalog) -> None:
    there = keys(tool.read(path))
    assert keys(found) - there == set(), "run `make translations`"
    assert there - keys(found) == set(), "run `make translations`"


@every_catalogue
def test_every_sentence_is_translated_with_what_stands_in_it(path: Path) -> None:
    assert list(tool.faults(tool.read(path))) == []
    assert not tool.read(path).obsolete


@every_catalogue
def test_the_program_reads_what_the_translators_wrote(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == tool.mo_bytes(tool.read(path)), "run `make translations`"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Open {name}", "{nmae} öffnen"),
        ("Open {name}", "Öffnen"),
        ("Costs {cost:+}", "Kostet {cost}"),
        ("Open", "{name} öffnen"),
        (("{number} stop on {day}", "{number} stops on {day}"), ("{number} Halt", "{number} Halte am {day}")),
        (("{number} stop", "{number} stops"), ("ein Halt", "")),
        ("&Open…", "&Öffnen"),
        ("&Open…", "Öffnen…"),
        (" of it", "davon"),
        ("<b>Open</b>", "Öffnen"),
        ("Tiles (*.mbtiles);;All files (*)", "Kacheln (*.mbtiles), alle Dateien (*)"),
        ("Open", ""),
    ],
)
def test_what_is_wrong_with_a_translation_is_found(source: Sentence, target: Sentence) -> None:
    catalogue = Catalog("de")
    catalogue.add(source, target)
    assert len(list(tool.faults(catalogue))) >= 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Open {name}", "{name} öffnen"),
        ("&Open…", "Ö&ffnen…"),
        ("{", "{"),
        (("One stop", "{number} stops"), ("{number} Halt", "{number} Halte")),
        ("Salt && pepper", "Salz && Pfeffer"),
    ],
)
def test_a_good_translation_is_not_found_fault_with(source: Sentence, target: Sentence) -> None:
    catalogue = Catalog("de")
    catalogue.add(source, target)
    assert list(tool.faults(catalogue)) == []


def test_what_is_translated_stays_so_when_others_come_and_go() -> None:
    catalogue, found = Catalog("de"), Catalog()
    catalogue.add("Stays", "Bleibt")
    catalogue.add("Goes", "Geht")
    found.add("Stays", locations=[("app/one.py", 1)])
    found.add("Comes", locations=[("app/two.py", 1)])
    tool.update(catalogue, found)
    assert [(one.id, one.string or "") for one in catalogue if one.id] == [("Stays", "Bleibt"), ("Comes", "")]
    assert b"Geht" not in tool.po_bytes(catalogue)


def test_a_new_language_begins_with_every_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "sentences", lambda: _catalogue_of("Solve"))
    monkeypatch.setattr(sys, "argv", ["translations.py", "--new", "fr"])
    assert tool.main() == 1
    (path,) = tool.catalogues()
    assert [message.id for message in tool.read(path) if message.id] == ["Solve"]
    assert path.with_suffix(".mo").is_file()


def _catalogue_of(*texts: str) -> Catalog:
    made = Catalog()
    for text in texts:
        made.add(text, locations=[("app/one.py", 1)])
    return made

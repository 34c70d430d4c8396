"""Sentences in the user's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.language import languages, listing, sentences, spoken, tr, trc, trn, use_language
from app.resources import resource

CATALOGUE = "LC_MESSAGES/routewright.mo"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where catalogues are looked for; it has a copy of the German one."""
    monkeypatch.setattr("app.language.resource", lambda _: tmp_path)
    (tmp_path / "de" / CATALOGUE).parent.mkdir(parents=True)
    (tmp_path / "de" / CATALOGUE).write_bytes((resource("translations") / "de" / CATALOGUE).read_bytes())
    return tmp_path


def test_english_is_what_the_code_says() -> None:
    use_language("en")
    assert tr("Route {number}", number=3) == "Route 3"
    assert trn("{number} stop", "{number} stops", 1) == "1 stop"
    assert trn("{number} stop on {day}", "{number} stops on {day}", 2, day="Monday") == "2 stops on Monday"
    assert trc("of a shop", "Open") == "Open"


def test_braces_are_safe_where_no_values_come() -> None:
    assert tr("{") == "{"


def test_a_language_without_a_catalogue_is_english() -> None:
    use_language("tlh")
    assert spoken() == "en"
    assert tr("As the &System") == "As the &System"


def test_german_is_another_language() -> None:
    use_language("de")
    assert spoken() == "de"
    assert tr("As the &System") != "As the &System"
    assert set(languages()) >= {"en", "de"}
    assert languages()[0] == "en"


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (("de_AT",), "de"),
        (("tlh", "de", "en"), "de"),
        (("en_GB", "de"), "en"),
        (("tlh", "en", "de"), "en"),
        ((), "en"),
    ],
)
def test_the_first_language_that_is_there_is_spoken(codes: tuple[str, ...], code: str) -> None:
    use_language(*codes)
    assert spoken() == code


@pytest.mark.parametrize("size", [0, 3, 20, 100, 0.5, 0.9])
def test_a_catalogue_that_is_cut_off_is_not_used_and_logged(
    size: float, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = folder / "de" / CATALOGUE
    whole = path.read_bytes()
    path.write_bytes(whole[: size if isinstance(size, int) else int(size * len(whole))])
    use_language("de")
    assert spoken() == "en"
    assert tr("As the &System") == "As the &System"
    assert str(path) in caplog.text


def test_a_catalogue_that_is_no_catalogue_is_not_used(folder: Path) -> None:
    (folder / "de" / CATALOGUE).write_bytes(b"\0" * 500)
    use_language("de")
    assert spoken() == "en"


def test_thousands_of_things_are_set_apart() -> None:
    assert trn("{number} stop", "{number} stops", 12_345) == "12\u202f345 stops"


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_things_are_listed_as_a_sentence_names_them(items: list[str], said: str) -> None:
    assert listing(items) == said


def test_sentences_follow_one_another_and_none_leaves_a_gap():
    assert sentences("Saved.", "", "It was late.") == "Saved. It was late."
    assert sentences("", "") == ""

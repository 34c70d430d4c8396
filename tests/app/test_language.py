"""Sentences in the user's language."""

from __future__ import annotations

import pytest

from app.language import listing, tr, trc, trn, use_language


@pytest.fixture(autouse=True)
def _english_again():
    yield
    use_language("en")


def test_english_is_what_the_code_says():
    use_language("en")
    assert tr("Route {number}", number=3) == "Route 3"
    assert trn("{number} stop", "{number} stops", 1) == "1 stop"
    assert trn("{number} stop on {day}", "{number} stops on {day}", 2, day="Monday") == "2 stops on Monday"
    assert trc("of a shop", "Open") == "Open"


def test_braces_are_safe_where_no_values_come():
    assert tr("{") == "{"


def test_a_language_without_a_catalogue_is_english():
    use_language("tlh")
    assert tr("Solve") == "Solve"


def test_thousands_of_things_are_set_apart():
    assert trn("{number} stop", "{number} stops", 12_345) == "12\u202f345 stops"


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_things_are_listed_as_a_sentence_names_them(items, said):
    assert listing(items) == said

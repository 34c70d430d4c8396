"""Everything that has kinds has words for each of them."""

from __future__ import annotations

import pytest

from app.io.column_guess import targets
from app.model.patch import TABLES
from app.views.actions import TABLE_NAMES
from app.views.dialogs.column_words import title
from app.views.kind_words import TABLE_WORDS, TITLES, shown_of


def test_each_table_has_its_words():
    assert TITLES.keys() == set(TABLE_NAMES)
    assert TABLE_WORDS.keys() == set(TABLES)


@pytest.mark.parametrize("words", TABLE_WORDS.values(), ids=TABLE_WORDS)
def test_what_was_searched_for_is_named(words):
    assert "ferry {1}" in words.none_has.format(words="ferry {1}")


def test_both_numbers_are_told():
    assert shown_of("customers", 1, 12_345) == "1 of 12\u202f345 customers"


def test_each_meaning_of_a_column_has_a_title_of_its_own():
    meanings = targets(("kg", "pallets"))
    titles = [title(one) for one in meanings]
    assert len(set(titles)) == len(meanings)
    assert sum("pallets" in one for one in titles) == 2

"""Names of variants, and what arrangements make of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.variants import LONGEST_NAME, Arrangement, Variant, Variants, free_name, plain_name
from tests.app.model.states import small_state

OTHER = State(small_state().scenario, Plan((PlannedRoute("van", ("C1",)),)))
BOTH = Variants((Variant("Monday", small_state()), Variant("Rain", OTHER)), 1)


def test_the_present_one_is_replaced_and_the_others_stay() -> None:
    changed = BOTH.with_state(small_state())
    assert changed.state == small_state()
    assert changed.items[0] is BOTH.items[0]
    assert changed.names == BOTH.names


def test_the_same_objects_are_the_same_whichever_is_shown() -> None:
    assert BOTH.same_as(Variants(BOTH.items, 0))
    assert not BOTH.same_as(Variants(BOTH.items[:1]))
    assert not BOTH.same_as(BOTH.with_state(State(OTHER.scenario, OTHER.plan)))
    assert not BOTH.same_as(Variants((Variant("Tuesday", BOTH.items[0].state), BOTH.items[1])))


@pytest.mark.parametrize(
    ("arrangement", "names", "title"),
    [
        (Arrangement((0, 1), ("Monday", "Rain"), 0), ("Monday", "Rain"), ""),
        (Arrangement((0, 0, 1), ("Monday", "New", "Rain"), 1), ("Monday", "New", "Rain"), "Duplicate variant"),
        (Arrangement((1,), ("Rain",), 0), ("Rain",), "Delete variant"),
        (Arrangement((0, 1), ("Sunday", "Rain"), 1), ("Sunday", "Rain"), "Rename variant"),
    ],
)
def test_an_arrangement_says_what_there_is_and_what_it_did(
    arrangement: Arrangement, names: tuple[str, ...], title: str
) -> None:
    after = arrangement.applied(BOTH)
    assert after.names == names
    assert [one.state for one in after.items] == [BOTH.items[source].state for source in arrangement.sources]
    assert after.present == arrangement.present
    assert arrangement.title(BOTH) == title


@pytest.mark.parametrize(
    "wrong",
    [Arrangement((0, 2), ("A", "B"), 0), Arrangement((0,), ("A", "B"), 0), Arrangement((0,), ("A",), 1)],
)
def test_an_arrangement_of_others_is_refused(wrong: Arrangement) -> None:
    with pytest.raises(ValueError, match="variant"):
        wrong.applied(BOTH)


@given(st.lists(st.text(), max_size=6), st.text())
def test_a_name_is_one_line_that_no_other_has(others: list[str], text: str) -> None:
    name = plain_name(text, others)
    assert name.isprintable()
    assert name == name.strip()
    assert not name or name.casefold() not in {other.casefold() for other in others}
    assert len(name) <= LONGEST_NAME + len(" (7)")
    assert free_name(others) not in others

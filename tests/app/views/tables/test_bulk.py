"""The same values for many customers: what they share, and one edit that is refused or done as a whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.patch import State
from app.model.scenario import Customer, Profile, Scenario
from app.views.tables.blocks import BlockRefusedError, write_block
from app.views.tables.bulk import bulk_edit, shared_fields

TEXTS = {
    "service": st.sampled_from(["5", "12,5", "1:30", "-3", "soon", ""]),
    "windows": st.sampled_from(["", "8-12", "08:00–12:00, 14:00–16:00", "12-8", "8-12, 9-11", "morning"]),
    "demand.0": st.sampled_from(["1", "2,5", "1 000", "-1", "many", ""]),
    "required": st.sampled_from(["yes", "no"]),
    "priority": st.sampled_from(["0", "3", "1e12", "high"]),
    "profile": st.sampled_from(["", "fragile", "gone"]),
    "notes": st.text(max_size=8),
}
FIELDS = st.fixed_dictionaries({}, optional=TEXTS)


def state_of(count):
    customers = {f"C{n}": Customer(f"C{n}", demand=(float(n),), pickup=(0.0,), notes="same") for n in range(count)}
    return State(Scenario(customers=customers, profiles={"fragile": Profile("fragile")}))


def shared(state, ids):
    return {field.column.key: field.text for field in shared_fields(state, ids)}


def test_what_differs_is_told_from_what_is_empty():
    found = shared(state_of(3), ["C0", "C2"])
    assert found["demand.0"] is None
    assert found["windows"] == ""
    assert found["notes"] == "same"
    assert found["required"] == "yes"
    assert {"id", "name", "lat", "lon"}.isdisjoint(found)
    assert shared(state_of(3), ["C2"])["demand.0"] == "2"


@given(FIELDS, st.integers(1, 5))
def test_it_is_what_typing_each_cell_would_be(texts, count):
    state = state_of(6)
    ids = [f"C{n}" for n in range(count)]

    def outcome(edit):
        try:
            return edit().patch.applied(state)
        except BlockRefusedError as refusal:
            return str(refusal), refusal.problems

    typed = outcome(lambda: write_block(state, "customers", [(key, texts) for key in ids]))
    assert outcome(lambda: bulk_edit(state, ids, texts)) == typed


@given(FIELDS)
def test_what_was_written_is_shared_and_the_rest_is_as_before(texts):
    state = state_of(4)
    ids = ["C1", "C3"]
    try:
        after = bulk_edit(state, ids, texts).patch.applied(state)
    except BlockRefusedError:
        return
    again = bulk_edit(after, ids, {key: text for key, text in shared(after, ids).items() if key in texts})
    assert not again.patch
    touched = {key.partition(".")[0] for key in texts}
    for key, before in state.scenario.customers.items():
        now = after.scenario.customers[key]
        same = touched if key in ids else ()
        assert replace(now, **{field: getattr(before, field) for field in same}) == before


@pytest.mark.parametrize(
    ("ids", "texts", "name"),
    [
        (["C1"], {"service": "5"}, "Change “Service, min” of 1 customer"),
        (["C1", "C2"], {"service": "5", "notes": "x"}, "Change 2 customers"),
    ],
)
def test_its_name_says_what_and_how_many(ids, texts, name):
    assert bulk_edit(state_of(3), ids, texts).name == name

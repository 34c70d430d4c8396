"""Patches: applied, inverted, joined; whatever the edits, undoing them all gives back what was there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import changes
from app.model.changes import Edit, EditRefusedError
from app.model.patch import TABLES, Patch, StalePatchError, State, table_of
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Access, Customer, Depot, Profile, ProfileRule, Scenario, Vehicle, Zone
from tests.app.model.states import small_state, states

NEW = {"depots": Depot, "vehicles": Vehicle, "customers": Customer, "profiles": Profile, "zones": Zone}
FIELDS = {"depots": "lat", "vehicles": "speed", "customers": "service", "profiles": "name", "zones": "name"}


def rows(state: State) -> list[object]:
    """Everything in a state, including the order of rows, which equality of mappings does not see."""
    return [*(list(table_of(state.scenario, kind).items()) for kind in TABLES), state]


@st.composite
def edits(draw: st.DrawFn) -> Callable[[State], Edit]:
    """Any edit, with arguments that are drawn from the state when it is known."""
    kind = draw(st.sampled_from(TABLES))
    ids = draw(st.lists(st.integers(1, 7).map(lambda n: f"{kind[0].upper()}{n}"), max_size=3, unique=True))
    number = draw(st.integers(0, 9))
    new_row = draw(st.none() | st.integers(0, 3))

    def settings(state: State) -> Edit:
        dimensions = ("kg", "m3")[: 1 + number % 2]
        return changes.set_settings(state, replace(state.scenario.settings, dimensions=dimensions, detour=number + 1.0))

    def rule(state: State) -> Edit:
        rule = ProfileRule(Access.FORBIDDEN if number % 2 else Access.ALLOWED)
        return changes.set_rule(state, f"P{number}", f"V{number}", rule)

    def shuffle(state: State) -> Edit:
        pairs = list(table_of(state.scenario, kind).items())
        table = dict(pairs[number:] + pairs[:number][::-1])
        return changes.set_scenario(state, replace(state.scenario, **{kind: table}), "Sort")

    reference = frozenset((kind, key) for key in ids)
    value = f"name {number}" if FIELDS[kind] == "name" else number + 1
    return draw(
        st.sampled_from(
            [
                lambda s: changes.add(s, kind, [NEW[kind](key) for key in ids], new_row),
                lambda s: changes.paste(s, kind, [replace(NEW[kind](key), name=str(number)) for key in ids]),
                lambda s: changes.set_field(s, kind, ids, FIELDS[kind], value),
                lambda s: changes.rename(s, kind, ids[0] if ids else "?", f"{kind[0].upper()}{number}"),
                lambda s: changes.delete(s, reference | {("routes", str(number))}),
                lambda s: changes.move(s, reference, 0.5, -number / 4),
                lambda s: changes.set_plan(s, Plan((PlannedRoute(f"V{number}", tuple(ids)),))),
                settings,
                rule,
                shuffle,
            ]
        )
    )


@given(states(), st.lists(edits(), max_size=8))
def test_all_edits_and_then_all_their_inverses_give_the_same_state(
    start: State, made: list[Callable[[State], Edit]]
) -> None:
    state, done, seen = start, [], [rows(start)]
    for edit in made:
        try:
            _, patch = edit(state)
        except EditRefusedError:
            continue
        state = patch.applied(state)
        done.append(patch)
        seen.append(rows(state))
    for patch in reversed(done):
        assert rows(state) == seen.pop()
        state = patch.inverted().applied(state)
    assert rows(state) == rows(start)


@given(states(), states())
def test_the_patch_between_two_states_leads_from_one_to_the_other(before: State, after: State) -> None:
    patch = Patch.between(before, after)
    assert rows(patch.applied(before)) == rows(after)
    assert bool(patch) == (rows(before) != rows(after))
    assert patch.inverted().inverted() == patch


@given(states(), edits(), edits())
def test_a_joined_patch_does_what_the_two_did(start: State, first: object, second: object) -> None:
    try:
        one = first(start).patch  # type: ignore[operator]
        between = one.applied(start)
        two = second(between).patch  # type: ignore[operator]
    except EditRefusedError:
        return
    joined = one.joined(two)
    if joined is None:
        assert any(part.moved for patch in (one, two) for part in patch.rows.values())
        return
    end = two.applied(between)
    assert rows(joined.applied(start)) == rows(end)
    assert rows(joined.inverted().applied(end)) == rows(start)


def test_a_patch_refuses_a_state_that_it_was_not_made_for() -> None:
    state = small_state()
    patch = changes.move(state, {("customers", "C1")}, 0.1, 0.0).patch
    after = patch.applied(state)
    with pytest.raises(StalePatchError):
        patch.applied(after)
    with pytest.raises(StalePatchError):
        changes.add(state, "customers", [Customer("C9")]).patch.applied(State())
    with pytest.raises(StalePatchError):
        changes.set_plan(state, Plan()).patch.applied(State(state.scenario, Plan()))


def test_an_edit_of_one_customer_holds_one_customer_and_keeps_the_other_tables() -> None:
    state = small_state()
    patch = changes.set_field(state, "customers", ["C2"], "service", 60).patch
    assert set(patch.rows) == {"customers"}
    assert list(patch.rows["customers"].after) == ["C2"]
    after = patch.applied(state)
    assert after.scenario.vehicles is state.scenario.vehicles
    assert after.plan is state.plan


def test_rules_that_are_equal_in_other_mappings_are_no_difference() -> None:
    one = Scenario(profiles={"P": Profile("P", rules=MappingProxyType({"V": ProfileRule()}))})
    other = Scenario(profiles={"P": Profile("P", rules={"V": ProfileRule()})})
    assert not Patch.between(State(one), State(other))


def test_there_are_only_five_tables() -> None:
    with pytest.raises(ValueError, match="settings"):
        table_of(Scenario(), "settings")

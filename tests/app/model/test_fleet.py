"""What a vehicle is called, what stands for it on the map, and its colour."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.palette import LIGHT, route_pattern
from app.model.fleet import SPAN, Fleet
from app.model.scenario import Vehicle


def fleet_of(*kinds: tuple[str, int]) -> Fleet:
    return Fleet({str(at): Vehicle(str(at), name, count) for at, (name, count) in enumerate(kinds)})


@pytest.mark.parametrize(
    ("kinds", "badges"),
    [
        ([("Van", 3)], {("0", 2): "2"}),
        ([("Van", 1)], {("0", 1): "1"}),
        ([("Van", 3), ("Truck", 1), ("Bike", 2)], {("0", 2): "V2", ("1", 1): "T", ("2", 1): "B1"}),
        ([("Van blue", 2), ("Van black", 2)], {("0", 1): "VB1", ("1", 2): "VBl2"}),
        ([("Van 3.5", 2), ("Van 7.5", 2)], {("0", 1): "V3-1", ("1", 2): "V7-2"}),
        ([("", 2), ("", 2)], {("0", 1): "0-1", ("1", 2): "1-2"}),
    ],
)
def test_a_badge_is_the_number_that_lists_say_with_letters_where_types_differ(
    kinds: list[tuple[str, int]], badges: dict[tuple[str, int], str]
) -> None:
    fleet = fleet_of(*kinds)
    assert {one: fleet.badge(*one) for one in badges} == badges


@given(
    st.lists(
        st.tuples(st.sampled_from(["Van", "Van 2", "van", "Truck", "Über", "=", ""]), st.integers(1, 4)), max_size=6
    )
)
def test_no_two_vehicles_have_one_badge(kinds: list[tuple[str, int]]) -> None:
    fleet = fleet_of(*kinds)
    badges = [fleet.badge(str(at), number) for at, (_, count) in enumerate(kinds) for number in range(1, count + 1)]
    assert len(set(badges)) == len(badges)
    for at, (_, count) in enumerate(kinds):
        for number in range(1, count + 1):
            label = fleet.label(str(at), number)
            assert count == 1 or (label.endswith(f" {number}") and fleet.badge(str(at), number).endswith(str(number)))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_vehicles_of_a_fleet_differ_in_colour_or_pattern_as_far_as_the_palette_goes(counts: list[int]) -> None:
    fleet = fleet_of(*(("", count) for count in counts))
    places = [fleet.colour(str(at), number) for at, count in enumerate(counts) for number in range(1, count + 1)]
    looks = [(place % len(LIGHT), route_pattern(place)) for place in places]
    assert len(set(looks)) == len(looks)
    assert all(one != other for one, other in pairwise(looks))


def test_of_as_many_as_one_likes_the_next_type_begins_at_another_colour() -> None:
    fleet = fleet_of(("Van", 1000), ("Truck", 1000), ("Bike", 1000))
    starts = [fleet.colour(kind, 1) % len(LIGHT) for kind in "012"]
    assert len(set(starts)) == 3
    assert fleet.colour("1", 1) == SPAN


def test_a_type_that_is_gone_still_has_a_name_and_a_colour() -> None:
    fleet = fleet_of(("Van", 2))
    assert (fleet.label("gone", 2), fleet.badge("gone", 2), fleet.colour("gone", 2)) == ("gone 2", "2", 1)

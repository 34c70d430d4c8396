"""Addresses as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.geocoding.addresses import Address, folded, number_of, parsed


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Mannerheimintie 12 A, 00100 Helsinki", Address("Mannerheimintie", "12 A", "00100", "Helsinki")),
        ("Mannerheimintie 12", Address("Mannerheimintie", "12")),
        ("Mannerheimintie 12 00100 Helsinki", Address("Mannerheimintie", "12", "00100", "Helsinki")),
        ("Mannerheimintie 12 A 5, Helsinki", Address("Mannerheimintie", "12 A", "", "Helsinki")),
        ("12 Main Street, Springfield", Address("Main Street", "12", "", "Springfield")),
        ("Main Street, 12, Springfield", Address("Main Street", "12", "", "Springfield")),
        ("Hauptstr. 5a, 12345 Berlin", Address("Hauptstr.", "5a", "12345", "Berlin")),
        ("Storgatan 3-5, 111 22 Stockholm", Address("Storgatan", "3-5", "111 22", "Stockholm")),
        ("Rue de la Paix 7; FL-9490 Vaduz", Address("Rue de la Paix", "7", "9490", "Vaduz")),
        ("00100 Helsinki", Address(postcode="00100", city="Helsinki")),
        ("Kauppatori", Address("Kauppatori")),
        ("Kauppatori, Helsinki", Address("Kauppatori", "", "", "Helsinki")),
        ("Straße des 17. Juni 135, Berlin", Address("Straße des 17. Juni", "135", "", "Berlin")),
        ("", Address()),
        (" , ,", Address()),
    ],
)
def test_a_line_is_taken_apart(text: str, address: Address) -> None:
    assert parsed(text) == address


@given(st.text(max_size=60))
def test_any_line_is_an_address(text: str) -> None:
    address = parsed(text)
    assert all(isinstance(part, str) for part in (address.street, address.number, address.postcode, address.city))
    folded(text)


_words = st.text("abcdefghijklmnopqrstuvwxyzåäöß", min_size=3, max_size=12).map(str.title)


@given(_words, st.integers(1, 999), st.sampled_from(["", "A", "b"]), st.integers(10_000, 99_999), _words)
def test_what_an_address_says_of_itself_is_read_back(
    street: str, number: int, letter: str, code: int, city: str
) -> None:
    address = Address(street, f"{number}{letter}", str(code), city)
    assert parsed(str(address)) == address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mäkelänkatu", "makelankatu"),
        ("MÄKELÄNKATU ", "Mäkelänkatu"),
        ("Hauptstr.", "Hauptstraße"),
        ("Haupt-Str.", "haupt-strasse"),
        ("Fredrikink.", "Fredrikinkatu"),
        ("Mannerheimint.", "Mannerheimintie"),
        ("Main St", "main street"),
        ("Fifth Ave.", "Fifth Avenue"),
        ("Østergade", "ostergade"),
    ],
)
def test_one_street_is_alike_however_it_is_written(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_different_streets_are_not_alike() -> None:
    assert len({folded(one) for one in ("Kirkkokatu", "Kirkkotie", "Kirkkopuisto", "Kirkonkatu")}) == 4


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", (12, "", 12)),
        ("12 A", (12, "a", 12)),
        ("12a", (12, "a", 12)),
        ("12-16", (12, "", 16)),
        ("31–33", (31, "", 33)),
        ("12 A 5", (12, "a", 12)),
        ("12 as 5", (12, "", 12)),
        ("16-12", (16, "", 16)),
        ("A", None),
        ("", None),
    ],
)
def test_a_house_number_has_parts(text: str, number: tuple[int, str, int] | None) -> None:
    assert number_of(text) == number

"""Customers files that say addresses and no coordinates."""

from __future__ import annotations

import pytest

from app.io.customer_addresses import address_of, addresses_of
from app.io.customers_import import import_customers, preview
from app.io.geocoding.addresses import Address
from app.model.scenario import Scenario

PARTS = "Name,Street,House Number,Postcode,City\nAnna,Mannerheimintie,12 A,00100,Helsinki\nBo,Kirkkotie,3,,Tuusula\n"


def test_parts_are_put_together() -> None:
    read = preview(PARTS.encode())
    assert addresses_of(read, read.mapping) == {
        2: Address("Mannerheimintie", "12 A", "00100", "Helsinki"),
        3: Address("Kirkkotie", "3", "", "Tuusula"),
    }


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"address": "Kirkkotie 3, 04300 Tuusula"}, Address("Kirkkotie", "3", "04300", "Tuusula")),
        ({"address": "Kirkkotie 3", "city": "Tuusula"}, Address("Kirkkotie", "3", "", "Tuusula")),
        ({"street": "Kirkkotie 3 B", "postcode": "04300"}, Address("Kirkkotie", "3 B", "04300", "")),
        ({"street": "Straße des 17. Juni", "house number": "135"}, Address("Straße des 17. Juni", "135")),
        ({"house number": "3"}, Address(number="3")),
        ({}, Address()),
    ],
)
def test_an_address_may_be_written_in_one_column_or_in_many(cells: dict[str, str], address: Address) -> None:
    assert address_of(cells) == address


def test_rows_with_a_place_become_customers_and_the_others_are_listed() -> None:
    read = preview(PARTS.encode())
    customers, issues = import_customers(read, read.mapping, Scenario(), {2: (60.17, 24.94)})
    (anna,) = customers
    assert (anna.name, anna.lat, anna.lon) == ("Anna", 60.17, 24.94)
    assert [(one.row, one.column, one.value) for one in issues] == [(3, "Street", "Kirkkotie")]


def test_without_places_nothing_is_loaded() -> None:
    read = preview(PARTS.encode())
    customers, issues = import_customers(read, read.mapping, Scenario())
    assert customers == ()
    assert len(issues) == 2


def test_the_address_is_kept_with_the_customer() -> None:
    read = preview(PARTS.encode())
    (anna, _), _ = import_customers(read, read.mapping, Scenario(), {2: (60.17, 24.94), 3: (60.4, 25.1)})
    assert ("Street", "Mannerheimintie") in anna.extra
    assert ("City", "Helsinki") in anna.extra


def test_coordinates_of_the_file_go_before_addresses() -> None:
    text = "Name,Lat,Lon,Address\nAnna,60.17,24.94,Kirkkotie 3\nBo,,,Kirkkotie 5\nCia,60.1,,Kirkkotie 7\nDan,,,\n"
    read = preview(text.encode())
    assert addresses_of(read, read.mapping) == {3: Address("Kirkkotie", "5")}
    customers, issues = import_customers(read, read.mapping, Scenario(), {2: (1.0, 1.0), 3: (60.4, 25.1)})
    assert [(one.name, one.lat) for one in customers] == [("Anna", 60.17), ("Bo", 60.4)]
    assert [one.row for one in issues] == [4, 5]


def test_a_file_without_places_and_addresses_says_what_it_needs() -> None:
    read = preview(b"Name,House Number\nAnna,3\n")
    customers, issues = import_customers(read, read.mapping, Scenario())
    assert customers == ()
    assert len(issues) == 1
    assert addresses_of(read, read.mapping) == {}


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Osoite", "address"),
        ("PLZ", "postcode"),
        ("Katuosoite", "street"),
        ("Ville", "city"),
        ("Hausnr.", "house number"),
    ],
)
def test_columns_are_known_in_five_languages(header: str, target: str) -> None:
    assert preview(f"Nimi,{header}\nAnna,x 1\n".encode()).mapping.get(target) == 1

"""Addresses in a customers file that says no coordinates, for somebody to find out where they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.io.cells import unguarded
from app.io.geocoding.addresses import Address, number_of, parsed

if TYPE_CHECKING:
    from app.io.customers_import import Preview

PARTS = ("street", "house number", "postcode", "city")
TARGETS = frozenset({"address", *PARTS})
"""What columns may be that say an address. They are kept as they came, besides."""


def has_places(mapping: Mapping[str, int]) -> bool:
    """Return whether some columns are coordinates."""
    return "coordinates" in mapping or {"lat", "lon"} <= mapping.keys()


def has_addresses(mapping: Mapping[str, int]) -> bool:
    """Return whether some columns say an address that can be looked for."""
    return not mapping.keys().isdisjoint(TARGETS - {"house number"})


def address_of(cells: Mapping[str, str]) -> Address:
    """Return the address of a row.

    Parameters
    ----------
    cells
        Texts by target; what a part says goes before what a whole address says.
    """
    whole = parsed(cells.get("address", ""))
    street, number = cells.get("street", ""), cells.get("house number", "")
    if street and not number:  # many write both into one column
        both = parsed(street)
        if number_of(both.number) is not None:
            whole = replace(whole, street=both.street, number=both.number)
            street = ""
    return Address(
        street or whole.street,
        number or whole.number,
        cells.get("postcode", "") or whole.postcode,
        cells.get("city", "") or whole.city,
    )


def addresses_of(source: Preview, mapping: Mapping[str, int]) -> dict[int, Address]:
    """Return the addresses of the rows that have no coordinates but an address, by the line of the row.

    Parameters
    ----------
    source
        From `app.io.customers_import.preview`.
    mapping
        Index of a column per target.
    """
    if not has_addresses(mapping):
        return {}
    found: dict[int, Address] = {}
    for row in source.rows:
        cells = {target: unguarded(row.cells[column]) for target, column in mapping.items() if column < len(row.cells)}
        if not any(cells.get(target) for target in ("coordinates", "lat", "lon")):
            address = address_of(cells)
            if not address.empty:
                found[row.line] = address
    return found

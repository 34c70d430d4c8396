"""How the kinds of things are called in tables, tabs and counts; each has sentences of its own.

A noun put into a sentence would need another article or ending in most languages.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.language import tr
from app.model.amounts import grouped
from app.model.words import COUNTED

TITLES = {
    "depots": tr("Depots"),
    "vehicles": tr("Vehicles"),
    "customers": tr("Customers"),
    "profiles": tr("Profiles"),
    "zones": tr("Zones"),
    "routes": tr("Routes"),
    "settings": tr("Settings"),
}
"""Of tables and of their tabs."""


@dataclass(frozen=True, slots=True)
class TableWords:
    """What the table of a kind says of itself.

    Parameters
    ----------
    empty
        Where there is none of the kind yet.
    add
        The button that adds one.
    filtered
        The line that filters.
    none_has
        Where no row has what was typed, which comes for ``{words}``.
    none_fits, none_fits_all
        Where no row fits a filter, or all parts of one.
    not_this_id
        What else an id may be, as it completes "expected …".
    """

    empty: str
    add: str
    filtered: str
    none_has: str
    none_fits: str
    none_fits_all: str
    not_this_id: str


TABLE_WORDS = {
    "depots": TableWords(
        tr("No depots yet. Add the place where your vehicles start, here or on the map."),
        tr("Add depot"),
        tr("Filter depots"),
        tr("No depot has “{words}” in any of its texts."),
        tr("No depot fits the filter."),
        tr("No depot fits all of the filter."),
        tr("an id that no other of the depots has"),
    ),
    "vehicles": TableWords(
        tr("No vehicles yet. Add a type of vehicle and say how many of it you have."),
        tr("Add vehicle"),
        tr("Filter vehicles"),
        tr("No vehicle has “{words}” in any of its texts."),
        tr("No vehicle fits the filter."),
        tr("No vehicle fits all of the filter."),
        tr("an id that no other of the vehicles has"),
    ),
    "customers": TableWords(
        tr("No customers yet. Import a file of any shape, paste rows from a spreadsheet, or add customers on the map."),
        tr("Add customer"),
        tr("Filter customers"),
        tr("No customer has “{words}” in any of its texts."),
        tr("No customer fits the filter."),
        tr("No customer fits all of the filter."),
        tr("an id that no other of the customers has"),
    ),
    "profiles": TableWords(
        tr("No customer profiles yet. A profile says which vehicles its customers may get, prefer, or must not get."),
        tr("Add profile"),
        tr("Filter profiles"),
        tr("No profile has “{words}” in any of its texts."),
        tr("No profile fits the filter."),
        tr("No profile fits all of the filter."),
        tr("an id that no other of the profiles has"),
    ),
    "zones": TableWords(
        tr("No zones yet. A zone keeps some vehicles away from the customers in it; draw one on the map (Z)."),
        tr("Add zone"),
        tr("Filter zones"),
        tr("No zone has “{words}” in any of its texts."),
        tr("No zone fits the filter."),
        tr("No zone fits all of the filter."),
        tr("an id that no other of the zones has"),
    ),
}


def shown_of(kind: str, shown: int, total: int) -> str:
    """Return how many rows of a table its filter shows, such as ``3 of 12 customers``."""
    return tr("{number} of {things}", number=grouped(shown), things=COUNTED[kind](total))

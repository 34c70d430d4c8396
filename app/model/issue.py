"""One thing that is wrong in a scenario, as a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.language import tr
from app.model.words import field_name

NONE = tr("there is none")
"""The value of an issue with a table that has no row but needs one."""

_ITEM = {
    "depots": tr("Depot {id}"),
    "vehicles": tr("Vehicle {id}"),
    "customers": tr("Customer {id}"),
    "profiles": tr("Profile {id}"),
    "zones": tr("Zone {id}"),
    "modes": tr("Mode of travel {id}"),
    "traffic": tr("Speeds at {id} o'clock"),
    "matrix": tr("Travel matrix {id}"),
}
_TABLE = {
    "depots": tr("Depots"),
    "vehicles": tr("Vehicles"),
    "customers": tr("Customers"),
    "profiles": tr("Profiles"),
    "zones": tr("Zones"),
    "modes": tr("Modes of travel"),
    "traffic": tr("Speeds by the hour"),
    "settings": tr("Settings"),
    "matrix": tr("Travel matrix"),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong in a scenario.

    Parameters
    ----------
    kind
        ``depots``, ``vehicles``, ``customers``, ``profiles``, ``zones``, ``modes``, ``traffic``, ``settings`` or
        ``matrix``.
    id
        Of the item, of `traffic` the hour; empty when the whole table, the settings or the matrix is at fault.
    field
        Name of the field, as in the classes of `app.model.scenario`; empty when it is the item as a whole.
    value
        What is there, as text.
    expected
        What was expected instead.
    """

    kind: str
    id: str
    field: str
    value: str
    expected: str

    @property
    def item(self) -> str:
        """What it is about, as it begins a sentence."""
        return _ITEM[self.kind].format(id=self.id) if self.id else _TABLE[self.kind]

    def __str__(self) -> str:
        item = self.item
        if not self.field:
            return tr("{item}: {value}; expected {expected}.", item=item, value=self.value, expected=self.expected)
        field = field_name(self.field)
        if not self.value:
            return tr("{item}: {field} is empty; expected {expected}.", item=item, field=field, expected=self.expected)
        return tr(
            "{item}: {field} is {value}; expected {expected}.",
            item=item,
            field=field,
            value=self.value,
            expected=self.expected,
        )


class ScenarioError(ValueError):
    """Raised when a scenario cannot be compiled; ``issues`` lists all that is wrong, not only the first."""

    def __init__(self, issues: Sequence[Issue]):
        self.issues = tuple(issues)
        super().__init__(" ".join(str(issue) for issue in self.issues))


def numbers_outside(kind: str, key: str, field: str, value: float, low: float, high: float) -> Iterator[Issue]:
    """Yield an issue with a number that is none from ``low`` to ``high``."""
    if not low <= value <= high:  # also true of NaN
        yield Issue(
            kind,
            key,
            field,
            f"{value:.12g}",
            tr("a number from {low} to {high}", low=f"{low:.12g}", high=f"{high:.12g}"),
        )

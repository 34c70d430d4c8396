"""What a column of a file of customers can be, in the words of the import's dialog."""

from __future__ import annotations

from app.language import tr

_FIELDS = {
    "id": tr("Id"),
    "name": tr("Name"),
    "lat": tr("Latitude"),
    "lon": tr("Longitude"),
    "coordinates": tr("Coordinates"),
    "address": tr("Address"),
    "street": tr("Street"),
    "house number": tr("House number"),
    "postcode": tr("Postcode"),
    "city": tr("City"),
    "service": tr("Service"),
    "windows": tr("Windows"),
    "window start": tr("Window start"),
    "window end": tr("Window end"),
    "required": tr("Required"),
    "priority": tr("Priority"),
    "profile": tr("Profile"),
    "notes": tr("Notes"),
}


def title(target: str) -> str:
    """Return how a target of the import is called, such as ``Latitude`` or ``Demand, kg``.

    Parameters
    ----------
    target
        One of `app.io.column_guess.targets`.
    """
    if target in _FIELDS:
        return _FIELDS[target]
    word, dimension = target.split(" ", 1)
    return (
        tr("Demand, {dimension}", dimension=dimension)
        if word == "demand"
        else tr("Pickup, {dimension}", dimension=dimension)
    )

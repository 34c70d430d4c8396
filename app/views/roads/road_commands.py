"""The commands of travel by roads."""

from __future__ import annotations

from app.language import tr
from app.views.command import Command

NETWORK = Command(
    "road_network", tr("Roa&d Network…"), "", "", tr("Import streets from a file, and let vehicles travel along them")
)
ROADS = (
    Command("travel_modes", tr("Travel M&odes…"), "", "", tr("How large vehicles are, and what they wait for")),
    Command("hour_speeds", tr("Speeds by the &Hour…"), "", "", tr("How fast streets are in the rush and at night")),
)

"""The commands of addresses, and of servers that the user names."""

from __future__ import annotations

from app.language import tr
from app.views.command import Command

FIND = Command(
    "find_address",
    tr("Loo&k for an Address…"),
    "Ctrl+Shift+F",
    "",
    tr("Look for a street and a house in the road networks on this computer, and go there"),
)
SERVERS = (
    Command(
        "travel_server",
        tr("Travel &from a Server…"),
        "",
        "",
        tr("Name a server that tells how far it is by road"),
    ),
    Command(
        "travel_again",
        tr("Ask for Travel A&gain"),
        "",
        "",
        tr("Ask the server for all distances and times anew, since its streets may be others now"),
    ),
)

"""Two small problems as benchmarks of the literature are written down."""

from __future__ import annotations

_PLACES = ((50, 50), (20, 30), (25, 60), (40, 80), (60, 75), (80, 70), (85, 40), (70, 20), (45, 15), (30, 45), (65, 55))
"""The depot's, then those of clients."""

_DEMAND = 4
_CAPACITY = 20
_HORIZON = 1000


def _vrplib() -> str:
    lines = [
        "NAME : tiny",
        "COMMENT : of a self-test",
        "TYPE : CVRP",
        f"DIMENSION : {len(_PLACES)}",
        "EDGE_WEIGHT_TYPE : EUC_2D",
        f"CAPACITY : {_CAPACITY}",
        "NODE_COORD_SECTION",
        *(f"{number} {x} {y}" for number, (x, y) in enumerate(_PLACES, 1)),
        "DEMAND_SECTION",
        *(f"{number} {_DEMAND if number > 1 else 0}" for number in range(1, len(_PLACES) + 1)),
        "DEPOT_SECTION",
        "1",
        "-1",
        "EOF",
    ]
    return "\n".join(lines) + "\n"


def _solomon() -> str:
    rows = [f"0 50 50 0 0 {_HORIZON} 0"]
    for number, (x, y) in enumerate(_PLACES[1:], 1):
        ready = 30 * number
        rows.append(f"{number} {x} {y} {_DEMAND} {ready} {ready + 300} 10")
    head = ["TINY", "", "VEHICLE", "NUMBER CAPACITY", f"5 {_CAPACITY}", "", "CUSTOMER"]
    columns = "CUST NO. XCOORD. YCOORD. DEMAND READY TIME DUE DATE SERVICE TIME"
    return "\n".join([*head, columns, "", *rows]) + "\n"


VRPLIB, SOLOMON = _vrplib(), _solomon()
"""With capacities, and with time windows too."""

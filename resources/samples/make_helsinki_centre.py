"""Make the sample scenario: a morning of deliveries in the centre of Helsinki, by road.

Streets and addresses are those of OpenStreetMap (© OpenStreetMap contributors), the customers are invented. Run
``python resources/samples/make_helsinki_centre.py`` to write ``resources/samples/helsinki-centre`` anew; it comes out
the same. Whoever makes it needs the router, whose kernels are compiled at first.
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import numpy as np

from app.io import write_scenario
from app.model.scenario import Depot, Scenario, Settings, TravelSource, Vehicle, Zone
from solver.roads.modes import BUILT_IN, Mode, ModeKind
from solver.roads.network import DEGREE, Network, read_network
from solver.roads.router import Router

HERE = Path(__file__).parent
ROADS = HERE.parent / "roads" / "helsinki-centre.npz"
TRADES: dict[str, Any] = runpy.run_path(str(HERE / "make_helsinki.py"))
"""Customers, names and hours of the other sample."""

SEED = 60_172
APART = 38.0
"""Least distance between two customers, metres: a house in between."""

LARGE = Mode("large van", ModeKind.TRUCK, height=3.2, width=2.3, length=7.5, weight=7.5, turn_delay=5, u_turn_delay=45)

Quarter, window = TRADES["Quarter"], TRADES["window"]
QUARTERS = (
    Quarter("Kamppi", 60.1640, 60.1690, 24.9350, 24.9430, 4, 5, 4, 1, 1),
    Quarter("Kluuvi", 60.1680, 60.1725, 24.9405, 24.9480, 3, 4, 4, 1),
    Quarter("Kaartinkaupunki", 60.1640, 60.1680, 24.9430, 24.9535, 2, 4, 3, 0, 1),
    Quarter("Kruununhaka", 60.1680, 60.1755, 24.9480, 24.9535, 2, 3, 2, 1, 2),
    Quarter("Siltasaari", 60.1755, 60.1800, 24.9400, 24.9540, 2, 3, 2, 1, 1),
    Quarter("Etu-Töölö", 60.1690, 60.1770, 24.9350, 24.9405, 0, 2, 1),
)

HUB, TERMINAL = ("Elielinaukio", "5"), ("Hakaniemenranta", "3")

ESPLANADE = Zone(
    "esplanade",
    "Esplanade without large vans",
    ((60.1675, 24.9425), (60.1687, 24.9425), (60.1687, 24.9473), (60.1675, 24.9473)),
    frozenset({"large"}),
)
"""Placed so that large vans get round it to everybody outside: one-way streets leave them few ways."""


class Addresses:
    """The addresses of the network that every mode reaches and comes back from."""

    def __init__(self, network: Network) -> None:
        places = network.address_place / DEGREE
        reached = np.ones(len(places), dtype=bool)
        order = None
        for mode in (BUILT_IN["bicycle"], BUILT_IN["van"], LARGE):
            router = Router(network, mode, order=order)
            order = router.order
            reached &= np.array([cut is None for cut in router.cut_off(places)])
        texts = [
            [network.names[text] if text >= 0 else "" for text in row[:2]] for row in network.address_text.tolist()
        ]
        self.all = [
            (round(lat, 5), round(lon, 5), street, number)
            for (lat, lon), (street, number), good in zip(places.tolist(), texts, reached.tolist(), strict=True)
            if good and street and number.isdigit() and "," not in street
        ]

    def of(self, street: str, number: str) -> tuple[float, float]:
        """Return the first place with an address."""
        return next((lat, lon) for lat, lon, *named in self.all if named == [street, number])


class Maker(TRADES["Maker"]):  # type: ignore[misc]
    """Draws customers at addresses, of which streets with few have as many as those with many."""

    def __init__(self, addresses: Addresses) -> None:
        super().__init__(SEED)
        taken = {addresses.of(*TERMINAL), addresses.of(*HUB)}
        self._addresses = [one for one in addresses.all if one[:2] not in taken]

    def place(self, quarter: Any) -> tuple[float, float, str]:
        """Draw an address in a quarter that keeps its distance from all others."""
        inside = [
            one
            for one in self._addresses
            if quarter.south <= one[0] < quarter.north and quarter.west <= one[1] < quarter.east
        ]
        streets = sorted({street for _, _, street, _ in inside})
        while True:
            street = self.random.choice(streets)
            lat, lon, _, number = self.random.choice([one for one in inside if one[2] == street])
            if self.is_free(lat, lon, APART):
                return lat, lon, f"{street} {number}"


def vehicles() -> dict[str, Vehicle]:
    """Return six vehicles of three types."""
    kinds = (
        Vehicle(
            "bike", "Cargo bike", count=3, capacity=(130.0, 1.2), start_depot="hub", end_depot="hub",
            shift=window("6:45", "13:00"), fixed_cost=8.0, cost_per_km=0.05, cost_per_hour=24.0, speed=14.0,
            profile="bicycle", max_distance=30.0,
        ),
        Vehicle(
            "van", "Van", count=2, capacity=(550.0, 4.5), start_depot="terminal", end_depot="terminal",
            shift=window("7:00", "13:30"), fixed_cost=40.0, cost_per_km=0.35, cost_per_hour=27.0, speed=24.0,
            profile="van",
        ),
        Vehicle(
            "large", "Large van", count=1, capacity=(1000.0, 10.0), start_depot="terminal", end_depot="terminal",
            shift=window("7:00", "13:30"), fixed_cost=55.0, cost_per_km=0.5, cost_per_hour=28.0, speed=22.0,
            profile=LARGE.id,
        ),
    )  # fmt: skip
    return {one.id: one for one in kinds}


def make() -> Scenario:
    """Return the sample scenario."""
    network = read_network(ROADS)
    addresses = Addresses(network)
    maker = Maker(addresses)
    for quarter in QUARTERS:
        maker.fill(quarter)
    return Scenario(
        depots={
            "terminal": Depot("terminal", "Hakaniemi terminal", *addresses.of(*TERMINAL), window("6:00", "15:00")),
            "hub": Depot("hub", "Bike hub", *addresses.of(*HUB), window("6:00", "15:00")),
        },
        vehicles=vehicles(),
        customers=maker.customers,
        profiles=TRADES["profiles"](),
        zones={ESPLANADE.id: ESPLANADE},
        settings=Settings(
            name="Helsinki centre, a morning",
            dimensions=("kg", "m3"),
            travel=TravelSource.ROADS,
            network=json.loads(ROADS.with_suffix(".json").read_bytes())["id"],
            modes=(LARGE,),
            detour=1.35,
            priority_value=15.0,
            solve_seconds=10.0,
        ),
    )


if __name__ == "__main__":
    write_scenario(make(), HERE / "helsinki-centre")

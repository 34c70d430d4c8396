"""Make the sample without roads: a day of deliveries in Helsinki. The places are real, the customers invented.

Run ``python resources/samples/make_helsinki.py`` to write ``resources/samples/helsinki`` anew; it comes out the same.
The sample with roads is made by ``make_helsinki_centre.py``, of the same trades.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians
from pathlib import Path
from random import Random
from types import MappingProxyType

from app.io import write_scenario
from app.model.scenario import Access, Customer, Depot, Profile, ProfileRule, Scenario, Settings, Vehicle, Window, Zone

SEED = 60_170
"""Of everything that is drawn."""

METRES_PER_DEGREE = 111_195.0

APART = 55.0
"""Least distance between two customers, metres."""


@dataclass(frozen=True)
class Quarter:
    """A part of town: a box that holds nothing but land, and how many customers of each trade are in it."""

    name: str
    south: float
    north: float
    west: float
    east: float
    cafes: int = 0
    offices: int = 0
    shops: int = 0
    pharmacies: int = 0
    homes: int = 0


QUARTERS = (
    Quarter("Kamppi", 60.1662, 60.1698, 24.9255, 24.9370, 2, 3, 2, 1),
    Quarter("Kluuvi", 60.1676, 60.1712, 24.9405, 24.9490, 2, 3, 3, 1),
    Quarter("Kaartinkaupunki", 60.1640, 60.1672, 24.9455, 24.9520, 1, 3, 1),
    Quarter("Kruununhaka", 60.1712, 60.1752, 24.9510, 24.9590, 2, 2, 2, 1, 1),
    Quarter("Katajanokka", 60.1664, 60.1680, 24.9615, 24.9710, 1, 2, 1, 0, 1),
    Quarter("Punavuori", 60.1598, 60.1648, 24.9335, 24.9425, 3, 2, 3, 1, 1),
    Quarter("Ullanlinna", 60.1575, 60.1618, 24.9445, 24.9520, 1, 1, 1, 1, 1),
    Quarter("Ruoholahti", 60.1640, 60.1655, 24.9120, 24.9205, 0, 3, 1),
    Quarter("Jätkäsaari", 60.1562, 60.1602, 24.9140, 24.9195, 1, 1, 2, 1, 2),
    Quarter("Etu-Töölö", 60.1722, 60.1772, 24.9220, 24.9300, 1, 2, 1, 1, 1),
    Quarter("Taka-Töölö", 60.1800, 60.1862, 24.9170, 24.9262, 1, 1, 2, 1, 2),
    Quarter("Kallio", 60.1832, 60.1888, 24.9480, 24.9575, 4, 1, 3, 1, 2),
    Quarter("Alppila", 60.1885, 60.1915, 24.9455, 24.9510, 1, 0, 1, 0, 1),
    Quarter("Sörnäinen", 60.1862, 60.1902, 24.9590, 24.9665, 1, 3, 1, 0, 1),
    Quarter("Kalasatama", 60.1868, 60.1892, 24.9750, 24.9790, 1, 1, 1, 1, 1),
    Quarter("Vallila", 60.1925, 60.1972, 24.9480, 24.9590, 2, 3, 2, 0, 1),
    Quarter("Hermanni", 60.1942, 60.1985, 24.9620, 24.9690, 0, 1, 1, 0, 1),
    Quarter("Itä-Pasila", 60.1978, 60.2022, 24.9365, 24.9420, 0, 3, 1, 1),
    Quarter("Länsi-Pasila", 60.1975, 60.2015, 24.9210, 24.9275, 0, 2, 1, 0, 1),
)
FAR = Quarter("Lauttasaari", 60.1580, 60.1610, 24.8760, 24.8820)

CAFES = ("Kahvila", "Leipomo", "Kahvipaahtimo", "Konditoria")
OFFICES = ("Toimisto", "Arkkitehdit", "Asianajo", "Studio", "Painotalo")
SHOPS = ("Kukkakauppa", "Kirjakauppa", "Rautakauppa", "Polkupyörä", "Herkkupuoti", "Levykauppa", "Lelukauppa")
NAMES = (
    "Hilla", "Kaarna", "Kuura", "Lumme", "Naava", "Orvokki", "Pihlaja", "Ruska", "Tuisku", "Utu", "Varpu", "Vadelma",
    "Kielo", "Sammal", "Halla", "Myrsky", "Suopursu", "Karpalo", "Kanerva", "Tyrsky", "Hiisi", "Ilves", "Kuikka",
    "Tiainen", "Kettu", "Majakka", "Luoto", "Salmi", "Saari", "Niemi", "Harju", "Lampi", "Koski", "Kivi", "Tuuli",
)  # fmt: skip
SURNAMES = (
    "Virtala", "Lehtimaa", "Rantasuo", "Koivurinne", "Mäkipelto", "Saarenkoski", "Hietavuo", "Kallioranta",
    "Aaltoniitty", "Pohjansalo", "Vuorisuo", "Jokimaa", "Lampiranta", "Tammisto", "Niittykoski", "Honkavaara",
    "Suvikallio",
)  # fmt: skip


def at(text: str) -> int:
    """Return a time of day such as ``7:30`` in seconds."""
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def window(start: str, end: str) -> Window:
    """Return the window between two times of day."""
    return at(start), at(end)


MORNING = (window("6:30", "9:00"), window("7:00", "9:30"), window("7:00", "10:00"))
OFFICE_HOURS = (
    (window("8:00", "16:00"),),
    (window("9:00", "12:00"),),
    (window("8:30", "11:30"), window("13:00", "15:30")),  # nobody is in over lunch
)
SHOP_HOURS = (
    (window("9:00", "15:00"),),
    (window("7:00", "10:00"), window("13:00", "15:00")),  # not while the shop is full
    (),
)
HOME_HOURS = ((window("8:00", "12:00"),), (window("12:00", "15:30"),))


class Maker:
    """Draws customers, one after the other, none of them twice and none on top of another."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = Random(seed)
        self.customers: dict[str, Customer] = {}
        self.names: set[str] = set()

    def place(self, quarter: Quarter) -> tuple[float, float, str]:
        """Draw a place in a quarter that keeps its distance from all others; return it with what it is called."""
        while True:
            lat = self.random.uniform(quarter.south, quarter.north)
            lon = self.random.uniform(quarter.west, quarter.east)
            if self.is_free(lat, lon, APART):
                return round(lat, 5), round(lon, 5), quarter.name

    def is_free(self, lat: float, lon: float, apart: float) -> bool:
        """Return whether all customers are so many metres away."""
        squeeze = cos(radians(lat))
        return all(
            hypot(lat - one.lat, (lon - one.lon) * squeeze) * METRES_PER_DEGREE > apart
            for one in self.customers.values()
        )

    def name(self, words: tuple[str, ...], rest: tuple[str, ...]) -> str:
        """Draw a name that nobody has yet."""
        while True:
            name = f"{self.random.choice(words)} {self.random.choice(rest)}"
            if name not in self.names:
                self.names.add(name)
                return name

    def add(
        self, quarter: Quarter, name: str, profile: str, kilograms: tuple[int, int], litres_per_kilogram: float,
        minutes: tuple[int, int], windows: tuple[Window, ...], returns: float = 0.0, priority: float | None = None,
    ) -> None:  # fmt: skip
        """Add a customer; one with a priority is optional."""
        key = f"C{len(self.customers) + 1:03}"
        lat, lon, called = self.place(quarter)
        weight = self.random.randint(*kilograms)
        volume = round(weight * litres_per_kilogram * self.random.uniform(0.7, 1.3) / 1000, 2)
        back = round(weight * returns * self.random.random())
        self.customers[key] = Customer(
            id=key, name=name, lat=lat, lon=lon, demand=(float(weight), max(volume, 0.01)),
            pickup=(float(back), round(back * litres_per_kilogram / 1000, 2)),
            service=self.random.randint(*minutes) * 60, windows=windows, required=priority is None,
            priority=1.0 if priority is None else priority, profile=profile, notes=called,
        )  # fmt: skip

    def fill(self, quarter: Quarter) -> None:
        """Add all customers of a quarter."""
        old_town = quarter.name in ("Kruununhaka", "Katajanokka", "Kaartinkaupunki")
        usual = "oldtown" if old_town else "standard"
        for _ in range(quarter.cafes):
            hours = (self.random.choice(MORNING),)
            self.add(quarter, self.name(CAFES, NAMES), "cafe", (6, 18), 8.0, (3, 6), hours, returns=0.3)
        for _ in range(quarter.offices):
            hours = self.random.choices(OFFICE_HOURS, (3, 1, 2))[0]
            self.add(quarter, self.name(OFFICES, NAMES), usual, (8, 45), 7.0, (6, 12), hours)
        for _ in range(quarter.shops):
            hours = self.random.choices(SHOP_HOURS, (3, 2, 2))[0]
            self.add(quarter, self.name(SHOPS, NAMES), usual, (25, 100), 8.0, (6, 14), hours, returns=0.2)
        for _ in range(quarter.pharmacies):
            name = self.name(("Apteekki",), NAMES)
            self.add(quarter, name, "pharmacy", (10, 30), 5.0, (5, 8), (window("8:00", "12:00"),))
        for _ in range(quarter.homes):
            hours = self.random.choice(HOME_HOURS)
            name = self.name(("Perhe",), SURNAMES)
            optional = self.random.choice((None, 1.0, 2.0))
            self.add(quarter, name, usual, (5, 25), 9.0, (3, 6), hours, priority=optional)


def vehicles() -> dict[str, Vehicle]:
    """Return eight vehicles of three types."""
    kinds = (
        Vehicle(
            "bike", "Cargo bike", count=3, capacity=(150.0, 1.3), start_depot="hub", end_depot="hub",
            shift=window("6:30", "14:30"), fixed_cost=8.0, cost_per_km=0.05, cost_per_hour=24.0, speed=14.0,
            profile="bicycle", max_distance=40.0,
        ),
        Vehicle(
            "van", "Van", count=3, capacity=(650.0, 5.5), start_depot="terminal", end_depot="terminal",
            shift=window("6:30", "15:00"), fixed_cost=45.0, cost_per_km=0.35, cost_per_hour=27.0, speed=24.0,
        ),
        Vehicle(
            "large", "Large van", count=2, capacity=(1100.0, 11.0), start_depot="terminal", end_depot="terminal",
            shift=window("7:00", "15:30"), fixed_cost=65.0, cost_per_km=0.5, cost_per_hour=28.0, speed=22.0,
            profile="truck",
        ),
    )  # fmt: skip
    return {one.id: one for one in kinds}


def profiles() -> dict[str, Profile]:
    """Return the four kinds of customers."""
    forbidden = ProfileRule(Access.FORBIDDEN)
    morning = {"bike": ProfileRule(Access.PREFERRED, 3.0, 0.8), "large": forbidden}
    usual_driver = {"van": ProfileRule(Access.PREFERRED, 8.0), "bike": forbidden}
    narrow = {
        "bike": ProfileRule(Access.PREFERRED, 2.0, 0.8),
        "van": ProfileRule(service_factor=1.2),
        "large": forbidden,
    }
    kinds = (
        Profile("standard", "Standard"),
        Profile("cafe", "Café in the morning", MappingProxyType(morning)),
        Profile("pharmacy", "Pharmacy with its usual driver", MappingProxyType(usual_driver)),
        Profile("oldtown", "Old town, narrow streets", MappingProxyType(narrow)),
    )
    return {one.id: one for one in kinds}


def make() -> Scenario:
    """Return the sample scenario."""
    maker = Maker()
    for quarter in QUARTERS:
        maker.fill(quarter)
    # Far from everybody else and worth little: the one that a good plan leaves out, with a reason.
    maker.add(FAR, "Perhe Selkävesi", "standard", (5, 9), 9.0, (4, 4), (window("12:00", "14:00"),), priority=0.2)
    centre = Zone(
        "centre",
        "Centre without large vans",
        (
            (60.1708, 24.9300),
            (60.1724, 24.9400),
            (60.1720, 24.9500),
            (60.1690, 24.9535),
            (60.1664, 24.9520),
            (60.1648, 24.9440),
            (60.1652, 24.9320),
            (60.1668, 24.9270),
        ),
        frozenset({"large"}),
    )
    return Scenario(
        depots={
            "terminal": Depot("terminal", "Ilmala terminal", 60.2080, 24.9215, window("6:00", "18:00")),
            "hub": Depot("hub", "Hakaniemi bike hub", 60.1797, 24.9505, window("6:00", "16:00")),
        },
        vehicles=vehicles(),
        customers=maker.customers,
        profiles=profiles(),
        zones={centre.id: centre},
        settings=Settings(
            name="Helsinki, a Tuesday", dimensions=("kg", "m3"), detour=1.35, priority_value=15.0, solve_seconds=10.0
        ),
    )


if __name__ == "__main__":
    write_scenario(make(), Path(__file__).parent / "helsinki")

"""Scenarios for tests: one that uses every field, and a strategy for hostile ones."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Any

import numpy as np
from hypothesis import strategies as st

from app.model.scenario import (
    Access,
    Customer,
    Depot,
    Matrix,
    Profile,
    ProfileRule,
    Rounding,
    Scenario,
    ServerKind,
    Settings,
    TravelSource,
    Vehicle,
    Zone,
)
from app.model.traffic import HOURS, Traffic
from solver.roads.modes import Mode, ModeKind

NASTY = "=+-@\t\r\n'\"|\\,; \u00a0\ufeff\u2028\x00\x1aé€＝a1"
texts = st.text(st.one_of(st.sampled_from(NASTY), st.characters(codec="utf-8")), max_size=8)
ids = st.one_of(
    st.sampled_from(["1", "A", "=1+1", " lead", "id", "open", "yes", "a|b", "a\\", "'", "''", "-2", "\tx"]),
    texts.filter(lambda text: bool(text.strip())),
)
amounts = st.one_of(st.integers(0, 1000).map(float), st.floats(0, 1e6, allow_nan=False))
times = st.integers(0, 3 * 86400)
paces = st.one_of(st.just(1.0), st.floats(0, 1))


def full_scenario() -> Scenario:
    """Return a small scenario in which every kind and every field is used."""
    return Scenario(
        depots={"hub": Depot("hub", "Hub", 60.17, 24.94, (5 * 3600, 22 * 3600)), "yard": Depot("yard", "", 60.2, 24.9)},
        vehicles={
            "van": Vehicle("van", "Van", 3, (800.0, 6.5), "hub", "hub", (6 * 3600, 16 * 3600), 40, 0.5, 22, 40, "car"),
            "bike": Vehicle("bike", "Cargo bike", 2, (80.0, 0.6), "yard", None, max_distance=40.5, max_duration=14400),
        },
        customers={
            "c1": Customer("c1", "Café Åström", 60.165, 24.935, (10.0, 0.1), (0.0, 0.0), 300, ((28800, 36000),)),
            "c2": Customer(
                "c2", "'t Hooft", 60.172, 24.941, (5.5, 0.2), (), 90, ((28800, 30600), (50400, 54000)), False
            ),
            "c3": Customer("c3", "=SUM(A1)", 60.18, 24.95, (), (), 0, (), True, 2.5, "shops", "+358 40; ring"),
            "c4": Customer("c4", "", 60.16, 24.92, extra=(("door", "4412"), ("floor", "-2"))),
        },
        profiles={
            "shops": Profile("shops", "Shops", MappingProxyType({"van": ProfileRule(Access.PREFERRED, 5.5, 0.8)})),
            "alleys": Profile("alleys", "", MappingProxyType({"van": ProfileRule(Access.FORBIDDEN)})),
            "plain": Profile("plain", "No rules"),
        },
        zones={"old": Zone("old", "Old town", ((60.1, 24.9), (60.1, 25.0), (60.2, 25.0)), frozenset({"van", "bike"}))},
        settings=Settings("Monday", "€", ("kg", "m3")),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a scenario that can be solved and whose every text is hostile."""
    plane = draw(st.booleans())
    high = 1e6 if plane else 90.0
    coordinates = st.floats(-high, high, allow_nan=False)
    dimensions = tuple(draw(st.lists(ids, min_size=1, max_size=3, unique=True)))
    loads = st.tuples(*(amounts for _ in dimensions))

    def keyed(item: st.SearchStrategy[Any], least: int, most: int) -> dict[str, Any]:
        keys = draw(st.lists(ids, min_size=least, max_size=most, unique=True))
        return {key: (key, draw(item)) for key in keys}

    depots = {
        key: Depot(key, *rest)
        for key, (_, rest) in keyed(st.tuples(texts, coordinates, coordinates, spans()), 1, 3).items()
    }
    homes = st.sampled_from(list(depots))
    kinds = st.tuples(
        texts, st.integers(0, 99), loads, homes, st.one_of(st.none(), homes), spans(), amounts, amounts, amounts,
        st.floats(0.1, 1000), texts, st.one_of(st.none(), amounts), st.one_of(st.none(), times),
    )  # fmt: skip
    vehicles = {key: Vehicle(key, *rest) for key, (_, rest) in keyed(kinds, 1, 3).items()}
    cars = st.sampled_from(list(vehicles))
    rules = st.builds(ProfileRule, st.sampled_from(Access), amounts, st.floats(0, 100))
    profiles = {
        key: Profile(key, name, MappingProxyType(chosen))
        for key, (_, (name, chosen)) in keyed(st.tuples(texts, st.dictionaries(cars, rules, max_size=3)), 0, 3).items()
    }
    extras = st.lists(st.tuples(st.one_of(ids, texts), texts), max_size=3).map(tuple)
    stops = st.tuples(
        texts, coordinates, coordinates, st.one_of(st.just(()), loads), st.one_of(st.just(()), loads),
        st.integers(0, 86400), windows(), st.booleans(), amounts, st.sampled_from(["", *profiles]), texts, extras,
    )  # fmt: skip
    customers = {key: Customer(key, *rest) for key, (_, rest) in keyed(stops, 0, 4).items()}
    zones = {
        key: Zone(key, name, ring, forbidden, MappingProxyType(hours), pace)
        for key, (_, (name, ring, forbidden, hours, pace)) in keyed(
            st.tuples(texts, rings(high), st.frozensets(cars), st.dictionaries(cars, windows().filter(bool)), paces),
            0,
            2,
        ).items()
    }
    settings = Settings(
        draw(texts), draw(texts), dimensions, TravelSource.PLANE if plane else TravelSource.GREAT_CIRCLE,
        draw(st.sampled_from(Rounding)), draw(st.floats(0.1, 100)), draw(st.floats(0, 100)), draw(st.floats(0.01, 100)),
        draw(texts), draw(modes()), draw(texts), draw(st.sampled_from(ServerKind)), draw(st.none() | traffics()),
    )  # fmt: skip
    matrix = draw(matrices([*depots, *(key for key in customers if key not in depots)]))
    return Scenario(depots, vehicles, customers, profiles, zones, settings, matrix)


def modes() -> st.SearchStrategy[tuple[Mode, ...]]:
    """Draw modes of travel."""
    sizes, delays = st.floats(0, 100), st.floats(0, 3600)
    kinds = st.sampled_from(ModeKind)
    mode = st.builds(
        Mode, ids, kinds, st.floats(0.05, 20), sizes, sizes, sizes, sizes, st.booleans(), delays, delays, delays
    )
    return st.lists(mode, max_size=3, unique_by=lambda one: one.id).map(tuple)


def traffics() -> st.SearchStrategy[Traffic]:
    """Draw speeds by the hour."""
    day = st.lists(st.sampled_from([1.0, 0.5]) | st.floats(0.05, 3), min_size=HOURS, max_size=HOURS).map(tuple)
    return st.builds(Traffic, day, day, day)


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    """Draw two times in order."""
    first, second = sorted((draw(times), draw(times)))
    return first, second


@st.composite
def windows(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Draw time windows in order that do not touch."""
    ends = sorted(draw(st.lists(times, max_size=6, unique=True)))
    return tuple(zip(ends[0::2], ends[1::2], strict=False))


@st.composite
def rings(draw: st.DrawFn, high: float) -> tuple[tuple[float, float], ...]:
    """Draw a star-shaped polygon."""
    count = draw(st.integers(3, 8))
    radii = draw(st.lists(st.floats(high / 10, high / 2), min_size=count, max_size=count))
    return tuple(
        (radius * math.sin(2 * math.pi * index / count), radius * math.cos(2 * math.pi * index / count))
        for index, radius in enumerate(radii)
    )


@st.composite
def matrices(draw: st.DrawFn, places: list[str]) -> Matrix | None:
    """Draw a travel matrix over places, or none."""
    parts = draw(st.sampled_from([(), ("distance",), ("duration",), ("distance", "duration")]))
    seed = draw(st.integers(0, 1000))
    random = np.random.default_rng(seed)
    values = {part: random.integers(0, 1 << 31, (len(places), len(places))) for part in parts}
    return Matrix(tuple(places), **values) if parts else None

"""What a document holds of the ways between its places."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io import load_document, save_document
from app.io.document import document_bytes
from app.io.kept_travel import read_travel, travel_bytes
from app.model.kept_travel import KeptTravel, KeptWays, kept_travel, use_kept
from app.model.patch import State
from app.model.plan import Plan
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource, Vehicle
from app.model.server_travel import all_asked, places_of
from app.model.travel import travel_of
from app.model.travel_table import UNKNOWN, TravelTable, travel_table, use_table
from app.model.validate import issues_of
from app.model.variants import Variants
from solver.problem import UNREACHABLE
from solver.roads.network import DEGREE
from tests.app.model.fake_roads import roads
from tests.solver.roads.grids import grid


def ways(places: int, digest: str = "0" * 32, seed: int = 0) -> KeptWays:
    random = np.random.default_rng(seed)
    square = random.integers(0, UNREACHABLE, (2, places, places), dtype=np.int32)
    return KeptWays(digest, random.random((places, 2)), square[0], square[1])


def same(one: KeptWays, other: KeptWays) -> bool:
    arrays = zip(*((w.points, w.distance, w.duration) for w in (one, other)), strict=True)
    return one.digest == other.digest and all(np.array_equal(a, b) for a, b in arrays)


@given(st.lists(st.integers(0, 5), max_size=12))
def test_ways_come_back(sizes: list[int]) -> None:
    kept = [ways(size, f"{number:032d}", number) for number, size in enumerate(sizes)]
    back = {one.digest: one for one in read_travel(travel_bytes(kept))}
    assert back.keys() == {one.digest for one in kept}
    assert all(same(back[one.digest], one) for one in kept)


def test_variants_of_the_same_places_are_written_once() -> None:
    assert len(read_travel(travel_bytes([ways(3), ways(3)]))) == 1


good = ways(2)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(good, distance=good.distance[:1]),
        replace(good, duration=good.duration.astype(np.int64)),
        replace(good, duration=-good.duration - 1),
        replace(good, distance=np.full((2, 2), UNREACHABLE + 1, dtype=np.int32)),
        replace(good, points=np.full((2, 2), np.nan)),
        replace(good, points=good.points[:, :1]),
        replace(good, points=good.points.astype(object)),
    ],
)
def test_what_makes_no_sense_is_left_out(wrong: KeptWays) -> None:
    assert [one.digest for one in read_travel(travel_bytes([wrong, replace(ways(3), digest="1")]))] in (["1"], [])


@given(st.binary(max_size=200))
def test_garbage_is_nothing(data: bytes) -> None:
    assert read_travel(data) == []
    whole = travel_bytes([good])
    assert isinstance(read_travel(whole[: len(whole) // 2] + data), list)


def test_what_is_packed_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0 digest.npy", bytes(1 << 20))
    assert read_travel(buffer.getvalue()) == []


def test_a_document_carries_its_ways_to_a_computer_without_the_network(tmp_path: Path) -> None:
    network = grid(2, 3)
    places = [(float(lat), float(lon)) for lat, lon in network.node_place / DEGREE]
    day = Scenario(
        depots={"D": Depot("D", "", *places[0])},
        vehicles={"v": Vehicle("v", capacity=(1.0,), start_depot="D", end_depot="D")},
        customers={"C": Customer("C", "", *places[5])},
        settings=Settings(travel=TravelSource.ROADS, network="town"),
    )
    with roads(town=network):
        there = travel_of(day).travel
        save_document(tmp_path / "day.routewright", day, Plan())
        at_home = document_bytes(Variants.of(State(day, Plan())), at_home=True)
        assert len(at_home) < (tmp_path / "day.routewright").stat().st_size
    with roads():
        assert issues_of(day)
        loaded = load_document(tmp_path / "day.routewright")
        assert (loaded.scenario, loaded.issues, loaded.read_only) == (day, (), False)
        assert issues_of(day) == []
        assert np.array_equal(travel_of(day).travel.duration, there.duration)
        save_document(tmp_path / "again.routewright", day, Plan())
        use_kept(KeptTravel())
        load_document(tmp_path / "again.routewright")
        assert issues_of(day) == []


def test_a_document_carries_what_a_server_told(tmp_path: Path) -> None:
    day = Scenario(
        depots={"D": Depot("D", "", 60.1, 24.9)},
        vehicles={"v": Vehicle("v", capacity=(1.0,), start_depot="D", end_depot="D")},
        customers={"C": Customer("C", "", 60.2, 24.9), "E": Customer("E", "", 60.3, 24.9)},
        settings=Settings(travel=TravelSource.SERVER, server="http://localhost:5000"),
    )
    told = np.array([[0, 70, UNKNOWN], [80, 0, UNREACHABLE], [UNKNOWN, UNKNOWN, 0]])
    before = use_table(TravelTable()), use_kept(KeptTravel())
    try:
        (asked,) = all_asked(day)
        travel_table().put(asked, places_of(day), places_of(day), told, told)
        save_document(tmp_path / "day.routewright", day, Plan())
        use_table(TravelTable())
        newer = np.array([[0, 71], [UNKNOWN, 0]])
        travel_table().put(asked, places_of(day)[:2], places_of(day)[:2], newer, newer)
        assert load_document(tmp_path / "day.routewright").issues == ()
        found = travel_table().pairs(asked, places_of(day))
        assert found.distance.tolist() == [[0, 71, UNKNOWN], [80, 0, UNREACHABLE], [UNKNOWN, UNKNOWN, 0]]
    finally:
        use_table(before[0])
        use_kept(before[1])


def test_gaps_are_for_servers_only() -> None:
    gaps = replace(ways(2), distance=np.full((2, 2), UNKNOWN, dtype=np.int32))
    assert read_travel(travel_bytes([gaps])) == []
    assert len(read_travel(travel_bytes([replace(gaps, digest="server 1")]))) == 1


def test_a_document_without_roads_has_no_ways(tmp_path: Path) -> None:
    save_document(tmp_path / "day.routewright", Scenario(), Plan())
    with zipfile.ZipFile(tmp_path / "day.routewright") as archive:
        assert "travel.npz" not in archive.namelist()


def test_what_was_kept_first_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.model.kept_travel.MOST_PAIRS", 20)
    travel = KeptTravel()
    travel.keep([ways(3, "a"), ways(3, "b"), ways(3, "c")])
    assert [bool(travel.of(name)) for name in "abc"] == [False, True, True]
    travel.keep([ways(9, "d")])
    assert [bool(travel.of(name)) for name in "bcd"] == [False, False, True]
    assert not kept_travel().of("d")

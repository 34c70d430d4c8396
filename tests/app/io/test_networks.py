"""A store keeps networks by what they hold, lists what is damaged, and cannot be led out of its folder."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.networks import NetworkStore, NetworkStoreError, networks_folder, read_summary
from app.model.road_library import RoadLibrary
from solver.roads import network
from solver.roads.network import digest, write_network
from solver.roads.order import order_beside
from solver.roads.summary import summary
from tests.solver.roads.grids import grid, one_way


@pytest.fixture
def store(tmp_path: Path) -> NetworkStore:
    return NetworkStore(tmp_path / "networks")


def own(store: NetworkStore) -> list[str]:
    """Return the names of the networks that do not come with the program."""
    return [one.name for one in store.listed() if not one.sample]


def test_a_new_store_has_the_sample_only(store: NetworkStore) -> None:
    (sample,) = store.listed()
    assert sample.sample
    assert not sample.damaged
    assert store.has(sample.id)
    network = store.read(sample.id)
    assert network.segments == sample.segments
    assert digest(network) == sample.id
    assert network.bounds == pytest.approx(sample.bounds)
    store.remove(sample.id)
    store.rename(sample.id, "Mine")
    assert store.listed() == (sample,)


def test_what_was_added_is_there_again(store: NetworkStore, tmp_path: Path) -> None:
    network = grid(3, 4)
    key = store.add(network, "Town")
    again = NetworkStore(tmp_path / "networks")
    assert again.has(key)
    assert again.name(key) == "Town"
    assert digest(again.read(key)) == key == digest(network)
    one = again.get(key)
    assert one is not None
    assert (one.source, one.segments, one.damaged) == ("grid", network.segments, False)
    assert one.bytes > 0
    assert one.created is not None


def test_the_same_network_twice_is_one(store: NetworkStore) -> None:
    first = store.add(grid(3, 3), "Town")
    assert store.add(replace(grid(3, 3), source="another file"), "Village") == first
    assert own(store) == ["Village"]
    assert store.add(one_way(grid(3, 3), 2), "One-way") != first


def test_a_network_in_use_is_read_once(store: NetworkStore) -> None:
    key = store.add(grid(3, 3), "Town")
    found = []
    threads = [threading.Thread(target=lambda: found.append(store.read(key))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one is found[0] for one in found)


def test_another_window_sees_it(store: NetworkStore, tmp_path: Path) -> None:
    other = NetworkStore(tmp_path / "networks")
    assert own(other) == []
    key = store.add(grid(3, 3), "Town")
    assert other.has(key)


def test_rename_and_remove(store: NetworkStore, tmp_path: Path) -> None:
    key = store.add(grid(3, 3), "Town")
    store.keep_order(key, np.arange(12, dtype=np.int32))
    store.rename(key, "Village")
    assert store.name(key) == "Village"
    store.remove(key)
    assert not store.has(key)
    assert store.name(key) == ""
    assert store.network(key) is None
    assert list((tmp_path / "networks").iterdir()) == []
    with pytest.raises(NetworkStoreError):
        store.read(key)


def test_orders(store: NetworkStore, tmp_path: Path) -> None:
    key = store.add(grid(3, 3), "Town")
    assert store.order(key) is None
    order = np.random.default_rng(1).permutation(12).astype(np.int32)
    store.keep_order(key, order)
    np.testing.assert_array_equal(store.order(key), order)
    path = tmp_path / "networks" / f"{key}.order.npy"
    path.write_bytes(path.read_bytes()[:-6])
    assert store.order(key) is None
    store.keep_order(key, np.zeros(3, dtype=np.int32))
    assert store.order(key) is None
    store.keep_order("0" * 16, order)  # of no network
    assert store.order("0" * 16) is None


def test_the_sample_has_an_order_too(store: NetworkStore) -> None:
    sample = store.listed()[0].id
    order = store.order(sample)
    assert order is not None
    np.testing.assert_array_equal(np.sort(order), np.arange(store.read(sample).segments))
    store.keep_order(sample, order[::-1])  # it has one already
    np.testing.assert_array_equal(store.order(sample), order)


@pytest.mark.parametrize("suffix", [".json", ".npz"])
@pytest.mark.parametrize("damage", ["torn", "empty", "other", "gone"])
def test_a_damaged_network_is_listed_and_can_be_removed(store: NetworkStore, suffix: str, damage: str) -> None:
    key = store.add(grid(3, 3), "Town")
    path = store._folder / f"{key}{suffix}"
    data = path.read_bytes()
    path.write_bytes({"torn": data[: len(data) // 2], "empty": b"", "other": b"[1, 2]", "gone": b""}[damage])
    if damage == "gone":
        path.unlink()
    sound = store.add(grid(2, 2), "Sound")
    found = {one.id: one for one in store.listed() if not one.sample}
    assert not found.pop(sound).damaged
    assert all(one.damaged for one in found.values())
    assert bool(found) == ((suffix, damage) != (".json", "gone"))
    assert not store.has(key)
    store.remove(key)
    assert own(store) == ["Sound"]


def test_damage_within_is_a_sentence(store: NetworkStore) -> None:
    key = store.add(grid(3, 3), "Town")
    path = store._folder / f"{key}.npz"
    data = bytearray(path.read_bytes())
    data[200:260] = bytes(60)
    path.write_bytes(data)
    with pytest.raises(NetworkStoreError, match="Town"):
        store.read(key)
    assert store.network(key) is None


@given(st.text() | st.just("../../document") | st.just("0123456789abcdef"))
def test_no_id_leads_out_of_the_folder(key: str) -> None:
    store = NetworkStore(Path("/nowhere/at/all"))
    assert not store.has(key)
    assert store.order(key) is None
    assert store.network(key) is None
    store.remove(key)
    store.keep_order(key, np.arange(3, dtype=np.int32))


@given(rows=st.integers(1, 4), columns=st.integers(2, 4), names=st.lists(st.text(min_size=1), max_size=3))
def test_whatever_it_is_called(
    rows: int, columns: int, names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = NetworkStore(tmp_path_factory.mktemp("store"))
    network = grid(rows, columns)
    key = store.add(network, "first")
    for name in names:
        store.rename(key, name)
    again = NetworkStore(store._folder)
    assert again.name(key) == ["first", *names][-1]
    assert digest(again.read(key)) == key


def test_a_draft_is_adopted_and_forgotten_ones_go(store: NetworkStore) -> None:
    forgotten = store.draft()
    forgotten.write_bytes(b"half")
    yesterday = time.time() - 2 * 86_400
    os.utime(forgotten, (yesterday, yesterday))
    draft = store.draft()
    assert not forgotten.exists()
    network = grid(3, 3)
    with draft.open("wb") as file:
        write_network(network, file)
    np.save(order_beside(draft), np.arange(12, dtype=np.int32))
    stored = store.adopt(draft, summary(network), "Town")
    assert not draft.exists()
    assert not order_beside(draft).exists()
    np.testing.assert_array_equal(store.order(stored.id), np.arange(12))
    assert digest(store.read(stored.id)) == stored.id


def test_a_summary_survives_json() -> None:
    about = summary(grid(3, 3), 4, 1)
    assert read_summary(json.loads(json.dumps(asdict(about)))) == about


def test_it_is_a_library(store: NetworkStore) -> None:
    library: RoadLibrary = store
    assert library.name("") == ""


def test_the_folder_is_the_users(own_home: Path) -> None:
    assert networks_folder().is_relative_to(own_home)


# Other versions


def test_networks_that_the_first_program_imported_are_read(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parent / "files" / "network-1", tmp_path / "networks")
    store = NetworkStore(tmp_path / "networks")
    assert own(store) == ["Town"]
    (key,) = (one.id for one in store.listed() if not one.sample)
    assert digest(store.read(key)) == digest(grid(2, 3)) == key


def test_a_network_of_a_newer_program_is_no_damaged_one(
    store: NetworkStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = store.add(grid(2, 3), "Town")
    path = tmp_path / "networks" / f"{key}.npz"
    with monkeypatch.context() as later:
        later.setattr(network, "FORMAT", network.FORMAT + 1)
        write_network(grid(2, 3), path)
    before = path.read_bytes()
    with pytest.raises(NetworkStoreError) as newer:
        store.read(key)
    assert isinstance(newer.value.__cause__, network.NewerNetworkError)
    assert path.read_bytes() == before
    assert "Town" in str(newer.value)

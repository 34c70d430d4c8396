"""The extract that comes with the program is read, and the network beside it is what is read from it."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np

from solver.roads.modes import Access, RoadClass
from solver.roads.network import Network, read_network
from solver.roads.summary import Summary
from tests.solver.roads.osm.maps import check

ROADS = Path(__file__).parents[4] / "resources" / "roads"


def made() -> tuple[Network, Summary]:
    """Return what the script makes."""
    found = importlib.util.spec_from_file_location("make_network", ROADS / "make_network.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    reading, about = module.make()
    return reading.network, about


def test_the_network_is_up_to_date() -> None:
    (one, about), other = made(), read_network(ROADS / "helsinki-centre.npz")
    for field in fields(Network):
        now, kept = getattr(one, field.name), getattr(other, field.name)
        if isinstance(now, np.ndarray):
            assert now.dtype == kept.dtype
            np.testing.assert_array_equal(now, kept, err_msg=field.name)
        else:
            assert now == kept
    order = np.load(ROADS / "helsinki-centre.order.npy")
    assert order.dtype == np.int32
    np.testing.assert_array_equal(np.sort(order), np.arange(one.segments))
    kept_about = json.loads((ROADS / "helsinki-centre.json").read_bytes())
    assert kept_about == json.loads(json.dumps(asdict(about)))


def test_it_is_a_town() -> None:
    network, about = made()
    check(network)
    assert network.segments > 4000
    assert 0 < network.bounds[2] - network.bounds[0] < 0.1
    assert np.bincount(network.way_class)[RoadClass.RESIDENTIAL] > 100
    for_cars = network.access & Access.CAR > 0
    assert 0.2 < (for_cars[:, 0] != for_cars[:, 1]).sum() / for_cars.any(axis=1).sum() < 0.9  # one-way streets
    assert "Mannerheimintie" in network.names
    assert len(network.address_place) > 1000
    assert len(network.turn) > 50
    assert 0.8 < min(about.connected) <= max(about.connected) <= 1.0
    assert network.attribution == "© OpenStreetMap contributors"

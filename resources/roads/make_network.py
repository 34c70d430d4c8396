"""Make the road network of the sample scenario out of its OpenStreetMap extract.

Run ``python resources/roads/make_network.py`` to write ``helsinki-centre.npz``, what there is to know of it
(``helsinki-centre.json``), and the order in which routers contract it (``helsinki-centre.order.npy``) anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from solver.roads.network import write_network
from solver.roads.order import order_segments
from solver.roads.osm import OsmReading, read_osm_fully
from solver.roads.summary import Summary, summary

EXTRACT = Path(__file__).parent / "helsinki-centre.osm.pbf"
NETWORK = EXTRACT.with_name("helsinki-centre.npz")


def make() -> tuple[OsmReading, Summary]:
    """Return what is read from the extract, and what there is to know of it."""
    reading = read_osm_fully(EXTRACT)
    return reading, summary(reading.network, reading.restrictions, reading.left)


if __name__ == "__main__":
    made, about = make()
    write_network(made.network, NETWORK)
    np.save(NETWORK.with_suffix(".order.npy"), order_segments(made.network), allow_pickle=False)
    NETWORK.with_suffix(".json").write_text(json.dumps(asdict(about), indent=1, ensure_ascii=False) + "\n", "utf-8")

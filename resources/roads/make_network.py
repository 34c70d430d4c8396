"""Make the road network of the sample scenario out of its OpenStreetMap extract.

Run ``python resources/roads/make_network.py`` to write ``resources/roads/helsinki-centre.npz`` anew.
"""

from __future__ import annotations

from pathlib import Path

from solver.roads.network import Network, write_network
from solver.roads.osm import read_osm

EXTRACT = Path(__file__).parent / "helsinki-centre.osm.pbf"
NETWORK = EXTRACT.with_name("helsinki-centre.npz")


def make() -> Network:
    """Return the network."""
    return read_osm(EXTRACT)


if __name__ == "__main__":
    write_network(make(), NETWORK)

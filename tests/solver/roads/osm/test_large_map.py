"""The large file that imports are measured with is so many times the small one, and nothing joins its copies."""

from __future__ import annotations

from pathlib import Path

from solver.roads.osm import read_osm
from tests.bench.large_map import write_copies

EXTRACT = Path(__file__).parents[4] / "resources" / "roads" / "helsinki-centre.osm.pbf"


def test_copies_lie_side_by_side(tmp_path: Path) -> None:
    write_copies(EXTRACT, tmp_path / "large.osm.pbf", 3)
    one, three = read_osm(EXTRACT), read_osm(tmp_path / "large.osm.pbf")
    assert three.segments == 3 * one.segments
    assert three.nodes == 3 * one.nodes
    assert three.segment_length.sum() == 3 * one.segment_length.sum()
    assert sorted(three.access.tolist()) == sorted(3 * one.access.tolist())

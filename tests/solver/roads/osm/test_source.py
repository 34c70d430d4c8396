"""Files that are broken in any way are refused with a reason, and those that are read in parts read the same."""

from __future__ import annotations

import bz2
import gzip
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.roads.network import Network
from solver.roads.osm import OsmFileError, OsmProblem, StoppedError, read_osm, source
from tests.solver.roads.osm.maps import Map

EXTRACT = Path(__file__).parents[4] / "resources" / "roads" / "helsinki-centre.osm.pbf"


def problem_of(path: Path) -> OsmProblem:
    """Return why a file is refused."""
    with pytest.raises(OsmFileError) as refused:
        read_osm(path)
    return refused.value.problem


def town() -> str:
    """Return a small map."""
    made = Map()
    street = made.line(4, highway="traffic_signals")
    made.way(*street[:3], name="Main Street", oneway="yes")
    made.way(street[1], street[3], maxspeed="30")
    made.restriction(101, street[1], 102, restriction="no_left_turn")
    made.node(1, 1, addr__street="Main Street", addr__housenumber="7")
    return made.text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("source")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.osm.pbf", b"", OsmProblem.EMPTY),
        ("picture.osm.pbf", b"\x89PNG\r\n\x1a\n" + bytes(2000), OsmProblem.FOREIGN),
        ("zeros.osm.pbf", bytes(4000), OsmProblem.FOREIGN),
        ("table.csv", b"id;lat;lon\n1;60;25\n", OsmProblem.FOREIGN),
        ("page.osm", b"<html><body>Not found</body></html>", OsmProblem.FOREIGN),
        ("page.osm.gz", gzip.compress(b"<html></html>", mtime=0), OsmProblem.FOREIGN),
        ("torn.osm.gz", gzip.compress(b"<osm></osm>", mtime=0)[:9], OsmProblem.DAMAGED),
        ("other.osm.bz2", b"BZ this is no archive", OsmProblem.DAMAGED),
        ("bare.osm", b"<osm version='0.6'></osm>", OsmProblem.NO_ROADS),
        ("torn.osm", town().encode()[:400], OsmProblem.TRUNCATED),
        ("odd.osm", town().encode().replace(b'lat="60', b'lat="sixty', 1), OsmProblem.DAMAGED),
    ],
)
def test_what_is_wrong_is_told(name: str, content: bytes, problem: OsmProblem, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert problem_of(path) is problem


def test_a_file_that_is_missing_or_a_folder(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "nothing.osm.pbf") is OsmProblem.MISSING
    assert problem_of(tmp_path) is OsmProblem.REFUSED


def test_a_download_that_was_cut_short(tmp_path: Path) -> None:
    data = EXTRACT.read_bytes()
    path = tmp_path / "short.osm.pbf"
    for share in (0.1, 0.5, 0.99):
        path.write_bytes(data[: int(len(data) * share)])
        assert problem_of(path) is OsmProblem.TRUNCATED


@given(data=st.data())
def test_no_damage_raises_anything_else(folder: Path, data: st.DataObject) -> None:
    content = bytearray(EXTRACT.read_bytes())
    path = folder / "damaged.osm.pbf"
    # The headers of blobs, where sizes are, are few bytes of many: aim at the first one half of the time.
    most = data.draw(st.sampled_from([200, len(content) - 1]))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, most))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        network = read_osm(path)
    except OsmFileError:
        return
    assert network.segments


@given(data=st.data())
def test_no_odd_text_raises_anything_else(folder: Path, data: st.DataObject) -> None:
    text = town()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        text = text[:at] + data.draw(st.text(max_size=8)) + text[at + data.draw(st.integers(0, 8)) :]
    path = folder / "odd.osm"
    path.write_text(text, encoding="utf-8", errors="replace")
    try:
        network = read_osm(path)
    except OsmFileError:
        return
    assert network.segments


def test_parts_make_the_same_network(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_osm(EXTRACT)
    monkeypatch.setattr(source, "PART", 50_000)
    told: list[float] = []
    parted = read_osm(EXTRACT, progress=lambda share, stage: told.append(share))
    assert len(told) > 10
    assert told == sorted(told)
    for field in fields(Network):
        np.testing.assert_array_equal(getattr(parted, field.name), getattr(whole, field.name), err_msg=field.name)


def test_a_stop_comes_between_two_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "PART", 50_000)
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(StoppedError):
        read_osm(EXTRACT, stopped=stopped)
    assert len(asked) == 4


def test_a_map_drawn_by_hand_has_negative_ids(tmp_path: Path) -> None:
    text = town()
    for number in range(1, 6):
        text = text.replace(f'node id="{number}"', f'node id="-{number}"').replace(
            f'ref="{number}"', f'ref="-{number}"'
        )
    path = tmp_path / "drawn.osm"
    path.write_text(text)
    drawn = read_osm(path)
    path.write_text(town())
    plain = read_osm(path)
    assert drawn.segments == plain.segments
    assert len(drawn.turn) == len(plain.turn)
    assert drawn.segment_length.tolist() == plain.segment_length.tolist()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_packed_files(pack: object, tmp_path: Path) -> None:
    path = tmp_path / "packed"  # whatever it is called
    path.write_bytes(pack(town().encode()))  # type: ignore[operator]
    assert read_osm(path).segments == 3


def test_nodes_are_the_same_whoever_decodes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = read_osm(EXTRACT)
    monkeypatch.setattr(source, "decode", lambda blob, keys: None)
    osmiums = read_osm(EXTRACT)
    for field in fields(Network):
        np.testing.assert_array_equal(getattr(ours, field.name), getattr(osmiums, field.name), err_msg=field.name)

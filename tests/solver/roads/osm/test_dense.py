"""Nodes are decoded as osmium does it, and what is not as usual is left to it."""

from __future__ import annotations

import zlib

import osmium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from osmium.osm.mutable import Node

from solver.roads.osm.dense import decode
from solver.roads.osm.protobuf import differences, fields, varint, varints
from solver.roads.osm.source import OsmSource

TAGS = st.dictionaries(st.sampled_from(["highway", "barrier", "name"]), st.sampled_from(["gate", "highway", "é"]))


@given(
    nodes=st.lists(
        st.tuples(
            st.integers(-(2**45), 2**45), st.integers(-900_000_000, 900_000_000),
            st.integers(-1_800_000_000, 1_800_000_000), TAGS,
        ),
        min_size=1, unique_by=lambda node: node[0],
    ),
    layout=st.sampled_from(["", ",pbf_dense_nodes=false", ",pbf_compression=none"]),
)  # fmt: skip
def test_nodes_come_as_they_were_written(
    nodes: list[tuple[int, int, int, dict[str, str]]], layout: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("dense") / "nodes.osm.pbf"
    with osmium.SimpleWriter(osmium.io.File(str(path), f"pbf{layout}")) as writer:
        for number, lat, lon, tags in nodes:
            writer.add_node(Node(id=number, location=(lon / 1e7, lat / 1e7), tags=tags))
    found = []
    tagged = {}
    for part in OsmSource(path).parts():
        for blob in part.blobs:
            assert (decode(blob.data, ["barrier"]) is None) == bool(layout)
        for batch in part.nodes("highway", "barrier"):
            found += list(zip(batch.ids.tolist(), *batch.places.T.tolist(), strict=True))
            tagged |= {int(batch.ids[index]): tags for index, tags in batch.tagged}
    assert found == [node[:3] for node in nodes]
    assert tagged == {number: tags for number, _, _, tags in nodes if {"highway", "barrier"} & set(tags)}


@given(data=st.binary())
def test_damage_is_left_to_osmium(data: bytes) -> None:
    for key in ("barrier", ""):
        assert decode(data, [key]) in (None, [])
        packed = zlib.compress(data)
        decode(b"\x1a" + _varint(len(packed)) + packed, [key])  # raises nothing, whatever is in it


@given(numbers=st.lists(st.integers(0, 2**63 - 1)))
def test_packed_numbers(numbers: list[int]) -> None:
    data = b"".join(map(_varint, numbers))
    assert varints(data).tolist() == numbers
    if numbers:
        with pytest.raises(ValueError, match="cut off"):
            varints(data + b"\x80")


@given(numbers=st.lists(st.integers(-(2**60), 2**60)))
def test_packed_differences(numbers: list[int]) -> None:
    steps = [one - before for before, one in zip([0, *numbers], numbers, strict=False)]
    assert (
        differences(b"".join(_varint(step * 2 if step >= 0 else -step * 2 - 1) for step in steps)).tolist() == numbers
    )


def test_fields_of_a_message() -> None:
    assert list(fields(b"\x08\x96\x01\x12\x02hi")) == [(1, 150), (2, b"hi")]
    with pytest.raises(ValueError, match="type"):
        list(fields(b"\x0d\x00\x00\x00\x00"))
    with pytest.raises(ValueError, match="type"):
        list(fields(b"\x12\x09hi"))
    with pytest.raises(IndexError):
        varint(b"\x80", 0)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])

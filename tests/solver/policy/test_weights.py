"""Weights come back as they were saved; what is damaged or of another edition is refused, and says why."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from solver.policy.layout import EDITION, shapes
from solver.policy.weights import LARGEST, Weights, WeightsError


def arrays() -> dict[str, np.ndarray]:
    return {name: np.array(array) for name, array in Weights.new(1).items()}


def test_saved_weights_come_back(tmp_path: Path) -> None:
    path = tmp_path / "policy.safetensors"
    weights = Weights.new(1)
    weights.save(path, steps=12, mixes=["plain"], note="of a test")
    again = Weights.load(path)
    assert set(again) == set(shapes())
    assert len(again) == len(shapes())
    for name in weights:
        assert again[name].dtype == np.float32
        np.testing.assert_array_equal(again[name], weights[name])
    assert again.card == {"steps": "12", "mixes": '["plain"]', "note": "of a test", "edition": str(EDITION)}
    assert [one.name for one in tmp_path.iterdir()] == [path.name]  # no part of a file stays behind


def test_a_card_is_kept_when_weights_are_saved_again(tmp_path: Path) -> None:
    path = tmp_path / "policy.safetensors"
    Weights.new(1).save(path, steps=12)
    Weights.load(path).save(path, hours=3)
    assert Weights.load(path).card == {"steps": "12", "hours": "3", "edition": str(EDITION)}


def test_seeds_give_the_same_weights_twice() -> None:
    one, same, other = Weights.new(1), Weights.new(1), Weights.new(2)
    assert all((one[name] == same[name]).all() for name in one)
    assert any((one[name] != other[name]).any() for name in one)


def test_another_edition_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "policy.safetensors"
    save_file(arrays(), path, metadata={"edition": str(EDITION + 1)})
    with pytest.raises(WeightsError, match=f"of edition {EDITION + 1}, expected {EDITION}"):
        Weights.load(path)
    save_file(arrays(), path)
    with pytest.raises(WeightsError, match="of edition unknown"):
        Weights.load(path)


def test_a_missing_file_is_no_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="does not exist"):
        Weights.load(tmp_path / "none.safetensors")


@pytest.mark.parametrize("part", [0, 1, 7, 8, 100, 0.5, -1])
def test_a_truncated_file_is_damaged(tmp_path: Path, part: float) -> None:
    path = tmp_path / "policy.safetensors"
    Weights.new(1).save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(part * len(whole)) if isinstance(part, float) else part])
    with pytest.raises(WeightsError, match=r"policy\.safetensors is damaged"):
        Weights.load(path)


@given(st.binary(max_size=400))
def test_any_bytes_are_damaged(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.safetensors"
    path.write_bytes(data)
    with pytest.raises(WeightsError):
        Weights.load(path)


@given(st.integers(0, 3000), st.integers(0, 255))
def test_one_odd_byte_is_never_a_crash(tmp_path_factory: pytest.TempPathFactory, at: int, byte: int) -> None:
    path = tmp_path_factory.getbasetemp() / "odd.safetensors"
    if not path.with_suffix(".whole").exists():
        Weights.new(1).save(path.with_suffix(".whole"))
    data = bytearray(path.with_suffix(".whole").read_bytes())
    data[at] = byte
    path.write_bytes(data)
    try:
        weights = Weights.load(path)
    except WeightsError:
        return
    assert set(weights) == set(shapes())


def test_a_missing_array_is_named() -> None:
    less = arrays()
    del less["kind.bias"]
    with pytest.raises(WeightsError, match=r"1 arrays are missing or unknown, kind\.bias among them"):
        Weights(less)


def test_an_unknown_array_is_named() -> None:
    with pytest.raises(WeightsError, match=r"step\.extra"):
        Weights(arrays() | {"step.extra": np.zeros(1)})


def test_another_shape_is_named() -> None:
    with pytest.raises(WeightsError, match=r"kind\.bias has shape \(2,\), expected \(48,\)"):
        Weights(arrays() | {"kind.bias": np.zeros(2)})


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf, 1e39])
def test_what_is_not_finite_is_named(odd: float) -> None:
    spoilt = arrays() | {"kind.bias": np.zeros(48)}
    spoilt["kind.bias"][3] = odd
    with pytest.raises(WeightsError, match=r"kind\.bias holds numbers that are not finite"):
        Weights(spoilt)


@pytest.mark.parametrize("odd", [1001.0, -1001.0, 3e38])
def test_what_is_too_large_to_reckon_with_is_named(odd: float) -> None:
    most = arrays() | {"kind.bias": np.full(48, np.copysign(LARGEST, odd))}
    assert set(Weights(most)) == set(shapes())
    most["kind.bias"][3] = odd
    with pytest.raises(WeightsError, match=r"kind\.bias holds numbers beyond 1000"):
        Weights(most)


@pytest.mark.parametrize(("kind", "size"), [("BF16", 2), ("F8_E4M3", 1), ("F8_E5M2", 1)])
def test_floats_that_numpy_lacks_are_refused(tmp_path: Path, kind: str, size: int) -> None:
    header: dict[str, object] = {"__metadata__": {"edition": str(EDITION)}}
    end = 0
    for name, shape in shapes().items():
        begin, end = end, end + size * math.prod(shape)
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [begin, end]}
    told = json.dumps(header).encode()
    path = tmp_path / "short.safetensors"
    path.write_bytes(len(told).to_bytes(8, "little") + told + bytes(end))
    with pytest.raises(WeightsError, match=r"short\.safetensors is damaged: .*float"):
        Weights.load(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="is a folder, not a file"):
        Weights.load(tmp_path)


@pytest.mark.parametrize("kind", [np.int32, np.bool_, np.complex64])
def test_what_is_no_number_with_a_point_is_named(kind: type) -> None:
    with pytest.raises(WeightsError, match=rf"kind\.bias holds {np.dtype(kind).name}, expected floats"):
        Weights(arrays() | {"kind.bias": np.zeros(48, kind)})

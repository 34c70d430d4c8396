"""A policy's weights: named arrays in a safetensors file, which holds numbers only and can be read without torch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from solver.policy.layout import EDITION, shapes

Floats = NDArray[np.float32]

LARGEST = 1000.0
"""Far beyond what learning comes to; below it no sum overflows, which kernels rely on."""


class WeightsError(ValueError):
    """A weights file is damaged or of another edition; the message says what is wrong."""


class OtherEditionError(WeightsError):
    """Weights are those of another edition, so that another version of the program can use them."""


class Weights(Mapping[str, Floats]):
    """Arrays by name, of the shapes that the layout asks for, none of whose numbers is beyond `LARGEST`.

    Parameters
    ----------
    arrays
        One for each name of `solver.policy.layout.shapes`.
    card
        What is known of how they came about; strings only.

    Raises
    ------
    WeightsError
        If an array is missing, too many, of another shape, not of floats, not finite, or too large.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], card: Mapping[str, str] | None = None) -> None:
        wanted = shapes()
        if set(arrays) != set(wanted):
            odd = sorted(set(arrays) ^ set(wanted))
            raise WeightsError(f"{len(odd)} arrays are missing or unknown, {odd[0]} among them")
        for name, shape in wanted.items():
            if arrays[name].shape != shape:
                raise WeightsError(f"{name} has shape {arrays[name].shape}, expected {shape}")
            if arrays[name].dtype.kind != "f":
                raise WeightsError(f"{name} holds {arrays[name].dtype.name}, expected floats")
        with np.errstate(over="ignore"):  # what is too large becomes infinite, and is found below
            self._arrays = {name: np.ascontiguousarray(arrays[name], dtype=np.float32) for name in wanted}
        for name, array in self._arrays.items():
            if not np.isfinite(array).all():
                raise WeightsError(f"{name} holds numbers that are not finite")
            if np.abs(array).max(initial=0.0) > LARGEST:
                raise WeightsError(f"{name} holds numbers beyond {LARGEST:g}")
        self.card = dict(card or {})

    def __getitem__(self, name: str) -> Floats:
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    @classmethod
    def new(cls, seed: int) -> Weights:
        """Return weights before any training: a policy that likes near clients, and homes when there are none."""
        random = np.random.default_rng(seed)
        arrays: dict[str, NDArray[np.float32]] = {}
        for name, shape in shapes().items():
            if name.endswith("norm"):
                arrays[name] = np.ones(shape, np.float32)
            elif name.endswith(("bias", "direct", "home")):
                arrays[name] = np.zeros(shape, np.float32)
            else:
                spread = 1.0 / np.sqrt(shape[0])
                if name.endswith(("attention.out", "forward.out", "score")):
                    spread *= 0.3
                arrays[name] = random.normal(0.0, spread, shape).astype(np.float32)
        arrays["step.direct"][0] = -12.0
        arrays["step.direct"][1] = -2.0
        return cls(arrays)

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read weights.

        Raises
        ------
        OtherEditionError
            If the file is of another edition.
        WeightsError
            If it is no safetensors file, or is truncated.
        OSError
            If it cannot be read.
        """
        if path.is_dir():
            raise IsADirectoryError(f"{path} is a folder, not a file")
        if not path.is_file():
            raise FileNotFoundError(f"{path} does not exist")
        try:
            arrays, card = read_arrays(path)
        except (SafetensorError, ValueError, TypeError) as error:
            raise WeightsError(f"{path.name} is damaged: {error}") from error
        if card.get("edition") != str(EDITION):
            raise OtherEditionError(f"{path.name} is of edition {card.get('edition', 'unknown')}, expected {EDITION}")
        return cls(arrays, card)

    def save(self, path: Path, **card: object) -> None:
        """Write weights and their card; a reader sees the old file or the new one, never a part."""
        told = {
            **self.card,
            **{key: value if isinstance(value, str) else json.dumps(value) for key, value in card.items()},
        }
        told["edition"] = str(EDITION)
        write_arrays(path, self._arrays, told)


def read_arrays(path: Path) -> tuple[dict[str, NDArray[np.generic]], dict[str, str]]:
    """Return the arrays of a safetensors file by name, and what it says of itself.

    Raises
    ------
    SafetensorError, ValueError, TypeError
        If the file is damaged.
    """
    with safe_open(path, framework="numpy") as file:
        try:
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        except AttributeError as error:  # numpy has no floats of eight bits
            raise TypeError(str(error)) from error
        return arrays, dict(file.metadata() or {})


def read_card(path: Path) -> dict[str, str]:
    """Return what a safetensors file says of itself, without reading its arrays.

    Raises
    ------
    SafetensorError
        If the file is damaged.
    OSError
        If it cannot be read.
    """
    with safe_open(path, framework="numpy") as file:
        return dict(file.metadata() or {})


def write_arrays(path: Path, arrays: Mapping[str, NDArray[np.generic]], told: dict[str, str]) -> None:
    """Write a safetensors file; a reader sees the old one or the new one, never a part."""
    unfinished = path.with_name(f".{path.name}.tmp")
    save_file(dict(arrays), unfinished, metadata=told)
    unfinished.replace(path)

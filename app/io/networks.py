"""Road networks that were imported, in a folder of the user's data: one ``.npz`` each, and a small ``.json`` beside it.

A network's id is a digest of what it holds, so it stands for that content for ever, and the same import twice is one
network. The sample's network comes with the program and belongs to every store.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
import zipfile
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4
from weakref import WeakValueDictionary

import numpy as np
import platformdirs
from numpy.typing import NDArray

from app.io.atomic import WriteError, explained, write_file, write_through
from app.language import tr
from app.resources import resource
from solver.roads.network import Network, NetworkFileError, NewerNetworkError, read_network, write_network
from solver.roads.order import order_beside
from solver.roads.summary import Summary, summary

logger = logging.getLogger(__name__)

SAMPLE = "roads/helsinki-centre"
"""The network that comes with the program, as a resource without its suffix."""

_KEY = re.compile(r"[0-9a-f]{16}")
_IMPORT = ".import-"
_FORGOTTEN = 24 * 3600.0
"""Seconds after which a file that an import left behind belongs to no import any more."""


class NetworkStoreError(Exception):
    """A network that cannot be had; its text is a plain sentence for the user."""


@dataclass(frozen=True, slots=True)
class StoredNetwork:
    """A network of a store.

    Parameters
    ----------
    id
        Which it is.
    name
        What the user calls it.
    created
        When it was imported, in local time; None for the sample's.
    bytes
        Its size on the disk.
    summary
        What it holds; None when it is damaged.
    sample
        Whether it came with the program, so that it cannot be removed or renamed.
    """

    id: str
    name: str
    created: datetime | None
    bytes: int
    summary: Summary | None
    sample: bool = False

    @property
    def damaged(self) -> bool:
        """Whether it can only be removed."""
        return self.summary is None

    @property
    def source(self) -> str:
        """Name of the file it was read from."""
        return self.summary.source if self.summary else ""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north and east end, degrees."""
        return self.summary.bounds if self.summary else (0.0, 0.0, 0.0, 0.0)

    @property
    def segments(self) -> int:
        """Number of its segments."""
        return self.summary.segments if self.summary else 0


def networks_folder() -> Path:
    """Return the folder of this user's networks."""
    return platformdirs.user_data_path("routewright", appauthor=False) / "networks"


class NetworkStore:
    """Networks in a folder; it is a `app.model.road_library.RoadLibrary`, and may be used by several threads at once.

    Parameters
    ----------
    folder
        Of the networks; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._listed: dict[str, StoredNetwork] | None = None
        self._open: WeakValueDictionary[str, Network] = WeakValueDictionary()

    def listed(self) -> tuple[StoredNetwork, ...]:
        """Return all networks, by name, as they are on the disk now; the sample's is the last one."""
        found = {one.id: one for one in (self._look(path) for path in self._folder.glob("*.json")) if one is not None}
        sample = _sample()
        if sample is not None:
            found.setdefault(sample.id, sample)
        with self._lock:
            self._listed = found
        return tuple(sorted(found.values(), key=lambda one: (one.sample, one.name.casefold(), one.id)))

    def get(self, key: str) -> StoredNetwork | None:
        """Return what there is to know of a network; None where there is none of that id."""
        with self._lock:
            known = self._listed
        if known is None:
            self.listed()
        elif key not in known and _KEY.fullmatch(key) and self._json(key).exists():
            self.listed()  # another window imported it
        with self._lock:
            return (self._listed or {}).get(key)

    def has(self, key: str) -> bool:
        """Return whether there is a sound network of that id."""
        one = self.get(key)
        return one is not None and not one.damaged

    def name(self, key: str) -> str:
        """Return what the user calls a network, or "" where there is none."""
        one = self.get(key)
        return one.name if one else ""

    def read(self, key: str) -> Network:
        """Return a network, the same object for as long as somebody holds it.

        Raises
        ------
        NetworkStoreError
            If there is none of that id, or it is damaged, or a newer Routewright imported it.
        """
        with self._lock:
            network = self._open.get(key)
            if network is not None:
                return network
        one = self.get(key)
        if one is None:
            raise NetworkStoreError(tr("This road network is not on this computer. Import its map again."))
        try:
            found = read_network(resource(f"{SAMPLE}.npz") if one.sample else self._npz(key))
        except NewerNetworkError as error:
            text = tr(
                "The road network {name} was imported by a newer Routewright. Import its map again to use it with this "
                "one; the newer one keeps its own.",
                name=one.name,
            )
            raise NetworkStoreError(text) from error
        except (NetworkFileError, OSError, MemoryError) as error:
            logger.warning("network %s cannot be read: %s", key, error)
            text = tr("The road network {name} is damaged. Remove it and import its map again.", name=one.name)
            raise NetworkStoreError(text) from error
        with self._lock:
            return self._open.setdefault(key, found)

    def network(self, key: str) -> Network | None:
        """Return a network as `read` does; None where there is none that can be read."""
        try:
            return self.read(key)
        except NetworkStoreError:
            return None

    def add(self, network: Network, name: str) -> str:
        """Keep a network and return its id; where it is there already it gets the name.

        Raises
        ------
        WriteError
            If it cannot be written.
        """
        about = summary(network)
        self._make_folder()
        write_through(self._npz(about.id), lambda file: write_network(network, file))
        self._describe(about, name)
        return about.id

    def draft(self) -> Path:
        """Return where an import may write a network before it is adopted, in a folder that exists.

        Raises
        ------
        WriteError
            If the folder cannot be made.
        """
        self._make_folder()
        for path in self._folder.glob(f"{_IMPORT}*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _FORGOTTEN:
                    path.unlink()
        return self._folder / f"{_IMPORT}{uuid4().hex}"

    def adopt(self, draft: Path, about: Summary, name: str) -> StoredNetwork:
        """Keep a network that lies in a draft, which is gone afterwards.

        Raises
        ------
        WriteError
            If that is not possible.
        """
        with explained(self._npz(about.id)):
            os.replace(draft, self._npz(about.id))
        with suppress(OSError):  # without one it is found again
            os.replace(order_beside(draft), self._order(about.id))
        return self._describe(about, name)

    def rename(self, key: str, name: str) -> None:
        """Call a network something else; the sample keeps its name.

        Raises
        ------
        WriteError
            If it cannot be written.
        """
        one = self.get(key)
        if one is not None and one.summary is not None and not one.sample:
            self._write_json(one.summary, name, one.created or datetime.now())

    def remove(self, key: str) -> None:
        """Remove a network and its order; the sample stays.

        Raises
        ------
        WriteError
            If a file cannot be removed.
        """
        if not _KEY.fullmatch(key):
            return
        for path in (self._json(key), self._npz(key), self._order(key)):
            with explained(path):
                path.unlink(missing_ok=True)
        self.listed()

    def order(self, key: str) -> NDArray[np.int32] | None:
        """Return the order that was kept for a network; None where there is none, or it is damaged."""
        if not _KEY.fullmatch(key):
            return None
        one, path = self.get(key), self._order(key)
        try:
            found = np.load(resource(f"{SAMPLE}.order.npy") if one and one.sample else path, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        if not isinstance(found, np.ndarray) or found.dtype != np.int32 or found.ndim != 1:
            return None
        each_once = np.array_equal(np.sort(found), np.arange(len(found)))
        return found if each_once else None

    def keep_order(self, key: str, order: NDArray[np.int32]) -> None:
        """Keep the order in which a router contracts a network; it can be found again, so what fails is only logged."""
        one = self.get(key)
        if one is None or one.damaged or one.sample:
            return
        try:
            self._make_folder()
            write_through(self._order(key), lambda file: np.save(file, order.astype(np.int32), allow_pickle=False))
        except WriteError as error:
            logger.warning("the order of network %s is not kept: %s", key, error)

    def _describe(self, about: Summary, name: str) -> StoredNetwork:
        self._write_json(about, name, datetime.now())
        one = self.get(about.id)
        assert one is not None
        return one

    def _write_json(self, about: Summary, name: str, created: datetime) -> None:
        content = {"name": name, "created": created.isoformat(timespec="seconds"), "summary": asdict(about)}
        write_file(self._json(about.id), json.dumps(content, indent=1, ensure_ascii=False).encode())
        self.listed()

    def _look(self, path: Path) -> StoredNetwork | None:
        """Return the network that a ``.json`` tells of; None when it tells of none."""
        key = path.stem
        if not _KEY.fullmatch(key):
            return None
        name, created, about, size = key, None, None, 0
        with suppress(OSError):
            size = self._npz(key).stat().st_size
        try:
            content = json.loads(path.read_bytes())
            name, created = str(content["name"]), datetime.fromisoformat(content["created"])
            about = read_summary(content["summary"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            logger.warning("%s is damaged: %s", path.name, error)
        if about is not None and (about.id != key or not zipfile.is_zipfile(self._npz(key))):
            about = None
        return StoredNetwork(key, name, created, size, about)

    def _make_folder(self) -> None:
        with explained(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)

    def _npz(self, key: str) -> Path:
        return self._folder / f"{key}.npz"

    def _json(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _order(self, key: str) -> Path:
        return self._folder / f"{key}.order.npy"


def read_summary(content: Any) -> Summary:
    """Return a summary as JSON holds it.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is none.
    """
    values = {field.name: content[field.name] for field in fields(Summary)}
    for name in ("bounds", "connected"):
        one, two, three, four = (float(number) for number in values[name])
        values[name] = (one, two, three, four)
    for name in ("segments", "kilometres", "addresses", "restrictions", "left"):
        values[name] = int(values[name])
    for name in ("id", "source", "attribution", "timestamp"):
        values[name] = str(values[name])
    return Summary(**values)


def _sample() -> StoredNetwork | None:
    try:
        path = resource(f"{SAMPLE}.npz")
        about = read_summary(json.loads(resource(f"{SAMPLE}.json").read_bytes()))
        size = path.stat().st_size
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("the sample's network is damaged: %s", error)
        return None
    return StoredNetwork(about.id, tr("Central Helsinki"), None, size, about, sample=True)

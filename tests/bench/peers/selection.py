"""What is to be measured: the list of instances, budgets, seeds and peers, and what the command line leaves of it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.bench.peers.errors import MeasurementError

OURS = "routewright"
LISTED = Path(__file__).with_name("instances.toml")


@dataclass(frozen=True)
class Peer:
    """A solver to compare with.

    Parameters
    ----------
    name
        What ``solve_with_peer.py`` calls it.
    title
        What a reader knows it as.
    package
        The distribution whose version counts.
    cores
        How many it keeps busy; two peers of one core may run side by side.
    seeded
        Whether another seed gives another search.
    """

    name: str
    title: str
    package: str
    cores: int
    seeded: bool = True


@dataclass(frozen=True)
class Group:
    """Instances of one class, which share a line of a table.

    Parameters
    ----------
    title
        What a reader knows the class as.
    kind
        The folder that the instances lie in; it fixes the rounding.
    peers
        Who reads this class.
    budgets
        Seconds.
    seeds
        One run each.
    sizes
        Names of instances by size; each size has a curve of its own.
    environment
        Where its peers run.
    peak_megabytes
        The most memory that ours may take, for some of the instances.
    """

    title: str
    kind: str
    peers: tuple[str, ...]
    budgets: tuple[float, ...]
    seeds: tuple[int, ...]
    sizes: Mapping[str, tuple[str, ...]]
    environment: str = "peers"
    peak_megabytes: Mapping[str, float] = field(default_factory=dict)

    @property
    def instances(self) -> tuple[str, ...]:
        """Names of all instances, of all sizes."""
        return tuple(name for names in self.sizes.values() for name in names)


@dataclass(frozen=True)
class Selection:
    """All that is to be measured: groups, who takes part, their environments, and the threads of ours."""

    groups: tuple[Group, ...]
    peers: Mapping[str, Peer]
    environments: Mapping[str, tuple[str, ...]]
    threads: int

    def version(self, peer: str, group: Group) -> str:
        """Return which version of a peer runs a group, as in ``pyvrp==0.14.1``."""
        package = self.peers[peer].package
        return next(pin for pin in self.environments[group.environment] if pin.split("==")[0] == package)

    def title(self, solver: str) -> str:
        """Return what a reader knows a solver as; one that takes no part goes by its name."""
        if solver == OURS:
            return "Routewright"
        return self.peers[solver].title if solver in self.peers else solver


@dataclass(frozen=True, order=True)
class Run:
    """One solver on one instance, once; with the same version it need not be repeated."""

    kind: str
    instance: str
    solver: str
    version: str
    budget: float
    seed: int


def runs_of(group: Group, solver: str, version: str, *, seeded: bool = True) -> Iterator[Run]:
    """Yield the runs of one solver, instance by instance; a solver without a seed runs once."""
    for instance in group.instances:
        for seed in group.seeds if seeded else group.seeds[:1]:
            for budget in sorted(group.budgets):
                yield Run(group.kind, instance, solver, version, float(budget), seed)


def load(path: Path = LISTED) -> Selection:
    """Read the list.

    Raises
    ------
    MeasurementError
        If a group names a peer or an environment that is not there, or one without that peer's package.
    """
    raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    defaults = {"budgets": raw["budgets"], "seeds": raw["seeds"]}
    selection = Selection(
        groups=tuple(_group(defaults | entry) for entry in raw["group"]),
        peers={name: Peer(name, **entry) for name, entry in raw["peers"].items()},
        environments={name: tuple(pins) for name, pins in raw["environments"].items()},
        threads=raw["threads"],
    )
    for group in selection.groups:
        for peer in group.peers:
            try:
                selection.version(peer, group)
            except (KeyError, StopIteration):
                raise MeasurementError(f"{path.name}: {group.title}: no peer {peer} in {group.environment}") from None
    return selection


def _group(entry: dict[str, Any]) -> Group:
    entry["sizes"] = {size: tuple(names) for size, names in entry["sizes"].items()}
    for key in ("peers", "budgets", "seeds"):
        entry[key] = tuple(entry[key])
    return Group(**entry)


def narrowed(
    selection: Selection,
    *,
    kinds: Collection[str] | None = None,
    instances: Collection[str] | None = None,
    peers: Collection[str] | None = None,
    budgets: tuple[float, ...] | None = None,
    seeds: tuple[int, ...] | None = None,
) -> Selection:
    """Return what is left of a selection; None leaves everything.

    Raises
    ------
    MeasurementError
        If a kind, an instance or a peer is named that the selection does not have.
    """
    there = {
        "class": (kinds, {group.kind for group in selection.groups}),
        "instance": (instances, {name for group in selection.groups for name in group.instances}),
        "peer": (peers, set(selection.peers)),
    }
    for what, (named, known) in there.items():
        for name in sorted(set(named or ()) - known):
            raise MeasurementError(f"no {what} {name!r}, expected one of {', '.join(sorted(known))}")
    groups = []
    for group in selection.groups:
        if kinds is not None and group.kind not in kinds:
            continue
        sizes = {
            size: tuple(name for name in names if instances is None or name in instances)
            for size, names in group.sizes.items()
        }
        kept = replace(
            group,
            sizes={size: names for size, names in sizes.items() if names},
            peers=tuple(peer for peer in group.peers if peers is None or peer in peers),
            budgets=budgets or group.budgets,
            seeds=seeds or group.seeds,
        )
        if kept.sizes:
            groups.append(kept)
    return replace(selection, groups=tuple(groups))


def file_of(folder: Path, kind: str, instance: str) -> Path:
    """Return the file of an instance.

    Parameters
    ----------
    folder
        Of instances, with a folder per kind.
    kind, instance
        Which one.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    for suffix in (".vrp", ".txt"):
        path = folder / kind / f"{instance}{suffix}"
        if path.exists():
            return path
    raise FileNotFoundError(f"{folder}: no instance {kind}/{instance}")

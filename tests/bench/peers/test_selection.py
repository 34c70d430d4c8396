"""The list of what is measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.peers.campaign import Campaign
from tests.bench.peers.errors import MeasurementError
from tests.bench.peers.outcomes import Record
from tests.bench.peers.samples import CVRP, SELECTION
from tests.bench.peers.selection import LISTED, OURS, load, narrowed, runs_of


def test_every_listed_instance_is_published_with_its_best_known(requires_instances: Path, tmp_path: Path) -> None:
    campaign = Campaign(load(), requires_instances, tmp_path, tmp_path, Record(tmp_path / "runs.jsonl"))
    steps = campaign.plan()
    assert {solver for _, solver, _ in steps} == {OURS, "pyvrp", "hgs", "ortools", "vroom"}
    for _, _, runs in steps:
        for run in runs:
            assert campaign.path_of(run).with_suffix(".sol").exists()


def test_a_peer_runs_in_the_version_of_its_groups_environment() -> None:
    assert [SELECTION.version("pyvrp", group) for group in SELECTION.groups] == ["pyvrp==2", "pyvrp==1"]


def test_a_peer_that_is_not_installed_where_its_group_runs_is_named(tmp_path: Path) -> None:
    path = tmp_path / "instances.toml"
    path.write_text(LISTED.read_text("utf-8").replace('"vrplib==2.2.0"] #', '"x==1"] #').replace("==0.13.4", "s==1"))
    with pytest.raises(MeasurementError, match=r"instances.toml: Site-dependent VRPTW: no peer pyvrp in site-dep"):
        load(path)


def test_runs_go_instance_by_instance_and_once_without_a_seed() -> None:
    runs = list(runs_of(replace(CVRP, sizes={"small": ("a", "b")}), OURS, "1"))
    assert [(run.instance, run.seed, run.budget) for run in runs] == [
        (name, seed, budget) for name in "ab" for seed in (1, 2) for budget in (1, 10)
    ]
    assert len(list(runs_of(CVRP, "vroom", "1", seeded=False))) == 3 * 2


def test_the_command_line_leaves_what_it_names() -> None:
    left = narrowed(SELECTION, kinds=["CVRP"], instances=["a"], peers=["hgs"], budgets=(0.25,), seeds=(7,))
    (group,) = left.groups
    assert (group.sizes, group.peers, group.budgets, group.seeds) == ({"small": ("a",)}, ("hgs",), (0.25,), (7,))
    assert narrowed(SELECTION, peers=[]).groups[0].peers == ()
    assert narrowed(SELECTION) == SELECTION


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"kinds": ["TSP"]}, "no class 'TSP', expected one of CVRP, VRPTW"),
        ({"instances": ["z"]}, "no instance 'z', expected one of a, b, c, w"),
        ({"peers": ["lkh"]}, "no peer 'lkh', expected one of hgs, pyvrp, vroom"),
    ],
)
def test_what_is_not_there_is_named(named: dict[str, list[str]], message: str) -> None:
    with pytest.raises(MeasurementError) as caught:
        narrowed(SELECTION, **named)  # type: ignore[arg-type]
    assert str(caught.value) == message

"""What is solved: the same problems each time, of the right city and size."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.bench.starts.problems import SETS, TITLES, panels


def test_days_are_the_same_each_time_and_differ_between_numbers_and_cities() -> None:
    trained, unseen = panels(["trained-plain", "unseen-plain"], [20], 2, None)
    again = next(panels(["trained-plain"], [20, 30], 3, None))
    demands = [
        panel.makers[name]().problem.clients.delivery.tolist()
        for panel, name in ((trained, "0"), (again, "0"), (trained, "1"), (unseen, "0"))
    ]
    assert demands[0] == demands[1]
    assert demands[0] not in demands[2:]


def test_rich_days_have_rules_that_plain_days_do_not() -> None:
    rich, plain = panels(["unseen-rich", "unseen-plain"], [20], 12, None)
    ruled = [
        [len(np.unique(make().problem.clients.windows)) > 2 for make in panel.makers.values()]
        for panel in (rich, plain)
    ]
    assert any(ruled[0])
    assert not any(ruled[1])


def test_instances_are_the_published_ones(requires_instances: Path) -> None:
    made = list(panels(SETS, [100], 64, requires_instances))
    counts = {series: sum(len(panel.makers) for panel in made if panel.series == series) for series in SETS}
    assert counts == dict.fromkeys(SETS, 64) | {"x": 13, "sdvrptw": 10, "solomon": 10}
    assert counts.keys() == TITLES.keys()
    small = next(panel for panel in made if panel.series == "x").makers["X-n106-k14"]()
    assert small.problem.clients.number == 105
    assert small.best_known == 26362

"""The picture: which curves it is of, and that it is one."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tests.bench.peers.curves import course, gap_at, panels, points
from tests.bench.peers.figure import draw
from tests.bench.peers.results import Results
from tests.bench.peers.samples import CVRP, SELECTION, ours, outcome
from tests.bench.peers.selection import OURS


def test_the_gap_at_a_moment_is_that_of_the_last_improvement() -> None:
    traced = ours("a", 101, trace=((0.1, None), (0.2, 110), (0.5, 101)))
    gaps = [gap_at(traced, seconds) for seconds in (0.05, 0.15, 0.2, 0.49, 0.5, 9)]
    assert gaps == [None, None, pytest.approx(10), pytest.approx(10), pytest.approx(1), pytest.approx(1)]


def test_a_course_begins_when_all_have_an_answer_and_is_of_the_longest_runs() -> None:
    result = Results(
        CVRP,
        [
            ours("a", 110, trace=((0.05, 110),)),
            ours("a", 102, budget=10, trace=((0.05, 120), (2.0, 102))),
            ours("b", 104, budget=10, trace=((0.5, 104),)),
        ],
    )
    curve = course(result)
    assert 0.5 <= curve[0][0] < 0.55
    assert curve[0][1] == pytest.approx(12)
    assert list(curve[-1]) == pytest.approx([10, 3])
    assert all(later[1] <= earlier[1] for earlier, later in pairwise(curve))


def test_points_lie_at_the_time_that_was_taken() -> None:
    result = Results(CVRP, [outcome("hgs", "a", 105, seconds=1.5), outcome("hgs", "b", None, seconds=1.0)])
    (point,) = points(result, "hgs")
    assert [point.seconds, point.gap] == pytest.approx([1.5, 5])
    assert not point.complete


def test_the_picture_has_a_panel_per_size_and_draws_ours_last() -> None:
    outcomes = [
        ours("a", 101, trace=((0.01, 130), (0.2, 101))),
        outcome("pyvrp", "a", 104),
        outcome("hgs", "a", 99.9),
        outcome("vroom", "c", None),
        ours("c", 100, budget=10),
    ]
    made = panels(SELECTION, [Results(CVRP, outcomes)])
    assert [(panel.size, [series.solver for series in panel.series]) for panel in made] == [
        ("small", [OURS, "pyvrp", "hgs"]),
        ("large", [OURS]),
    ]
    picture = ElementTree.fromstring(draw(made))
    texts = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Routewright", "PyVRP", "HGS-CVRP", "small clients", "large clients"} <= set(texts)
    assert "VROOM" not in texts
    assert "nan" not in draw(made)

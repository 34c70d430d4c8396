"""The tables: which runs a mean is over, and what is said of those without an answer."""

from __future__ import annotations

from collections.abc import Iterable

from tests.bench.peers.outcomes import Outcome
from tests.bench.peers.results import Results
from tests.bench.peers.samples import CVRP, SELECTION, VRPTW, ours, outcome
from tests.bench.peers.tables import duels, first_answers, mean_gaps, sections, when_as_good


def of(*outcomes: Outcome) -> list[Results]:
    return [Results(group, outcomes) for group in (CVRP, VRPTW)]


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def row(table: str, *names: str) -> list[str]:
    (found,) = (cells[len(names) :] for cells in rows(table) if tuple(cells[: len(names)]) == names)
    return found


def test_mean_gaps_are_over_instances_and_seeds() -> None:
    table = mean_gaps(
        SELECTION,
        of(
            ours("a", 101),
            ours("a", 103, seed=2),
            ours("b", 106),
            outcome("pyvrp", "a", 104),
            outcome("pyvrp", "b", 112),
            ours("w", 101.5, kind="VRPTW"),
            ours("not listed", 200),
        ),
    )
    assert rows(table)[0] == ["class", "budget", "instances", "Routewright", "PyVRP", "Routewright / PyVRP"]
    assert row(table, "CVRP", "1 s") == ["2", "4.00 %", "8.00 %", "0.50"]
    assert ["CVRP", "10 s"] not in [cells[:2] for cells in rows(table)]  # nothing was run within it
    assert row(table, "Windows", "1 s") == ["1", "1.50 %", "–", "–"]


def test_the_proportion_is_over_what_both_answered() -> None:
    table = mean_gaps(
        SELECTION,
        of(ours("a", 101), ours("b", 150), outcome("pyvrp", "a", 102), outcome("pyvrp", "b", None)),
    )
    assert row(table, "CVRP", "1 s") == ["2", "25.50 %", "2.00 % (1 of 2 unanswered)", "0.50"]


def test_a_proportion_to_nothing_is_none() -> None:
    assert row(mean_gaps(SELECTION, of(ours("a", 101), outcome("pyvrp", "a", 100))), "CVRP", "1 s")[-1] == "–"


def test_late_answers_and_none_at_all_are_told() -> None:
    table = mean_gaps(
        SELECTION, of(ours("a", None, error="not supported yet: trips"), outcome("hgs", "a", 105, seconds=1.3))
    )
    assert row(table, "CVRP", "1 s") == ["1", "not supported yet: trips", "5.00 % (in 1.3 s)"]
    table = mean_gaps(SELECTION, of(ours("a", None), outcome("vroom", "a", None, error="no answer 20 s past")))
    assert row(table, "CVRP", "1 s") == ["1", "no answer", "no answer"]


def test_the_better_of_two_is_bold_instance_by_instance() -> None:
    table = duels(
        SELECTION,
        of(ours("a", 101), outcome("hgs", "a", 102), ours("b", 103), outcome("hgs", "b", 102), ours("c", 104)),
    )
    assert rows(table)[0] == ["instance", "ours, 1 s", "HGS-CVRP, 1 s", "ours, 10 s", "HGS-CVRP, 10 s"]
    assert row(table, "a") == ["**1.00 %**", "2.00 %", "–", "–"]
    assert row(table, "b") == ["3.00 %", "**2.00 %**", "–", "–"]
    assert row(table, "c") == ["**4.00 %**", "–", "–", "–"]


def test_when_a_peer_is_as_good_as_ours_in_one_second() -> None:
    def within(budget: float, costs: Iterable[float]) -> list[Outcome]:
        return [outcome("pyvrp", name, cost, budget=budget) for name, cost in zip("abc", costs, strict=True)]

    mine = [ours(name, 103) for name in "abc"]
    table = when_as_good(SELECTION, of(*mine, *within(1, (103, 104, 105)), *within(10, (103.5, 103, 104))))
    # "a" was reached within 1 s, whatever the longer run came to
    assert row(table, "CVRP", "PyVRP") == ["3", "1", "2", "1"]


def test_first_answers_and_memory() -> None:
    table = first_answers(
        of(
            ours("a", 101, first_feasible_seconds=0.010, peak_megabytes=200),
            ours("b", 101, first_feasible_seconds=0.030, peak_megabytes=300),
            ours("c", None, peak_megabytes=100),
        )
    )
    assert row(table, "CVRP") == ["20 ms", "30 ms", "1 of 3", "300 MB"]


def test_a_table_with_nothing_to_say_is_left_out() -> None:
    assert [heading for heading, _ in sections(SELECTION, of(outcome("pyvrp", "a", 101)))] == [
        "Mean gap to the best known"
    ]

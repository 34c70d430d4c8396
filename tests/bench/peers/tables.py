"""What the runs say, as Markdown tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean

from tests.bench.peers.outcomes import Outcome
from tests.bench.peers.results import Results
from tests.bench.peers.selection import OURS, Selection

REFERENCE = "pyvrp"
"""The peer that reads every class: whom ours is put in proportion to."""

RIVAL = "hgs"
"""The peer that is the mark in its own class, instance by instance."""

MOMENT = 1.0
"""Seconds of ours after which a peer's own time to be as good is looked up."""

LATE = 1.1
"""A mean time above so many times the budget is stated with the gap: the answer did not come within the budget."""

NOTHING = "–"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], names: int = 1) -> str:
    """Return a Markdown table; its first columns are names, the others figures."""
    lines = [header, [*["---"] * names, *["---:"] * (len(header) - names)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(gap: float | None) -> str:
    """Return a gap as text."""
    return NOTHING if gap is None else f"{gap:.2f} %"


def mean_gaps(selection: Selection, results: Sequence[Results]) -> str:
    """Return the mean gap of each solver per class and budget with any run, and ours in proportion to PyVRP's."""
    taking_part = {solver for result in results for solver in result.solvers}
    solvers = [solver for solver in (OURS, *selection.peers) if solver in taking_part]
    titles = [selection.title(solver) for solver in solvers]
    header = ["class", "budget", "instances", *titles]
    compared = {OURS, REFERENCE} <= taking_part
    if compared:
        header.append(f"{selection.title(OURS)} / {selection.title(REFERENCE)}")
    rows = []
    for result in results:
        for budget in sorted(result.group.budgets):
            if not result.instances(budget):
                continue
            cells = [mean_gap(result.of(solver, budget)) for solver in solvers]
            ratio = [proportion(result, budget)] if compared else []
            rows.append([result.group.title, f"{budget:g} s", str(result.instances(budget)), *cells, *ratio])
    return table(header, rows, names=2)


def mean_gap(outcomes: Sequence[Outcome]) -> str:
    """Return the mean gap of some runs, how many came to no answer, and the time they took if beyond the budget."""
    if not outcomes:
        return NOTHING
    answered = [outcome for outcome in outcomes if outcome.gap is not None]
    if not answered:
        reasons = {outcome.error for outcome in outcomes}
        return reasons.pop() if len(reasons) == 1 and "not supported" in min(reasons) else "no answer"
    remarks = []
    if len(answered) < len(outcomes):
        remarks.append(f"{len(outcomes) - len(answered)} of {len(outcomes)} unanswered")
    taken = fmean(outcome.seconds or 0 for outcome in answered)
    if taken > LATE * outcomes[0].run.budget:
        remarks.append(f"in {taken:.1f} s")
    # the mean of each instance first, so that one whose other seeds failed weighs no less
    by_instance: dict[str, list[float]] = {}
    for outcome in answered:
        by_instance.setdefault(outcome.run.instance, []).append(outcome.gap or 0.0)
    gap = fmean(fmean(gaps) for gaps in by_instance.values())
    return percent(gap) + (f" ({', '.join(remarks)})" if remarks else "")


def proportion(result: Results, budget: float) -> str:
    """Return our mean gap in proportion to PyVRP's, over the instances that both answered."""
    ours, theirs = result.gaps(OURS, budget), result.gaps(REFERENCE, budget)
    common = sorted(ours.keys() & theirs.keys())
    if not common:
        return NOTHING
    reference = fmean(theirs[instance] for instance in common)
    if reference < 0.005:  # shown as zero
        return NOTHING
    return f"{fmean(ours[instance] for instance in common) / reference:.2f}"


def duels(selection: Selection, results: Sequence[Results]) -> str:
    """Return our gap beside that of HGS-CVRP for every instance and budget; the smaller one is bold."""
    entered = [result for result in results if result.of(OURS) and result.of(RIVAL)]
    budgets = sorted({budget for result in entered for budget in result.group.budgets})
    title = selection.title(RIVAL)
    header = ["instance", *[f"{name}, {budget:g} s" for budget in budgets for name in ("ours", title)]]
    rows = []
    for result in entered:
        for instance in result.group.instances:
            cells = []
            for budget in budgets:
                gaps = [result.gap(solver, budget, instance) for solver in (OURS, RIVAL)]
                best = min((gap for gap in gaps if gap is not None), default=None)
                cells += [f"**{percent(gap)}**" if gap is not None and gap == best else percent(gap) for gap in gaps]
            rows.append([instance, *cells])
    return table(header, rows) if rows else ""


def when_as_good(selection: Selection, results: Sequence[Results]) -> str:
    """Return on how many instances each peer has come within each of its budgets to what ours had in one second."""
    entered = [result for result in results if MOMENT in result.group.budgets]
    budgets = sorted({budget for result in entered for budget in result.group.budgets})
    rows = []
    for result in entered:
        marks = result.gaps(OURS, MOMENT)
        if not marks:
            continue
        for peer in result.solvers[1:]:
            cells, reached = [], set[str]()
            for budget in budgets:
                gaps = result.gaps(peer, budget)
                reached |= {name for name, mark in marks.items() if name in gaps and gaps[name] <= mark}
                cells.append(str(len(reached)) if result.of(peer, budget) else NOTHING)
            rows.append(
                [result.group.title, selection.title(peer), str(len(marks)), *cells, str(len(marks) - len(reached))]
            )
    header = ["class", "peer", "instances", *[f"within {budget:g} s" for budget in budgets], "not within these"]
    return table(header, rows, names=2) if rows else ""


def first_answers(results: Sequence[Results]) -> str:
    """Return how soon ours has a feasible answer, and how much memory it takes."""
    rows = []
    for result in results:
        outcomes = result.of(OURS)
        soon = [outcome.first_feasible_seconds for outcome in outcomes if outcome.first_feasible_seconds is not None]
        peaks = [outcome.peak_megabytes for outcome in outcomes if outcome.peak_megabytes is not None]
        if not soon:
            continue
        never = sum(outcome.first_feasible_seconds is None for outcome in outcomes)
        rows.append(
            [
                result.group.title,
                _milliseconds(fmean(soon)),
                _milliseconds(max(soon)),
                f"{never} of {len(outcomes)}",
                f"{max(peaks):.0f} MB" if peaks else NOTHING,
            ]
        )
    header = ["class", "first feasible answer, mean", "latest", "runs without one", "most memory"]
    return table(header, rows) if rows else ""


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


def sections(selection: Selection, results: Sequence[Results]) -> list[tuple[str, str]]:
    """Return every table that has something to say, each with its heading."""
    makers: list[tuple[str, Callable[[], str]]] = [
        ("Mean gap to the best known", lambda: mean_gaps(selection, results)),
        (f"CVRP, instance by instance, beside {selection.title(RIVAL)}", lambda: duels(selection, results)),
        (
            f"On how many instances a peer comes to what {selection.title(OURS)} has in {MOMENT:g} s",
            lambda: when_as_good(selection, results),
        ),
        (f"First feasible answer and memory of {selection.title(OURS)}", lambda: first_answers(results)),
    ]
    made = [(heading, make()) for heading, make in makers]
    return [(heading, text) for heading, text in made if text]

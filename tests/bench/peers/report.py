"""Put tables and picture together: the report of a measurement, and the README's section on the last one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.bench.peers.curves import panels
from tests.bench.peers.errors import MeasurementError
from tests.bench.peers.figure import draw
from tests.bench.peers.outcomes import Outcome
from tests.bench.peers.results import Results
from tests.bench.peers.selection import OURS, Selection
from tests.bench.peers.tables import sections

BEGIN = "<!-- measured: begin (written by python -m tests.bench.peers --readme) -->"
END = "<!-- measured: end -->"
PICTURE = "anytime.svg"


def results_of(selection: Selection, outcomes: Sequence[Outcome]) -> list[Results]:
    """Return the results of each group that has any.

    Raises
    ------
    MeasurementError
        If none has.
    """
    results = [Results(group, outcomes) for group in selection.groups]
    some = [result for result in results if result.solvers]
    if not some:
        raise MeasurementError("nothing has been measured yet, expected runs of python -m tests.bench.peers")
    return some


def measured(selection: Selection, results: Sequence[Results]) -> list[Outcome]:
    """Return all outcomes that results are made of."""
    return [outcome for result in results for solver in (OURS, *selection.peers) for outcome in result.of(solver)]


def faults(selection: Selection, results: Sequence[Results]) -> list[str]:
    """Return what may not be: answers of ours that PyVRP refuses, and more memory than is allowed."""
    found = []
    for result in results:
        for outcome in result.of(OURS):
            run = outcome.run
            name = f"{run.kind} {run.instance} within {run.budget:g} s, seed {run.seed}"
            if outcome.evaluated is False:
                found.append(f"{name}: {outcome.error}")
            limit = result.group.peak_megabytes.get(run.instance)
            if limit is not None and (outcome.peak_megabytes or 0) > limit:
                found.append(f"{name}: {outcome.peak_megabytes:.0f} MB of memory, at most {limit:g} allowed")
    return found


def text_of(selection: Selection, results: Sequence[Results], picture: str, level: int = 2) -> str:
    """Return the report in Markdown.

    Parameters
    ----------
    selection, results
        What was measured.
    picture
        Where the picture is, seen from the report.
    level
        Of the headings.
    """
    outcomes = measured(selection, results)
    verdicts = [outcome.evaluated for outcome in outcomes if outcome.evaluated is not None]
    lines = [
        *provenance(selection, outcomes),
        f"- PyVRP, reading files and answers on its own, finds {verdicts.count(True)} of {len(verdicts)} answers of "
        "Routewright feasible and of exactly the stated cost.",
        *(f"- **{fault}**" for fault in faults(selection, results)),
        "",
        f"![Gap to the best known over time, per class and size]({picture})",
        "",
        "Dots are runs within one budget, hollow where some had no answer; the full line is the course of the longest "
        "runs of Routewright. Time is on a logarithmic scale, the gap on one of square roots.",
    ]
    for heading, table in sections(selection, results):
        lines += ["", f"{'#' * level} {heading}", "", table]
    return "\n".join(lines) + "\n"


def provenance(selection: Selection, outcomes: Sequence[Outcome]) -> list[str]:
    """Return when, where, with what and by which rules was measured, as lines of a list."""
    days = sorted({outcome.date for outcome in outcomes})
    machines = sorted({outcome.machine for outcome in outcomes})
    engines = sorted({outcome.run.version for outcome in outcomes if outcome.run.solver == OURS})
    versions = sorted({outcome.run.version for outcome in outcomes if outcome.run.solver != OURS})
    present = {outcome.run.solver for outcome in outcomes}
    cores = [f"{peer.title} {peer.cores}" for peer in selection.peers.values() if peer.name in present]
    return [
        f"- Measured {' to '.join(dict.fromkeys([days[0], days[-1]]))} on {'; '.join(machines)}.",
        f"- Engine {', '.join(engines) or 'left out'} (digest of its sources); {', '.join(versions) or 'no peers'}.",
        f"- Seeds {', '.join(map(str, sorted({outcome.run.seed for outcome in outcomes})))}. Routewright searches on "
        f"{selection.threads} threads with nothing beside it. Cores that the peers use: {', '.join(cores) or 'none'}; "
        f"peers of one core ran {max(outcome.at_a_time for outcome in outcomes)} at a time.",
        "- Only the solve call is timed, not starting or reading. A gap is the mean over instances and seeds; where "
        "answers took longer than their budget, the time they took stands with it.",
    ]


def write(selection: Selection, results: Sequence[Results], out: Path) -> Path:
    """Write the report and its picture into a folder, and return the report's path."""
    out.mkdir(parents=True, exist_ok=True)
    (out / PICTURE).write_text(draw(panels(selection, results)), "utf-8")
    path = out / "report.md"
    path.write_text("# Routewright beside its peers\n\n" + text_of(selection, results, PICTURE), "utf-8")
    return path


def into_readme(selection: Selection, results: Sequence[Results], readme: Path, picture: Path) -> None:
    """Write report and picture into the README, between its two comments.

    Parameters
    ----------
    selection, results
        What was measured.
    readme
        The README.
    picture
        Where the picture goes; somewhere under the README's folder.

    Raises
    ------
    MeasurementError
        If the README does not have the two comments.
    """
    whole = readme.read_text("utf-8")
    before, begin, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise MeasurementError(f"{readme.name} has no {BEGIN} … {END}")
    text = text_of(selection, results, picture.relative_to(readme.parent).as_posix(), level=3)
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(draw(panels(selection, results)), "utf-8")
    readme.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", "utf-8")

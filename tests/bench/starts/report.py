"""Put tables and picture together: the report on ways to start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.peers.errors import MeasurementError
from tests.bench.starts.comparison import FEWEST, RESAMPLES, blocks_of, pooled
from tests.bench.starts.figure import draw
from tests.bench.starts.rows import MOST, Row
from tests.bench.starts.tables import EARLY, anytime, first_plans, shortfalls

PICTURE = "starts.svg"


def text_of(rows: Sequence[Row], picture: str) -> str:
    """Return the report in Markdown.

    Parameters
    ----------
    rows
        What was measured, all of one version.
    picture
        Where the picture is, seen from the report.
    """
    blocks = blocks_of(rows)
    short = list(shortfalls(blocks))
    lines = [
        "# Ways to start",
        "",
        *_provenance(rows),
        "",
        f"![Gap to the best known over time, by what built the first plans]({picture})",
        "",
        "Points are runs within one budget, at the mean time that they took; bands are 95 % intervals of the mean.",
        "",
        "## Bars that are missed",
        "",
        f"On days policy has to be better than classical within {EARLY:g} s and may not be significantly worse later; "
        "on instances, all sizes together, auto may not be significantly worse than the better of the two.",
        "",
        *(f"- {one}" for one in short or ["none"]),
        "",
        "## Mean gap by what built the first plans, all sizes together",
        "",
        anytime(pooled(blocks)),
        "",
        "## Mean gap by what built the first plans",
        "",
        anytime(blocks),
        "",
        "## First plans",
        "",
        first_plans(blocks),
        "",
    ]
    return "\n".join(lines)


def _provenance(rows: Sequence[Row]) -> Iterator[str]:
    days, machines = sorted({row.date for row in rows}), sorted({row.machine for row in rows})
    seeds = sorted({row.run.seed for row in rows})
    yield f"- Measured {' to '.join(dict.fromkeys([days[0], days[-1]]))} on {'; '.join(machines)}."
    yield (
        f"- Engine and policy {rows[0].run.version} (digest), {rows[0].run.threads} threads, nothing beside them; "
        f"seeds {', '.join(map(str, seeds))}, all starts of a problem, budget and seed one after the other."
    )
    yield (
        "- A gap is the mean over problems, of each the mean over seeds, to the best cost that any of these runs found "
        "or that is published. A required client that is left out costs what its absence costs the search, which is "
        f"more than any detour; no gap counts more than {MOST:g} %, and an answer that breaks another rule counts that."
    )
    yield (
        "- Differences are paired: of each problem the one gap less the other, with the 95 % interval of their mean by "
        f"a bootstrap of {RESAMPLES:,} resamples over problems, from {FEWEST} problems on; bold where it does not hold "
        "zero. *Better : worse* counts problems."
    )


def write(rows: Sequence[Row], out: Path) -> Path:
    """Write the report and its picture into a folder, and return the report's path.

    Raises
    ------
    MeasurementError
        If nothing has been measured from every start.
    """
    blocks = blocks_of(rows)
    if not blocks:
        raise MeasurementError("nothing has been measured yet, expected solves of python -m tests.bench.starts anytime")
    out.mkdir(parents=True, exist_ok=True)
    (out / PICTURE).write_text(draw(blocks), "utf-8")
    path = out / "report.md"
    path.write_text(text_of(rows, PICTURE), "utf-8")
    return path

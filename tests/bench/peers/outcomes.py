"""What runs came to, and the file that keeps them, so that a measurement can be cut and continued."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from os import SEEK_END
from pathlib import Path

from tests.bench.peers.selection import Run


@dataclass(frozen=True)
class Outcome:
    """What one run came to.

    Parameters
    ----------
    run
        Which one.
    date, machine
        When and where.
    cost
        Of the answer, in the units of the instance; None where there is no feasible one.
    best_known
        The best-known cost, in the same units.
    seconds
        What the solve call took.
    error
        Why there is no answer, or why it is not believed; empty otherwise.
    evaluated
        Whether PyVRP found ours feasible and of this cost; None where it was not asked.
    first_feasible_seconds, trace
        When ours had a feasible answer, and its cost over time as ``(seconds, cost)``.
    peak_megabytes
        The most memory that the process held.
    at_a_time
        How many runs the machine had to do at once, at most.
    """

    run: Run
    date: str = ""
    machine: str = ""
    cost: float | None = None
    best_known: float | None = None
    seconds: float | None = None
    error: str = ""
    evaluated: bool | None = None
    first_feasible_seconds: float | None = None
    peak_megabytes: float | None = None
    trace: tuple[tuple[float, float | None], ...] = ()
    at_a_time: int = 1

    @property
    def gap(self) -> float | None:
        """Percent above the best-known cost; None where one of the two is missing."""
        return None if self.cost is None else self.gap_of(self.cost)

    def gap_of(self, cost: float) -> float | None:
        """Return how many percent a cost lies above the best-known one."""
        return 100 * (cost / self.best_known - 1) if self.best_known else None


def as_line(outcome: Outcome) -> str:
    """Return an outcome as a line of JSON, without what it does not have."""
    row = asdict(outcome)
    return json.dumps(row.pop("run") | {key: value for key, value in row.items() if value not in (None, "", ())})


def from_line(line: str) -> Outcome:
    """Read a line again.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is not a whole one.
    """
    row = json.loads(line)
    run = Run(**{key: row.pop(key) for key in Run.__dataclass_fields__})
    trace = tuple((seconds, cost) for seconds, cost in row.pop("trace", ()))
    return Outcome(run, trace=trace, **row)


class Lines:
    """A file of lines that only grows, so that a measurement can be cut and continued.

    Parameters
    ----------
    path
        The file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = path.read_text("utf-8").splitlines() if path.exists() else []

    def append(self, lines: Iterable[str]) -> None:
        """Append lines, to the file at once."""
        added = list(lines)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as file:
            if file.seek(0, SEEK_END):
                file.seek(-1, SEEK_END)
                if file.read() != b"\n":
                    file.write(b"\n")  # the last line was cut: it must not swallow the next
            file.write("".join(f"{line}\n" for line in added).encode())
        self.lines += added


class Record(Lines):
    """The file of all runs so far, a line each; of two runs of the same the later one counts."""

    def outcomes(self) -> list[Outcome]:
        """Return the latest outcome of every run, whatever the version; a line that was cut is skipped."""
        latest: dict[tuple[object, ...], Outcome] = {}
        for line in self.lines:
            try:
                outcome = from_line(line)
            except (ValueError, KeyError, TypeError):
                continue
            run = outcome.run
            latest[run.kind, run.instance, run.solver, run.budget, run.seed] = outcome
        return list(latest.values())

    def missing(self, runs: Iterable[Run]) -> list[Run]:
        """Return those of some runs that have no outcome yet, with the version that they name."""
        done = {outcome.run for outcome in self.outcomes()}
        return [run for run in runs if run not in done]

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Append outcomes, to the file at once."""
        self.append(as_line(outcome) for outcome in outcomes)

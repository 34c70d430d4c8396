"""Run a peer in a process of its own, which is killed when it does not answer."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

GRACE = 20
"""Seconds past its budget after which a peer is killed."""

READING = 300
"""Seconds that a peer may take to read an instance and make its model of it."""

SCRIPTS = Path(__file__).with_name("in_environment")


def measure(
    python: Path, peer: str, path: Path, budget: float, seed: int, *, script: Path = SCRIPTS / "solve_with_peer.py"
) -> dict[str, Any]:
    """Solve an instance with a peer.

    Parameters
    ----------
    python
        The interpreter of the peer's environment.
    peer
        Its name in ``solve_with_peer.py``.
    path
        The instance; its folder is its kind.
    budget
        Seconds.
    seed
        Of the search.
    script
        What is run.

    Returns
    -------
    dict
        ``cost``, ``seconds`` and ``peak_megabytes``, or ``error``.
    """
    command = [str(python), str(script), peer, str(path), path.parent.name, f"{budget:g}", str(seed)]
    late: list[str] = []
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        assert process.stdout is not None
        with _killed_after(READING, process, lambda: late.append(f"not ready within {READING} s")):
            begun = process.stdout.readline()
        with _killed_after(budget + GRACE, process, lambda: late.append(f"no answer {GRACE} s past its budget")):
            answer = process.stdout.readline() if begun else ""
            process.wait()
        errors.seek(0)
        said = errors.read().strip().splitlines()
    if answer:
        return dict(json.loads(answer))
    reasons = [*late, *said[-1:], f"left with {process.returncode}"]
    return {"error": reasons[0][:200]}


@contextmanager
def _killed_after(seconds: float, process: subprocess.Popen[str], tell: Callable[[], object]) -> Iterator[None]:
    def kill() -> None:
        tell()
        process.kill()

    timer = Timer(seconds, kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def evaluate(python: Path, instances: Path, solutions: list[Path]) -> dict[Path, list[str]]:
    """Let PyVRP judge solutions of ours.

    Parameters
    ----------
    python
        The interpreter of an environment with PyVRP.
    instances
        Folder of instances.
    solutions
        Files as ``KIND/NAME-BUDGETs.sol``.

    Returns
    -------
    dict
        What it has to say against each; empty where it agrees. One that it said nothing of has that as its fault.
    """
    if not solutions:
        return {}
    command = [str(python), str(SCRIPTS / "evaluate_with_pyvrp.py"), "--instances", str(instances)]
    done = subprocess.run([*command, *map(str, solutions)], capture_output=True, text=True, check=False)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    found = {Path(row["solution"]): list(row["faults"]) for row in rows}
    return {path: found.get(path, ["PyVRP did not evaluate it"]) for path in solutions}

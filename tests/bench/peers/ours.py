"""Run our own engine: one process per instance and seed, so that the memory it takes is that instance's."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import solver
from solver.policy.shipped import load_policy
from solver.policy.weights import WeightsError

GRACE = 120
"""Seconds beyond its budgets after which the process is killed: it loads kernels, reads the file, and checks."""


POLICY = {"decoder", "encoder", "environment", "features", "kernel", "layout", "options", "plans"}
POLICY |= {"own", "rollout", "shipped", "weights", "world"}
"""Modules of `solver.policy` that a solve runs through; the others teach it."""


def version() -> str:
    """Return a digest of what decides over an answer: reading a file, searching, and the policy with its weights."""
    root = Path(solver.__file__).parent
    digest = hashlib.sha256()
    for part in ("problem", "instances", "search", "genetic", "policy"):
        for source in sorted((root / part).glob("*.py")):
            if part != "policy" or source.stem in POLICY:
                digest.update(source.read_bytes())
    with suppress(WeightsError):  # without weights every start is classical
        for array in load_policy().values():
            digest.update(array.tobytes())
    return digest.hexdigest()[:8]


def warm() -> None:
    """Compile the kernels, unless they are kept: neither time nor memory of that is part of a run."""
    subprocess.run([sys.executable, "-m", "solver", "warm"], check=True, stdout=subprocess.DEVNULL)


def measure(path: Path, budgets: Sequence[float], seed: int, threads: int, solutions: Path) -> list[dict[str, Any]]:
    """Solve an instance within each budget.

    Parameters
    ----------
    path
        The instance.
    budgets
        Seconds, in the order in which they are run; memory is the most so far, so the smallest comes first.
    seed, threads
        Of the search.
    solutions
        Where solutions are written, as ``KIND/NAME-BUDGETs.sol``.

    Returns
    -------
    list of dict
        What ``python -m solver bench`` prints for each budget, or ``error``.
    """
    command = [sys.executable, "-m", "solver", "bench", str(path), "--trace", "--solutions", str(solutions)]
    command += ["--seconds", ",".join(f"{budget:g}" for budget in budgets)]
    command += ["--seed", str(seed), "--threads", str(threads)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=sum(budgets) + GRACE, check=False)
        said, out = done.stderr.strip(), done.stdout
    except subprocess.TimeoutExpired as late:
        said = f"killed {GRACE} s past its budget"
        out = late.stdout.decode() if isinstance(late.stdout, bytes) else ""
    rows = {row["budget"]: row for row in map(json.loads, out.splitlines())}
    error = (said.splitlines() or ["no answer"])[-1].removeprefix(f"{path}: ")
    return [rows.get(budget, {"error": error}) for budget in budgets]

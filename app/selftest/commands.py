"""The commands of the program, as somebody types them: each is the program started once more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.io.document import load_document
from app.plan_files import FORMATS
from app.selftest.benchmarks import SOLOMON, VRPLIB
from app.selftest.handing_out import DOCUMENT
from app.selftest.stage import Stage
from app.selftest.step import StepError, UnavailableError

Facts = Mapping[str, Any]

SECONDS = "0.5"
"""Of a solve of which it counts only that there is one."""

COURSE = ("--rollouts", "64", "--sizes", "20")
"""A course of training that teaches little and takes seconds."""


def solve_sample(stage: Stage) -> Facts:
    """Solve the sample, and write every format there is."""
    folder = _folder(stage, "solved")
    formats = ("--formats", ",".join(FORMATS))
    solved = json.loads(
        _run("solve", str(stage.sample), "--seconds", SECONDS, "--out", str(folder), *formats, "--json")
    )
    missing = [name for name in solved["files"] if not Path(name).stat().st_size]
    if missing or not solved["feasible"]:
        raise StepError(f"the plan is not feasible, or not written: {', '.join(missing)}")
    return {"cost": round(solved["cost"], 2), "files": len(solved["files"])}


def export_document(stage: Stage) -> Facts:
    """Write the manifests of the document that was saved."""
    folder = _folder(stage, "exported")
    _run("export", str(stage.file(DOCUMENT)), "--out", str(folder), "--formats", "pdf")
    return {"bytes": sum(path.stat().st_size for path in folder.iterdir())}


def explain_document(stage: Stage) -> Facts:
    """Ask the document that was saved why somebody is on a vehicle, and what each other one would cost."""
    served = load_document(stage.file(DOCUMENT)).plan.served
    asked = ("--question", "vehicle", "--customer", min(served), "--resolved", "--seconds", SECONDS, "--json")
    answer = json.loads(_run("explain", str(stage.file(DOCUMENT)), *asked))
    return {"title": answer["title"]}


def solve_vrplib(stage: Stage) -> Facts:
    """Solve an instance of a benchmark as VRPLIB has it."""
    return _solve_instance(stage, "tiny.vrp", VRPLIB)


def solve_solomon(stage: Stage) -> Facts:
    """Solve an instance of a benchmark with time windows as Solomon wrote it."""
    return _solve_instance(stage, "tiny.txt", SOLOMON)


def train(stage: Stage) -> Facts:
    """Teach the policy the sample, for some seconds."""
    if find_spec("torch") is None:
        raise UnavailableError("torch does not come with this program, and training needs it")
    folder = _folder(stage, "trained")
    _run("train", str(folder), "--from", str(stage.sample), *COURSE)
    weights = folder / "policy.safetensors"
    if not weights.exists():
        raise StepError("the course left no weights")
    return {"bytes": weights.stat().st_size}


def _solve_instance(stage: Stage, name: str, text: str) -> Facts:
    folder = _folder(stage, name.replace(".", "-"))
    path = folder / name
    path.write_text(text, encoding="ascii")
    solved = json.loads(_run("solve", str(path), "--seconds", SECONDS, "--out", str(folder), "--json"))
    if not solved["feasible"] or solved["unserved"]:
        raise StepError("the plan leaves somebody out, or breaks a rule")
    return {"customers": solved["customers"], "cost": round(solved["cost"], 2)}


def _folder(stage: Stage, name: str) -> Path:
    folder = stage.wish.folder / name
    folder.mkdir()
    return folder


def _program() -> Sequence[str]:
    """Return what starts this program once more."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]


def _run(*arguments: str) -> str:
    """Run a command of the program, and return what it prints.

    Raises
    ------
    StepError
        If its exit code is not 0; with what it said.
    """
    ended = subprocess.run(
        [*_program(), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    if ended.returncode != 0:
        said = " ".join(ended.stderr.split()[-60:])
        raise StepError(f"routewright {arguments[0]} ended with exit code {ended.returncode}: {said}")
    return ended.stdout

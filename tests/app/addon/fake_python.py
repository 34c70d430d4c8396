"""A shell script that passes for a Python: it makes environments whose Python is itself, and installs nothing."""

from __future__ import annotations

import json
from pathlib import Path

from app import __version__

SCRIPT = """#!/bin/sh
# asked as: python -I -c QUESTION | -I -m venv FOLDER | -I -m pip … install … | -I -m solver warm
here=$(dirname "$0")
echo "$@" | head -1 >> '{log}'
case "$2 $3" in
    "-m venv")
        mkdir -p "$4/bin" "$4/lib/python3.11/site-packages" && touch "$4/pyvenv.cfg" && cp "$0" "$4/bin/python" ;;
    "-m pip") {pip} ;;
    "-m solver") {warm} ;;
    *"find_spec"*) echo '[3, {minor}, {venv}]' ;;
    *) {answer} ;;
esac
"""

FACTS = {
    "python": "3.11.9",
    "numpy": "2.4.6",
    "numba": "0.68.1",
    "torch": "2.13.0+cu130",
    "routewright": __version__,
    "gpu": "NVIDIA H100",
    "trouble": "",
}


def make_fake_python(
    folder: Path,
    *,
    minor: int = 11,
    venv: str = "true",
    pip: str = "echo Collecting torch; echo Installed",
    warm: str = "echo kernels ready",
    answer: str = "",
    facts: dict[str, str] | None = None,
) -> Path:
    """Write the script and return its path; what each kind of call does is a line of shell.

    Every call is written into ``calls`` beside it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "python"
    told = answer or f"echo '{json.dumps(FACTS if facts is None else {**FACTS, **facts})}'"
    path.write_text(
        SCRIPT.format(log=folder / "calls", minor=minor, venv=venv, pip=pip, warm=warm, answer=told), encoding="utf-8"
    )
    path.chmod(0o755)
    return path


def calls(python: Path) -> list[str]:
    """Return what the script was called with, a line each."""
    log = python.parent / "calls"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

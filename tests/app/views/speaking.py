"""What the window says in each language: it is asked in a process for each, see `tests.app.views.spoken_window`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
Spoken = dict[str, dict[str, Any]]
"""By language, what `tests.app.views.spoken_window` prints."""


def home_of(folder: Path, language: str) -> dict[str, str]:
    """Return an environment in which a language has been chosen, and nothing else has been set."""
    (folder / "routewright").mkdir()
    (folder / "routewright" / "language").write_text(language, encoding="ascii")
    homes = {f"XDG_{name}_HOME": str(folder) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
    return {**os.environ, "HOME": str(folder), **homes}


def ask_window(folder: Path, language: str) -> dict[str, Any]:
    """Return what the window says in a language; whatever it has to complain about fails the test."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.app.views.spoken_window"],
        cwd=ROOT,
        env=home_of(folder, language),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    complaints = [line for line in run.stderr.splitlines() if not line.startswith("This plugin does not support")]
    assert complaints == []
    said: dict[str, Any] = json.loads(run.stdout)
    return said

"""Virtual environments of the peers, each with its pinned packages, apart from the project's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench.peers.errors import MeasurementError


def interpreter_of(folder: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def ensure(folder: Path, requirements: tuple[str, ...]) -> Path:
    """Make a virtual environment unless it is there with exactly these requirements; return its interpreter.

    Parameters
    ----------
    folder
        Where it is kept.
    requirements
        Packages at exact versions.

    Raises
    ------
    MeasurementError
        If it cannot be made, such as without a network.
    """
    python, stamp = interpreter_of(folder), folder / "requirements.txt"
    wanted = "".join(f"{requirement}\n" for requirement in requirements)
    if python.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return python
    print(f"installing {', '.join(requirements)}", file=sys.stderr, flush=True)
    stamp.unlink(missing_ok=True)
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", "--no-input", *requirements],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip() or "nothing").splitlines()[-1]
            raise MeasurementError(f"{folder}: {', '.join(requirements)} cannot be installed: {said}")
    stamp.write_text(wanted, "utf-8")
    return python

"""Files that the system asks the running program to open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_files_are_opened_and_the_newest_waits_for_the_window() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.app.views.wished_files"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines() == ["before there was a window second.routewright", "afterwards third.routewright"]
    assert done.returncode == 0, done.stderr

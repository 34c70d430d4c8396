"""``python -m app.offscreen``: solve the sample scenario through the real window, offscreen, and write what came out.

Exit code 0 when all went well, 1 when anything failed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Parameters
    ----------
    arguments
        The command line without the program's name; the process's own when None.
    """
    parser = argparse.ArgumentParser(
        prog="python -m app.offscreen", description="Solve the sample scenario in the window, without a display."
    )
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="where to write (default: out)")
    parser.add_argument("--seconds", type=float, help="time limit of the solve (default: the scenario's own)")
    chosen = parser.parse_args(arguments)
    if chosen.seconds is not None and not 0 < chosen.seconds <= 3600:
        parser.error("--seconds: expected more than 0 and at most 3600")
    # Qt reads it when it is loaded; without a display it would otherwise end the process.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.offscreen.run import run

    return run(chosen.out, chosen.seconds)


if __name__ == "__main__":
    sys.exit(main())

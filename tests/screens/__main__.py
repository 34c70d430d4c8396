"""``python -m tests.screens DOCUMENT OUT``: every screen in light and dark, at two sizes of the window.

DOCUMENT should hold a plan with locks, somebody left out and a second variant, or else some screens show little.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SIZES = ((1280, 800), (2560, 1440))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pictures and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description="Take pictures of every screen.")
    parser.add_argument("document", type=Path, help="what the window shows")
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--only", default="", metavar="TEXT", help="take those with this in their names")
    parser.add_argument("--language", default="en", metavar="CODE", help="of the window (default: en)")
    chosen = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.language import use_language

    use_language(chosen.language)
    from app.views.colours import Appearance
    from tests.screens.camera import take

    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="routewright-screens-") as home:
        os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
        for appearance in (Appearance.LIGHT, Appearance.DARK):
            for size in SIZES:
                take(chosen.document, chosen.out, appearance, size, chosen.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""From starting ``python -m app`` to a window that can be used.

``python -m tests.bench.bench_start`` prints one JSON object per start: milliseconds since the process was started, and
the processor time spent until then, which is the fairer figure on a machine with other work to do. ``painted`` is the
first painting of the map, ``opened`` the first painting of the map with the sample on it. The first start of all has to
compile the sources and is printed as ``cold``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STARTS = 4
BEGAN = "ROUTEWRIGHT_BENCH_START"
"""Variable with the time at which the process was started; both processes read the same clock."""


def starts(times: int = STARTS) -> list[dict[str, float]]:
    """Start the program once more than asked for, and return the figures of each start, the cold one first."""
    with tempfile.TemporaryDirectory(prefix="routewright-") as folder:
        return [_start(Path(folder), number) for number in range(times + 1)]


def _start(folder: Path, number: int) -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "XDG_CONFIG_HOME": str(folder / f"home{number}"),  # nobody has used the program before
        BEGAN: repr(_now()),
    }
    command = [sys.executable, "-m", "tests.bench.bench_start", "child"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _now() -> float:
    return time.monotonic()


def _child() -> None:
    """Start as the program does, and note when its map has been painted."""
    from app.__main__ import main

    began = float(os.environ[BEGAN])
    figures: dict[str, float] = {}

    def note(name: str) -> None:
        if name not in figures:
            figures[name] = round((_now() - began) * 1000, 1)
            figures[f"{name}_cpu"] = round(time.process_time() * 1000, 1)

    def watch() -> None:
        from app.map.canvas import Canvas
        from app.views.main_window import MainWindow

        paint = Canvas.paintEvent

        def paint_and_note(canvas: Canvas, event: object) -> None:
            paint(canvas, event)
            window = canvas.window()
            assert isinstance(window, MainWindow)
            note("painted")
            if window.session.scenario.customers:
                note("opened")
                print(json.dumps(figures), flush=True)
                window.end()

        Canvas.paintEvent = paint_and_note

    # Nothing may be imported before the program does it, for the order matters; the first resource is needed when all
    # is imported and nothing is shown.
    import app.resources

    resource = app.resources.resource

    def resource_and_watch(name: str) -> Path:
        if "app.map.canvas" in sys.modules and BEGAN in os.environ:
            del os.environ[BEGAN]
            watch()
        return resource(name)

    app.resources.resource = resource_and_watch
    main([])


def test_bench_start() -> None:
    best = min(starts(3)[1:], key=lambda figures: figures["painted"])
    assert best["painted"] <= 2000
    assert best["opened"] <= 2500


if __name__ == "__main__":
    if sys.argv[1:] == ["child"]:
        _child()
    else:
        for order, one in enumerate(starts()):
            print("warm" if order else "cold", json.dumps(one), flush=True)

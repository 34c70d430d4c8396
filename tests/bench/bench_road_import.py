"""What the import of a road network takes: time, memory, and room on the disk.

``python -m tests.bench.bench_road_import [--copies N] [extract ...]`` prints one JSON object for each extract of the
folder of extracts (`tests.published.roads_folder`), all of them unless some are named. ``--copies`` makes a large file
of so many copies of each first; with 760 of Liechtenstein it has a thousand million bytes. ``memory_mb`` is the most
that the import's process held at once, and ``seconds`` and ``processor_seconds`` are of all that it does.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from solver.roads.import_process import serve
from solver.roads.order import order_beside
from tests.bench.large_map import write_copies
from tests.published import roads_folder


def imported(path: Path) -> dict[str, object]:
    """Import a file as the window does, in a process of its own, and return the figures."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(prefix="routewright-") as folder:
        target = Path(folder) / "network.npz"
        start = time.perf_counter()
        process = context.Process(target=_measured, args=(there, str(path), str(target)))
        process.start()
        there.close()
        stages: dict[str, float] = {}
        found: dict[str, object] = {}
        while True:
            try:
                message = json.loads(here.recv_bytes())
            except EOFError:
                break
            if "stage" in message:
                stages.setdefault(message["stage"], round(time.perf_counter() - start, 1))
            else:
                found |= message.get("summary", message)
        process.join()
        sizes = {"network": target, "order": order_beside(target)}
        return {
            "file": path.name,
            "file_mb": round(path.stat().st_size / 1e6, 2),
            "seconds": round(time.perf_counter() - start, 2),
            "stages_from": stages,
            **{f"{name}_mb": round(one.stat().st_size / 1e6, 2) for name, one in sizes.items() if one.exists()},
            **found,
        }


def _measured(connection: Connection, path: str, target: str) -> None:
    serve(connection, path, None, target)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    figures = {"memory_mb": round(most / 1e6), "processor_seconds": round(time.process_time(), 2)}
    connection.send_bytes(json.dumps(figures).encode())


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("extract", nargs="*")
    chosen = parser.parse_args()
    for path in sorted(roads_folder().glob("*.osm.pbf")):
        if chosen.extract and path.name.removesuffix(".osm.pbf") not in chosen.extract:
            continue
        if not chosen.copies:
            print(json.dumps(imported(path)))
            continue
        with tempfile.TemporaryDirectory(prefix="routewright-") as folder:
            large = Path(folder) / f"{chosen.copies}-{path.name}"
            write_copies(path, large, chosen.copies)
            print(json.dumps(imported(large)))


if __name__ == "__main__":
    main()

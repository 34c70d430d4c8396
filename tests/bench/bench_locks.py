"""What locks take among ten thousand customers, in the real window.

``python -m tests.bench.bench_locks`` prints one JSON object: milliseconds, median and 95th percentile, of processor
time that the window's thread spends, and on the clock. ``lock`` is one stop that is locked and ``all`` every stop at
once, from the command until the map shows it; ``figures`` is what follows until lists and figures do. ``select`` is a
click on one of ten thousand locked stops; ``pan`` is a frame of the map with as many signs in view as it draws, and
``plain`` the same without locks.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


from app.map.lock_layer import SIGNED_IN_VIEW
from tests.bench.desk import crowded_window, summary

TIMES = 9


def measure(stops: int = 10_000, routes: int = 500) -> dict[str, object]:
    """Return the figures."""
    with crowded_window(stops, routes) as (app, window):
        actions, customers = window.actions_by_name, list(window.session.scenario.customers)

        def settle() -> None:
            """Wait until the figures of the last edit are shown."""
            app.processEvents()
            while window.controller.evaluations.busy:
                app.processEvents()
                time.sleep(0.001)
            app.processEvents()

        def spent(do: Callable[[], object], after: Callable[[], object] = app.processEvents) -> tuple[float, float]:
            began, busy = time.perf_counter(), time.thread_time()
            do()
            after()
            return 1000 * (time.thread_time() - busy), 1000 * (time.perf_counter() - began)

        def paint() -> None:
            app.processEvents()
            window.map.viewport.repaint()

        def pan(name: str) -> None:
            for dx in (3, -3, 3, -3):
                found[name].append(spent(partial(window.map.canvas.pan, dx, 0), paint))

        settle()
        found: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for turn in range(TIMES):
            window.selection.set_ids("customers", [customers[turn]])
            found["lock"].append(spent(actions["lock_vehicle"].trigger, paint))
            settle()
            window.selection.set_ids("routes", [route.id for route in window.session.plan.routes[:routes]])
            found["all"].append(spent(actions["lock_place"].trigger, paint))
            found["figures"].append(spent(settle))
            found["select"].append(spent(partial(window.selection.set_ids, "customers", [customers[-1 - turn]])))
            window.map.fit()
            while not len(window.map.canvas.locks.in_view()):
                window.map.canvas.zoom(1.2)
                paint()
            pan("pan")
            actions["unlock_all"].trigger()
            settle()
            pan("plain")
        window.session.stack.setClean()
    return {
        "stops": stops,
        "signs": SIGNED_IN_VIEW,
        **{
            name: {"thread": summary([one for one, _ in spans]), "clock": summary([one for _, one in spans])}
            for name, spans in found.items()
        },
    }


def main() -> None:
    """Print the figures."""
    print(json.dumps(measure(), indent=2))


if __name__ == "__main__":
    main()

"""How much memory this process has held at most."""

from __future__ import annotations

import sys


def peak_megabytes() -> float | None:
    """Return the peak of resident memory since the process began, in millions of bytes; None where no system tells."""
    if sys.platform == "win32":
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)

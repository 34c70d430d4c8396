"""Clears away kernels that were compiled for programs which nobody uses any more.

Every edition of the kernels has a folder of its own beside the others, of some hundred megabytes, and each update and
each change of a kernel leaves another one behind.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from solver.kernel_cache import VARIABLE, kernels_folder

DAY = 24 * 3600.0

UNUSED = 30 * DAY
"""Seconds after which an edition goes that was not used."""

MOST, SPARED = 10, 2 * DAY
"""How many editions stay at most, but for those used in the last so many seconds."""

_GOING = ".going"
"""Behind the name of an edition while it is removed: nobody finds half of it."""


def tidy_kernels() -> None:
    """Remove editions that are not used any more; call it when that in use is complete.

    Nothing is removed where the user has named a folder, or where kernels are kept in a temporary one.
    """
    used, root = Path(os.environ.get(VARIABLE, "")), kernels_folder()
    if used.parent != root:
        return
    with suppress(OSError):
        others = [one for one in root.iterdir() if one != used and one.is_dir()]
        newest_first = sorted(((_last_use(one), one) for one in others), reverse=True)
        for place, (when, folder) in enumerate(newest_first, start=2):
            idle = time.time() - when
            if idle > UNUSED or (place > MOST and idle > SPARED) or folder.name.endswith(_GOING):
                _remove(folder)


def _last_use(folder: Path) -> float:
    """Return when an edition was used last, seconds since the epoch.

    `use_kernel_cache` notes it; of programs before that it can be told by their reading of files, where the disk keeps
    account of that.
    """
    times = [folder.stat().st_mtime]
    for file in folder.rglob("*.nbi"):
        with suppress(OSError):
            found = file.stat()
            times += found.st_mtime, found.st_atime
    return max(times)


def _remove(folder: Path) -> None:
    going = folder if folder.name.endswith(_GOING) else folder.with_name(f"{folder.name}{_GOING}")
    with suppress(OSError):  # on Windows a folder stays while somebody has a file of it open
        folder.rename(going)
        shutil.rmtree(going, ignore_errors=True)

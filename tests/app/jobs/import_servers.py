"""What stands in for the import's process in the tests of the window's side."""

from __future__ import annotations

import errno
import json
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path


def never_ends(connection: Connection, path: str, bounds: object, target: str) -> None:
    """Tell of some progress, leave half a file, and go on for ever."""
    Path(target).write_bytes(b"half")
    connection.send_bytes(json.dumps({"share": 0.25, "stage": "ways"}).encode())
    while True:
        time.sleep(0.05)


def dies(connection: Connection, path: str, bounds: object, target: str) -> None:
    """End without a word, as a process does for which there is no memory."""
    Path(target).write_bytes(b"half")
    os._exit(137)


def finds_the_disk_full(connection: Connection, path: str, bounds: object, target: str) -> None:
    """Say that the disk is full."""
    connection.send_bytes(json.dumps({"write": errno.ENOSPC}).encode())

"""Courses of a self-test that a spawned process can import by name."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing.connection import Connection

from app.selftest.told import Began, Done, Over
from app.selftest.wish import Wish


def fine(connection: Connection, _: Wish) -> None:
    connection.send(Began("one"))
    connection.send(Done("one", 0.5, {"answer": 42}))
    connection.send(Over())


def dying(connection: Connection, _: Wish) -> None:
    connection.send(Began("one"))
    connection.send(Done("one", 0.5, {}))
    connection.send(Began("two"))
    os._exit(3)


def aborting(connection: Connection, _: Wish) -> None:
    """End as Qt does where it finds no platform to draw on."""
    connection.send(Began("two"))
    os.abort()


def dying_late(connection: Connection, wish: Wish) -> None:
    fine(connection, wish)
    os._exit(4)


def hanging(connection: Connection, wish: Wish) -> None:
    """Start another process, write down which, and hang."""
    os.setpgid(0, 0)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (wish.folder / "child").write_text(str(child.pid))
    connection.send(Began("two"))
    time.sleep(600)

"""Garbage is collected, and in the window's thread."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.views.garbage import GarbageCollector


class Cycle(QObject):
    """Refers to itself, and notes in which thread it is taken apart."""

    def __init__(self, ends: list[int]) -> None:
        super().__init__()
        self.me = self
        weakref.finalize(self, lambda: ends.append(threading.get_ident()))


def test_a_cycle_made_here_ends_here_whatever_another_thread_allocates(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    assert not gc.isenabled()
    ends: list[int] = []
    Cycle(ends)
    thread = threading.Thread(target=lambda: [[number] for number in range(100_000)])
    thread.start()
    thread.join()
    assert not ends
    qtbot.waitUntil(lambda: bool(ends), timeout=20_000)
    assert ends == [threading.get_ident()]
    collector.close()


def test_afterwards_it_is_as_before(qtbot: QtBot) -> None:
    gc.enable()
    GarbageCollector().close()
    assert gc.isenabled()
    gc.disable()
    GarbageCollector().close()
    assert not gc.isenabled()

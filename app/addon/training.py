"""Training on a graphics card from a program whose own torch knows none: the whole command runs in the add-on."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.addon.foreign_python import ISOLATED, foreign_environment
from app.addon.probe import Addon
from app.edition import edition

CARDS = "cuda"
"""How devices are called that the add-on is for."""


def wants_addon(device: str) -> bool:
    """Return whether a device is one that this program's torch cannot use.

    A packaged program has a torch for the processor. Elsewhere torch is asked, and loading it takes seconds.

    Parameters
    ----------
    device
        As torch names it, such as ``cuda:1``.
    """
    if device.partition(":")[0] != CARDS:
        return False
    if edition().packaged:
        return True
    try:
        import torch
    except ImportError:
        return True
    return not torch.cuda.is_available()


def is_here(addon: Addon) -> bool:
    """Return whether this process is one of the add-on."""
    return Path(sys.prefix).resolve() == addon.folder.resolve()


def train_there(addon: Addon, arguments: Sequence[str]) -> int:
    """Run ``train`` in an add-on, with this process's terminal, and return its exit code.

    Parameters
    ----------
    addon
        One that is ready.
    arguments
        What stands behind ``train``.
    """
    command = [str(addon.python), ISOLATED, "-m", "app", "train", *arguments]
    with subprocess.Popen(command, env=foreign_environment()) as process, _ended_together(process):
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # it heard the same Ctrl-C, and keeps what it has learned before it ends


@contextmanager
def _ended_together(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Pass on the request to end; Ctrl-C reaches both processes by itself."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

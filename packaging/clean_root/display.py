"""A screen outside the root, and the hands of somebody who sits before it."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from clean_root.picture import colours_of, png_of

SIZE = "1280x800x24"
PAINTED = 100
"""Colours that a screen shows at least once a window is on it: smooth text alone has more."""

_POLL = 0.02
_STEADY = 1.5


class TooLateError(Exception):
    """What was waited for did not happen in time."""


class Display:
    """A screen of Xvfb. The program reaches it by a socket; nothing has to be installed in the root for it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="screen-")
        where = ["-screen", "0", SIZE, "-fbdir", self._folder.name, "-nolisten", "tcp", "-noreset", "-ac"]
        with tempfile.TemporaryFile() as told:
            self._server = subprocess.Popen(
                ["Xvfb", "-displayfd", str(told.fileno()), *where],
                pass_fds=[told.fileno()],
                stderr=subprocess.DEVNULL,
            )

            def number() -> str:
                told.seek(0)
                return told.read().decode().strip()

            self.name = f":{until(number, 20, 'a screen of Xvfb')}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()
        self._folder.cleanup()

    def window(self, title: str, limit: float = 60) -> str:
        """Return the number of a window once it is there.

        Parameters
        ----------
        title
            A regular expression for it.
        limit
            Seconds to wait.
        """
        return until(lambda: self._found(title), limit, f"a window called {title}")

    def has(self, title: str) -> bool:
        """Whether there is such a window now."""
        return bool(self._found(title))

    def press(self, window: str, *keys: str) -> None:
        """Press keys, as in ``ctrl+s``, in a window. Nobody manages windows here, so it is given the focus first."""
        self._do("windowfocus", window)
        time.sleep(0.2)
        for key in keys:
            self._do("key", "--clearmodifiers", key)
            time.sleep(0.3)

    def write(self, window: str, text: str) -> None:
        """Type a text into a window."""
        self._do("windowfocus", window)
        time.sleep(0.2)
        self._do("type", "--delay", "20", text)

    def wait_painted(self, limit: float = 60) -> None:
        """Wait until a window can be seen."""
        until(lambda: colours_of(self._dump()) >= PAINTED, limit, "a painted window")

    def wait_steady(self, limit: float = 60) -> None:
        """Wait until the screen shows the same for a while."""
        before, since = self._dump(), time.monotonic()
        end = since + limit
        while time.monotonic() - since < _STEADY:
            if time.monotonic() > end:
                raise TooLateError(f"the screen did not come to rest within {limit:.0f} s")
            time.sleep(0.25)
            now = self._dump()
            if now != before:
                before, since = now, time.monotonic()

    def save(self, path: Path) -> None:
        """Save what the screen shows as a PNG."""
        path.write_bytes(png_of(self._dump()))

    def _found(self, title: str) -> str:
        said = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title],
            check=False,
            capture_output=True,
            text=True,
            env=self._environment(),
        )
        return (said.stdout.split() or [""])[-1]

    def _do(self, *command: str) -> None:
        subprocess.run(["xdotool", *command], check=True, env=self._environment(), stdout=subprocess.DEVNULL)

    def _dump(self) -> bytes:
        """Return what the screen shows, as xwd would write it: its memory lies in a file of that form."""
        return Path(self._folder.name, "Xvfb_screen0").read_bytes()

    def _environment(self) -> dict[str, str]:
        return os.environ | {"DISPLAY": self.name}


def until(look: Callable[[], str | bool], limit: float, awaited: str) -> str:
    """Look again and again until something is there, and return it.

    Parameters
    ----------
    look
        Returns what is looked for, or something that is not true.
    limit
        Seconds to wait.
    awaited
        What is looked for, for the error.

    Raises
    ------
    TooLateError
        If it is not there in time.
    """
    end = time.monotonic() + limit
    while not (found := look()):
        if time.monotonic() > end:
            raise TooLateError(f"{awaited} was not there within {limit:.0f} s")
        time.sleep(_POLL)
    return str(found)

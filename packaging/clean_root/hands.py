"""What somebody does with the program in a window, by the keys."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clean_root.display import Display, TooLateError, until
from clean_root.root import CleanRoot, Person

SAMPLE = "/opt/routewright/_internal/app/_resources/samples/helsinki-centre"
MAIN = "— Routewright$"
SAVE_DIALOG = "^Save As$"

_START, _SEARCH, _END = 60, 90, 30


@contextmanager
def program(root: CleanRoot, display: Display, person: Person, *arguments: str) -> Iterator[str]:
    """Open the window, and yield its number; at the end it is quit, or ended where it does not.

    Parameters
    ----------
    root, display, person
        Where, on which screen, and who.
    arguments
        Of the command.
    """
    process = root.start("routewright", *arguments, person=person, display=display.name)
    try:
        window = display.window(MAIN, _START)
        display.wait_painted()
        display.wait_steady()
        yield window
        if process.poll() is None:
            display.press(window, "ctrl+q")
            process.wait(_END)
    except (TooLateError, subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        process.kill()
        raise TooLateError(f"{error}; the program said: {process.communicate()[1][-2000:] or 'nothing'}") from error
    finally:
        process.kill()
        process.wait()


def own_sample(root: CleanRoot, person: Person) -> str:
    """Give somebody a sample of their own, and return its folder: what is opened there is saved beside it."""
    folder = f"{person.home}/sample"
    root.run("cp", "-r", SAMPLE, folder, person=person)
    return folder


def solve(display: Display, window: str) -> None:
    """Solve what is open, and wait until the search has ended."""
    display.press(window, "F5")
    display.wait_steady(_SEARCH)


def save_as(display: Display, window: str, home: Path, name: str) -> Path:
    """Save what is open under a name that has no file yet, and return the file.

    Parameters
    ----------
    display, window
        Where the program is.
    home
        The person's folder, seen from here; the file lies in it or below.
    name
        Of the file.
    """
    display.press(window, "ctrl+shift+s")
    dialog = display.window(SAVE_DIALOG, _END)
    display.press(dialog, "ctrl+a")
    display.write(dialog, name)
    display.press(dialog, "Return")
    until(lambda: any(home.rglob(name)), _END, f"the file {name}")
    until(lambda: not display.has(SAVE_DIALOG), _END, "the end of the dialog")
    display.wait_steady()
    return next(home.rglob(name))

"""A trial on a disk that is full to the last byte: everything says so, and nothing is lost."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from clean_root.display import Display
from clean_root.first_steps import DAY, export
from clean_root.hands import program, solve
from clean_root.report import Finding
from clean_root.root import CleanRoot, Person, Said

_MEGABYTES = 96
_BLOCK = 1 << 16
_SAVE = "ctrl+s"
_COPY = "ctrl+shift+d"


def full_disk(root: CleanRoot, display: Display, person: Person, day: Path, out: Path) -> Finding:
    """Edit and save a document on a full disk, make room, and save it again.

    Parameters
    ----------
    root, display, person
        Where, on which screen, and who.
    day
        A document with a plan, below the person's home.
    out
        Folder for pictures.
    """
    found = Finding("a full disk: clear words, nothing lost")
    named = day.relative_to(root.path(person.home))
    disk = root.small_disk(person.home, _MEGABYTES, person)
    document = disk / named
    inside = f"{person.home}/{named}"
    before = _digest(document)
    with program(root, display, person, inside) as window:
        solve_again(display, window)
        filling = fill(disk)
        display.press(window, _SAVE)
        display.wait_steady()
        display.save(out / "window-full-disk.png")
        found.expect(_digest(document) == before, f"{DAY} is what it was before, to the byte")
        found.expect(display.has(""), "the window is still there; window-full-disk.png shows what it says")
        _say_of_commands(root, person, inside, found)
        filling.unlink()
        display.press(window, "Escape")  # the message, if it is one that has to be answered
        display.press(window, _SAVE)
        display.wait_steady()
        display.save(out / "window-room-again.png")
        found.expect(_digest(document) != before, "with room again, what was edited meanwhile is saved")
    exported = export(root, person, document)
    found.expect(exported.code == 0, f"and it is whole: {(exported.out + exported.err).strip()}")
    litter = [path.name for path in document.parent.iterdir() if ".tmp" in path.name or path.name.startswith(f".{DAY}")]
    found.expect(not litter, f"nothing half written lies beside it{': ' if litter else ''}{', '.join(litter)}")
    return found


def solve_again(display: Display, window: str) -> None:
    """Change the document, so that there is something to be saved: a search alone may find nothing better."""
    display.press(window, _COPY)
    display.wait_steady()
    solve(display, window)


def fill(disk: Path) -> Path:
    """Fill a disk to the last byte, and return the file that does."""
    path = disk / "filling"
    block = bytes(_BLOCK)
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(block)
        except OSError:
            pass
    assert shutil.disk_usage(disk).free == 0
    return path


def _say_of_commands(root: CleanRoot, person: Person, document: str, found: Finding) -> None:
    """Try commands that write to the full disk, and one that keeps what it writes elsewhere to itself."""
    where = f"{person.home}/plan"
    solved = root.run("routewright", "solve", document, "--seconds", "1", "--out", where, person=person)
    found.expect(_is_clear(solved), f"solve --out says, with exit code {solved.code}: {solved.err.strip()[-400:]}")
    tested = root.run(
        "env", f"TMPDIR={person.home}", "routewright", "--selftest", "--out", where, person=person, limit=300
    )
    found.expect(_is_clear(tested), f"--selftest says, with exit code {tested.code}: {tested.err.strip()[-400:]}")


def _is_clear(said: Said) -> bool:
    """Whether a command failed with a sentence, not with a trace of its code."""
    return said.code not in (0, 1) and bool(said.err.strip()) and "Traceback" not in said.err


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""Where a self-test writes: a folder of its own, which is gone afterwards, and what is handed over."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from solver.kernel_cache import use_kernel_cache

ROOM = 32 * 2**20
"""Bytes that have to be free: several times what a self-test writes."""

_PIECE = bytes(2**20)

_OWN = {
    **{f"XDG_{kind}_HOME": kind.lower() for kind in ("CONFIG", "DATA", "STATE")},
    **{f"WIN_PD_OVERRIDE_{kind}": kind.lower() for kind in ("APPDATA", "LOCAL_APPDATA")},
}
"""Variables that say where a user's settings and data are, and what they are called here."""


class NoRoomError(Exception):
    """Something cannot be written; the text says what, and what to do."""


@contextmanager
def own_folder() -> Iterator[Path]:
    """Make a folder to write to, which is removed with all that is in it.

    Raises
    ------
    NoRoomError
        If there is none, or not enough room.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="routewright-selftest-"))
    except OSError as error:
        raise NoRoomError(
            f"No temporary folder can be made: {_reason(error)}. Free some room, or let TMPDIR name another folder."
        ) from error
    try:
        with _explained(folder):
            _probe(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_places(folder: Path, *, headless: bool) -> Iterator[None]:
    """Let this process, and those it starts, have settings and data of their own; kernels are those of the user.

    Parameters
    ----------
    folder
        For settings and data.
    headless
        Whether Qt is to do without a display.
    """
    with suppress(ImportError, OSError):  # an engine that cannot be loaded is a fault of its step
        use_kernel_cache()  # while the user's own folders are known
    own = {variable: str(folder / name) for variable, name in _OWN.items()}
    if headless:
        own["QT_QPA_PLATFORM"] = "offscreen"
    former = {variable: os.environ.get(variable) for variable in own}
    os.environ.update(own)
    try:
        yield
    finally:
        for variable, value in former.items():
            if value is None:
                os.environ.pop(variable, None)
            else:
                os.environ[variable] = value


@contextmanager
def prepared(out: Path) -> Iterator[None]:
    """See to it that a folder can be written to; one that was made for it is gone again if nothing comes to lie there.

    Raises
    ------
    NoRoomError
        If it cannot.
    """
    made = _missing(out)
    try:
        with _explained(out):
            out.mkdir(parents=True, exist_ok=True)
            _probe(out)
        yield
    finally:
        for folder in made:
            with suppress(OSError):  # it is in use
                folder.rmdir()


def hand_over(written: Path, out: Path) -> None:
    """Put all files of a folder into another one, or none.

    Raises
    ------
    NoRoomError
        If that is not possible; those that were put there are removed.
    """
    put: list[Path] = []
    try:
        with _explained(out):
            for file in sorted(written.iterdir()):
                put.append(out / file.name)
                shutil.copyfile(file, put[-1])
    except NoRoomError:
        for path in put:
            with suppress(OSError):
                path.unlink()
        raise


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn what the system says of a folder into a `NoRoomError`."""
    try:
        yield
    except OSError as error:
        raise NoRoomError(
            f"{folder} cannot be written: {_reason(error)}. A self-test needs a folder that you may write to, with "
            f"{ROOM // 2**20} MB of room."
        ) from error


def _probe(folder: Path) -> None:
    """Write as much as is needed, since a quota or a full disk shows only then."""
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(ROOM // len(_PIECE)):
            file.write(_PIECE)


def _missing(folder: Path) -> list[Path]:
    """Return the folders that have to be made for one, the innermost first."""
    return [one for one in (folder, *folder.parents) if not one.exists()]


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

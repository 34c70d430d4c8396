"""Makes, updates and removes the add-on. It takes gigabytes from the network, so only the user ever begins it.

An ordinary Python makes a virtual environment, and pip puts this very version of the program and what training needs
into it. What was not finished is taken away again.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import app
from app.addon.errors import AddonError
from app.addon.foreign_python import ISOLATED, python_in
from app.addon.place import Mark, addon_folder, choose_folder, read_mark, write_mark
from app.addon.probe import Addon, find_addon
from app.addon.pythons import find_python
from app.addon.steps import Say, StepError, run_step
from app.io.atomic import WriteError, explained
from app.language import tr
from app.resources import resource

ROOM = 8 * 2**30
"""Bytes that have to be free: a torch with CUDA takes about 5 GB once unpacked, and its archives lie beside it."""

_WHEELS = "addon"
_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "2", "--timeout", "30")
_INSTALL = (*_PIP, "install", "--progress-bar", "off", "--no-cache-dir", "--upgrade")


def create_addon(
    say: Say,
    *,
    python: Path | None = None,
    index_url: str = "",
    folder: Path | None = None,
    stop: threading.Event | None = None,
) -> Addon:
    """Make the add-on; takes minutes.

    Parameters
    ----------
    say
        Gets a line for each thing that is done.
    python
        With which it is made; looked for when left out.
    index_url
        Where torch comes from if not from pip's usual place.
    folder
        Where it is to be; the place that the user has chosen before, or else the usual one, when left out.
    stop
        Once this is set, it ends and takes away what it has made.

    Raises
    ------
    AddonError
        If it cannot be made; nothing is left of it.
    StoppedError
        If it was stopped; nothing is left of it.
    """
    folder = Path(folder or addon_folder()).absolute()
    source = _source()
    base = find_python(python)
    mark = Mark(index_url=index_url)
    with _writing(folder):
        _make_folder(folder)
    try:
        with _writing(folder):
            _check_room(folder)
            write_mark(folder, mark)
            say(tr("Making an environment with {python} in {folder}.", python=base, folder=folder))
            make = [str(base), ISOLATED, "-m", "venv", str(folder)]
            stop = stop or threading.Event()
            _run(tr("The environment could not be made:"), make, say, stop)
            _fill(folder, source, mark, say, stop)
            choose_folder(folder)
            return _finished(folder, mark, stop)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def update_addon(say: Say, *, stop: threading.Event | None = None) -> Addon:
    """Put this version of the program into an add-on that has another; takes minutes.

    Parameters
    ----------
    say
        Gets a line for each thing that is done.
    stop
        Once this is set, it ends; the add-on is not usable until it was updated to the end.

    Raises
    ------
    AddonError
        If there is nothing to update, or it fails.
    StoppedError
        If it was stopped.
    """
    folder = addon_folder()
    mark = read_mark(folder)
    if mark is None:
        raise AddonError(tr("There is no add-on in {folder}.", folder=folder))
    if not python_in(folder).exists():
        raise AddonError(
            tr("The add-on in {folder} has no Python any more: remove it and make it anew.", folder=folder)
        )
    source = _source()
    begun = Mark(index_url=mark.index_url)
    stop = stop or threading.Event()
    with _writing(folder):
        write_mark(folder, begun)
        _fill(folder, source, begun, say, stop)
        return _finished(folder, begun, stop)


def remove_addon() -> Path | None:
    """Remove the add-on, and return where it was; None where there was none.

    Raises
    ------
    AddonError
        If it cannot be removed.
    """
    folder = addon_folder()
    if read_mark(folder) is None:
        return None
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise AddonError(
            tr("{folder} could not be removed: {reason}. Is the add-on at work?",
               folder=folder, reason=error.strerror or error)
        ) from error  # fmt: skip
    return folder


def _source() -> list[str]:
    """Return what pip is told to install: the wheel that comes with a packaged program, or these sources."""
    try:
        (wheel,) = resource(_WHEELS).glob("routewright-*.whl")
    except (FileNotFoundError, ValueError):
        sources = Path(app.__file__).parents[1]
        if not (sources / "pyproject.toml").is_file():
            raise AddonError(
                tr("This installation has no wheel to make an add-on of. It runs in an ordinary Python: install a "
                   "torch with CUDA there.")
            ) from None  # fmt: skip
        return ["--editable", f"{sources}[train]"]
    return [f"routewright[train] @ {wheel.resolve().as_uri()}"]


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turn what the system says of a folder into a sentence."""
    try:
        with explained(folder):
            yield
    except WriteError as error:
        raise AddonError(str(error)) from error


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise AddonError(
            tr("{folder} is not empty. If it is an older add-on, update or remove that first; otherwise choose another "
               "folder.", folder=folder)
        )  # fmt: skip


def _check_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        raise AddonError(
            tr("There are {free} GB free in {folder}; an add-on needs {needed} GB. Make room, or choose a folder on "
               "another disk.", free=f"{free / 2**30:.1f}", folder=folder, needed=ROOM // 2**30)
        )  # fmt: skip


def _fill(folder: Path, source: Sequence[str], mark: Mark, say: Say, stop: threading.Event) -> None:
    """Install all that belongs into an add-on, and compile the kernels for its Python."""
    python = str(python_in(folder))
    failed = tr("Not all could be installed. This needs the network and room on the disk; what pip said last is:")
    index = ["--extra-index-url", mark.index_url] if mark.index_url else []
    say(tr("Installing Routewright, torch and what they need. This takes gigabytes and some minutes."))
    _run(failed, [python, ISOLATED, *_INSTALL, *index, *source], say, stop)
    say(tr("Compiling the search for this Python. This takes some minutes."))
    _run(tr("The search could not be compiled:"), [python, ISOLATED, "-m", "solver", "warm"], say, stop)


def _finished(folder: Path, mark: Mark, stop: threading.Event) -> Addon:
    write_mark(folder, Mark(complete=True, index_url=mark.index_url))
    made = find_addon(afresh=True, stop=stop)
    if made is None or not made.ready:
        raise AddonError(tr("The add-on was made, but its Python does not answer as it should."))
    return made


def _run(failed: str, command: Sequence[str], say: Say, stop: threading.Event) -> None:
    try:
        run_step(command, say, stop)
    except StepError as error:
        raise AddonError(failed, error.said) from error

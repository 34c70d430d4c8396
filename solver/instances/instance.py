"""A benchmark instance: the problem it states, and how its vehicles and nodes are numbered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from solver.instances.errors import InstanceError
from solver.instances.rounding import ROUNDING, Rounding
from solver.instances.solomon_reader import is_solomon, read_solomon
from solver.instances.vrplib_fleet import Fleet
from solver.instances.vrplib_reader import read_vrplib
from solver.instances.vrplib_text import take_apart
from solver.problem.fault import ProblemError
from solver.problem.problem import Problem

LARGEST_FILE = 256 * 2**20
"""Bytes; no instance comes near, and a wrong file should not fill the memory."""


@dataclass(frozen=True, eq=False)
class Instance:
    """A problem that was read from a benchmark file.

    Parameters
    ----------
    name
        The file's name without its suffix.
    kind
        Which collection it belongs to; a key of `solver.instances.ROUNDING`.
    path
        The file.
    problem
        What it states, in whole units: ``rounding.scale`` of them make one unit of the file.
    rounding
        How the file's numbers became whole units.
    fleet
        Which vehicle of the file belongs to which vehicle type.
    """

    name: str
    kind: str
    path: Path
    problem: Problem
    rounding: Rounding
    fleet: Fleet


def read_instance(path: str | Path, kind: str | None = None) -> Instance:
    """Read an instance in VRPLIB format or in Solomon's.

    Parameters
    ----------
    path
        The file.
    kind
        Which collection it belongs to, which fixes the rounding. Taken from the folder's name when None, and from
        the file itself when the folder's name is no kind.

    Raises
    ------
    UnsupportedError
        If it asks for something that no `Problem` can say.
    InstanceError
        If the file is missing, is not an instance, or is of no known kind.
    """
    path = Path(path)
    text = read_text(path)
    try:
        if is_solomon(text):
            kind = kind_of(path, kind, "SOLOMON")
            problem = read_solomon(text, path, ROUNDING[kind])
            fleet = Fleet((0,) * int(problem.vehicles.count[0]), (0,))
        else:
            source = take_apart(text, path)
            kind = kind_of(path, kind, source.text("TYPE"))
            problem, fleet = read_vrplib(source, ROUNDING[kind])
    except ProblemError as error:
        raise InstanceError(path, str(error)) from error
    return Instance(path.stem, kind, path, problem, ROUNDING[kind], fleet)


def kind_of(path: Path, given: str | None, stated: str | None) -> str:
    """Return the kind of an instance: the given one, or its folder's name, or what the file states.

    Raises
    ------
    InstanceError
        If none of them is a kind.
    """
    expected = f"one of {', '.join(ROUNDING)}"
    if given is not None:
        if given not in ROUNDING:
            raise InstanceError(path, f"kind is {given!r}, expected {expected}")
        return given
    kind = next((one for one in (path.resolve().parent.name, stated) if one in ROUNDING), None)
    if kind is None:
        raise InstanceError(path, f"of unknown kind (TYPE is {stated or 'missing'}), expected {expected}")
    return kind


def read_text(path: Path) -> str:
    """Return a text file's content.

    Raises
    ------
    InstanceError
        If it is missing, not readable, too large or not text.
    """
    try:
        if path.is_dir():
            raise InstanceError(path, "is a folder, expected a file")
        if path.stat().st_size > LARGEST_FILE:
            raise InstanceError(path, f"is larger than {LARGEST_FILE >> 20} MiB, expected an instance")
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except FileNotFoundError:
        raise InstanceError(path, "no such file") from None
    except OSError as error:
        raise InstanceError(path, f"cannot be read ({error.strerror})") from None
    if "\0" in text:
        raise InstanceError(path, "not a text file, expected an instance in VRPLIB or Solomon format")
    return text

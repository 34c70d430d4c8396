"""The text format of Solomon (1987), which Gehring and Homberger use too, to a problem."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from solver.instances.distances import in_plane
from solver.instances.errors import InstanceError
from solver.instances.rounding import Rounding
from solver.instances.vrplib_text import LARGEST_NUMBER
from solver.problem.make import make_problem
from solver.problem.problem import Problem

COLUMNS = ("CUST NO.", "XCOORD.", "YCOORD.", "DEMAND", "READY TIME", "DUE DATE", "SERVICE TIME")

MOST_CUSTOMERS = 1_000_000
"""No instance comes near; a wrong file should not fill the memory."""


def is_solomon(text: str) -> bool:
    """Whether a file looks like one of Solomon's: a title, then a line that says VEHICLE."""
    lines = [line.strip() for line in text[:2000].splitlines() if line.strip()]
    return len(lines) > 1 and lines[1] == "VEHICLE"


def read_solomon(text: str, path: Path, rounding: Rounding) -> Problem:
    """Build the problem that a file in Solomon's format states.

    Parameters
    ----------
    text
        The whole file.
    path
        Where it came from, for messages.
    rounding
        How numbers become whole units. Loads stay as they are.

    Returns
    -------
    Problem
        One vehicle type; client ``i`` is the file's customer ``i + 1``.

    Raises
    ------
    InstanceError
        If something is missing or malformed.
    ProblemError
        If the numbers do not make a problem.
    """
    numbered = [(number, line.split()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    rows = [(number, words) for number, words in numbered[1:] if not words[0][0].isalpha()]
    if len(rows) < 2:
        raise InstanceError(path, "the fleet or the depot is missing, expected the sections VEHICLE and CUSTOMER")
    number, capacity = _numbers(path, *rows[0], ("NUMBER", "CAPACITY"))
    if number < 1 or number != int(number) or capacity < 0 or capacity != int(capacity):
        raise InstanceError(path, f"the fleet is {number:g} of {capacity:g}, expected whole numbers", rows[0][0])
    if len(rows) - 1 > MOST_CUSTOMERS:
        raise InstanceError(path, f"{len(rows) - 1} customers, expected at most {MOST_CUSTOMERS}")
    table = np.array([_numbers(path, line, words, COLUMNS) for line, words in rows[1:]])
    for index, (line, words) in enumerate(rows[1:]):
        _, _, _, load, ready, due, service = table[index]
        if table[index, 0] != index:
            raise InstanceError(path, f"CUST NO. is {words[0]}, expected {index}", line)
        if load < 0 or load != int(load):
            raise InstanceError(path, f"DEMAND is {words[3]}, expected a whole number that is not negative", line)
        if not 0 <= ready <= due:
            raise InstanceError(path, f"READY TIME is {words[4]}, expected 0 to DUE DATE, which is {words[5]}", line)
        if service < 0 or (index == 0 and (service or load)):
            raise InstanceError(path, f"SERVICE TIME is {words[6]} and DEMAND {words[3]}, expected 0 at a depot", line)
    windows = rounding.units(table[:, 4:6])
    distance = in_plane(table[:, 1:3], rounding)
    return make_problem(
        name=" ".join(numbered[0][1]),
        distance=distance,
        duration=distance,
        coordinates=table[:, 1:3],
        depot_opening=windows[:1, 0],
        depot_closing=windows[:1, 1],
        client_ids=[str(index) for index in range(1, len(table))],
        delivery=table[1:, 3].astype(np.int64),
        service=rounding.units(table[1:, 6]),
        windows=windows[1:, None, :],
        vehicle_ids=["vehicles"],
        count=[int(number)],
        capacity=[int(capacity)],
    )


def _numbers(path: Path, line: int, words: list[str], columns: tuple[str, ...]) -> list[float]:
    if len(words) != len(columns):
        raise InstanceError(path, f"{len(words)} numbers in this row, expected {len(columns)}", line)
    values = []
    for column, word in zip(columns, words, strict=True):
        try:
            value = float(word)
        except ValueError:
            value = np.nan
        if not abs(value) < LARGEST_NUMBER:
            raise InstanceError(path, f"{column} is {word!r}, expected a number below {LARGEST_NUMBER:.0e}", line)
        values.append(value)
    return values

"""Arguments that several commands share, and errors that take one line."""

from __future__ import annotations

import argparse
import math
from typing import NoReturn

LONGEST_SECONDS = 7 * 24 * 3600.0


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line; ``--help`` still says everything."""

    def error(self, message: str) -> NoReturn:
        """Print one line and leave with exit code 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def seconds(text: str) -> float:
    """Read a budget in seconds."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value <= LONGEST_SECONDS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a budget, expected seconds such as 0.5 or 10")
    return value


def budgets(text: str) -> list[float]:
    """Read several budgets, separated by commas."""
    return [seconds(part.strip()) for part in text.split(",")]


def whole(text: str, least: int) -> int:
    """Read a whole number of at least ``least``."""
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if not least <= value < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r}, expected a whole number from {least}")
    return value


def seed(text: str) -> int:
    """Read a seed."""
    return whole(text, 0)


def threads(text: str) -> int:
    """Read a number of threads."""
    return whole(text, 1)


def add_search_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what every search takes: its seed, its threads, and the kind of its instances."""
    parser.add_argument("--seed", type=seed, default=1, help="the same seed gives the same search (default 1)")
    parser.add_argument("--threads", type=threads, help="islands that search side by side (default: one per core)")
    parser.add_argument("--kind", help="kind of instance, which fixes the rounding (default: the folder's name)")

"""Arguments that several commands share, and errors that take one line."""

from __future__ import annotations

import argparse
import math
from typing import NoReturn

from solver.init import MOST_ROLLOUTS, ROLLOUTS, Init

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


def whole(text: str, least: int, most: int = 2**31 - 1) -> int:
    """Read a whole number from ``least`` to ``most``."""
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text!r}, expected a whole number from {least} to {most}")
    return value


def seed(text: str) -> int:
    """Read a seed."""
    return whole(text, 0)


def threads(text: str) -> int:
    """Read a number of threads."""
    return whole(text, 1)


def init(text: str) -> Init:
    """Read what builds the first plans."""
    try:
        return Init(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}, expected one of {', '.join(Init)}") from None


def rollouts(text: str) -> int:
    """Read a number of rollouts."""
    return whole(text, 1, MOST_ROLLOUTS)


def add_init_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what says how a search begins."""
    parser.add_argument(
        "--init",
        type=init,
        default=Init.AUTO,
        metavar="|".join(Init),
        help=f"what builds the first plans (default {Init.AUTO})",
    )
    parser.add_argument(
        "--rollouts",
        type=rollouts,
        default=ROLLOUTS,
        metavar="N",
        help=f"plans that the policy draws at most, the first of them greedy (default {ROLLOUTS})",
    )


def add_search_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what every search takes: its seed, its threads, how it begins, and the kind of its instances."""
    parser.add_argument("--seed", type=seed, default=1, help="the same seed gives the same search (default 1)")
    parser.add_argument("--threads", type=threads, help="islands that search side by side (default: one per core)")
    add_init_arguments(parser)
    parser.add_argument("--kind", help="kind of instance, which fixes the rounding (default: the folder's name)")

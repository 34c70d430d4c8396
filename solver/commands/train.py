"""``python -m solver train``: teach a policy, on generated days, on those of one city, or on instances."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from solver.commands.arguments import seed, threads, whole
from solver.commands.course_folder import conclude, run_course
from solver.commands.sources import Source, generated_days, own_days
from solver.instances import read_instance
from solver.kernel_cache import announce_compilation

if TYPE_CHECKING:
    from solver.policy.course import Course
    from solver.policy.weights import Weights
    from solver.problem import Problem

RATE, GENTLE_RATE = 1e-3, 3e-4
"""Learning rates of REINFORCE from new weights, and from those that know something already."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and say what it takes."""
    parser = commands.add_parser(
        "train",
        help="teach a policy that builds first plans",
        description="Teach a policy by rollouts of generated problems. Started again with the same plan, it goes on.",
    )
    add_course_arguments(parser)
    parser.add_argument("--days", choices=("rich", "plain"), default="rich", help="mix of constraints (%(default)s)")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--city", type=seed, metavar="SEED", help="only days of one generated city")
    source.add_argument("--from", dest="own", type=Path, nargs="+", metavar="FILE", help="own days: instances")
    parser.add_argument("--city-share", type=_share, metavar="PART", help="of days that are of that city (default: 1)")
    parser.set_defaults(run=run)


def add_course_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what every course takes, wherever its problems come from."""
    add = parser.add_argument
    add("folder", type=Path, help="where weights, checkpoint, log and curve go; it goes on from there")
    add("--imitate", type=_number, default=0, metavar="N", help="let the engine solve so many problems and imitate it")
    add("--passes", type=_some, default=8, metavar="N", help="rollouts that imitate each plan (default: %(default)s)")
    add(
        "--rollouts",
        type=_number,
        help="rollouts that learn by their costs (default: 2,000,000; on own days 100,000)",
    )
    add(
        "--rate",
        type=_positive,
        help=f"learning rate of these (default: {RATE}, from known weights {GENTLE_RATE})",
    )
    add("--hours", type=_positive, help="stop after so long; the plan can be taken up again")
    add("--sizes", type=_sizes, default=(), help="clients, as in 50,100 (default: ever more; of own days at most 500)")
    add("--seed", type=seed, default=1, help="default: %(default)s")
    add("--weights", type=Path, help="weights to begin with (default: new ones; with own days those in use)")
    add("--use", action="store_true", help="use the weights from now on if they do better on own days set apart")
    add("--device", default="cpu", help="of the gradients, as in cpu or cuda (default: %(default)s)")
    add("--threads", type=threads, default=2, help="of the rollouts (default: %(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Train, and return the exit code: 2 when something that it needs is missing or cannot be used.

    Raises
    ------
    InstanceError
        If a file to learn from is not an instance.
    OSError
        If the folder cannot be written.
    """
    if arguments.city_share is not None and arguments.city is None:
        print("--city-share needs --city: it says how many of the days are of that city", file=sys.stderr)
        return 2
    days = [(str(path), read_instance(path).problem) for path in arguments.own or ()]
    if arguments.use and not days:
        print("--use needs --from: on generated days nothing is compared with the weights in use", file=sys.stderr)
        return 2
    return train(arguments, days)


def train(arguments: argparse.Namespace, days: Sequence[tuple[str, Problem]] = ()) -> int:
    """Train on days of one's own, or on generated ones where none are given; return the exit code as `run` does.

    Parameters
    ----------
    arguments
        Those of `add_course_arguments`; where no days are given, also ``days``, ``city`` and ``city_share``.
    days
        Names and problems.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    try:
        import torch
    except ImportError:
        print("training needs torch: pip install 'routewright[train]'", file=sys.stderr)
        return 2
    if arguments.folder.exists() and not arguments.folder.is_dir():
        print(f"{arguments.folder} is a file, expected a folder", file=sys.stderr)
        return 2
    from solver.policy.examples import ExamplesError
    from solver.policy.shipped import load_policy
    from solver.policy.weights import Weights, WeightsError

    # A step multiplies many small matrices: threads would wait for each other most of the time.
    torch.set_num_threads(1)
    try:
        torch.zeros(1, device=arguments.device)
    except (RuntimeError, AssertionError) as error:
        print(f"torch cannot use the device {arguments.device}: {str(error).splitlines()[0]}", file=sys.stderr)
        return 2
    try:
        known = load_policy() if days and not arguments.weights else None
        weights = Weights.load(arguments.weights) if arguments.weights else known
    except (WeightsError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    announce_compilation()
    source = (
        own_days(days, arguments.seed, arguments.sizes)
        if days
        else generated_days(
            arguments.days, arguments.seed, arguments.sizes, arguments.city, arguments.city_share or 1.0
        )
    )
    if source is None:
        return 2
    try:
        marks = run_course(_course(arguments, source, weights), arguments.folder, arguments.hours)
    except (WeightsError, ExamplesError) as error:
        print(error, file=sys.stderr)
        return 2
    if days:
        conclude(marks, arguments.folder, arguments.use)
    return 0


def _course(arguments: argparse.Namespace, source: Source, weights: Weights | None) -> Course:
    from solver.policy.course import Course, Plan
    from solver.policy.examples import SIZES, Examples

    ignorant = weights is None and not arguments.imitate
    plan = Plan(
        rollouts=source.rollouts if arguments.rollouts is None else arguments.rollouts,
        rate=arguments.rate or (RATE if ignorant else GENTLE_RATE),
        seed=arguments.seed,
        sizes=source.sizes,
        examples=arguments.imitate,
        guided=arguments.imitate * arguments.passes,
        days=source.days,
    )
    examples = None
    if plan.examples:
        examples = Examples(plan.examples, source.draw, plan.seed, plan.sizes or SIZES, plan.days)
    return Course(
        plan,
        source.draw,
        source.apart,
        examples=examples,
        weights=weights,
        device=arguments.device,
        threads=arguments.threads,
    )


def _number(text: str) -> int:
    return whole(text, 0)


def _some(text: str) -> int:
    return whole(text, 1)


def _positive(text: str) -> float:
    value = _real(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


def _share(text: str) -> float:
    value = _real(text)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0 and up to 1")
    return value


def _real(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _sizes(text: str) -> tuple[int, ...]:
    try:
        sizes = tuple(int(part) for part in text.split(","))
    except ValueError:
        sizes = ()
    if not sizes or min(sizes) < 2:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of whole numbers from 2 on, as in 50,100")
    return sizes

"""``python -m solver train``: teach a policy, on generated days or on those of one city."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from solver.kernel_cache import announce_compilation

if TYPE_CHECKING:
    import numpy as np

    from solver.policy.course import Course, DrawProblem, Mark
    from solver.problem import Problem

APART, APART_CLIENTS = 32, 100
"""Problems set apart to judge by, and their clients."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and say what it takes."""
    parser = commands.add_parser(
        "train",
        help="teach a policy that builds first plans",
        description="Teach a policy by rollouts of generated problems. Started again with the same plan, it goes on.",
    )
    parser.add_argument("folder", type=Path, help="where weights, checkpoint, log and curve go; it goes on from there")
    parser.add_argument("--rollouts", type=int, default=2_000_000, help="how many in all (default: %(default)s)")
    parser.add_argument("--hours", type=float, help="stop after so long; the plan can be taken up again")
    parser.add_argument("--days", choices=("rich", "plain"), default="rich", help="mix of constraints (%(default)s)")
    parser.add_argument("--city", type=int, metavar="SEED", help="only days of one generated city")
    parser.add_argument("--sizes", type=_sizes, default=(), help="clients, as in 50,100 (default: 50 to 500 in stages)")
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="default: %(default)s")
    parser.add_argument("--weights", type=Path, help="weights to begin with")
    parser.add_argument("--device", default="cpu", help="of the gradients, as in cpu or cuda (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="of the rollouts (default: %(default)s)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train, and return the exit code: 2 when torch is missing or a file cannot be used."""
    try:
        import torch
    except ImportError:
        print("training needs torch: pip install 'routewright[train]'", file=sys.stderr)
        return 2
    from solver.policy.course import Course, Plan, days_apart
    from solver.policy.days import PLAIN, City, Mix, draw_day
    from solver.policy.weights import Weights, WeightsError

    announce_compilation()
    torch.set_num_threads(arguments.threads)
    mix = PLAIN if arguments.days == "plain" else Mix()
    draw: DrawProblem = partial(_day, mix=mix, draw=draw_day)
    apart = days_apart(arguments.seed, APART, APART_CLIENTS, mix)
    if arguments.city is not None:
        city, random = City.draw(_random(arguments.city)), _random(-arguments.city - 1)
        draw = partial(_day, mix=mix, draw=city.day)
        apart = [city.day(random, APART_CLIENTS, mix) for _ in range(APART)]
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    try:
        course = Course(
            Plan(arguments.rollouts, arguments.rate, arguments.seed, arguments.sizes),
            draw,
            [(problem, _classical(problem)) for problem in apart],
            weights=Weights.load(arguments.weights) if arguments.weights else None,
            device=arguments.device,
            threads=arguments.threads,
        )
        if (folder / "course.safetensors").exists():
            course.resume(folder / "course.safetensors")
    except WeightsError as error:
        print(error, file=sys.stderr)
        return 2
    _follow(course, folder, arguments.hours)
    return 0


def _follow(course: Course, folder: Path, hours: float | None) -> None:
    """Run a course; at each mark write the log, the curve, the weights and the checkpoint."""
    from solver.policy.course import Mark
    from solver.policy.curve import draw_curve

    log = folder / "log.jsonl"
    known = [Mark(**json.loads(line)) for line in log.read_text().splitlines()] if log.exists() and course.step else []
    marks: list[Mark] = [mark for mark in known if mark.step < course.step]
    before = marks[-1].seconds if marks else 0.0
    began = time.monotonic()
    for mark in course.run(lambda: hours is not None and time.monotonic() - began > hours * 3600):
        marks.append(Mark(**asdict(mark) | {"seconds": mark.seconds + before}))
        print(
            f"{marks[-1].seconds:7.0f} s, step {mark.step}, {mark.rollouts:,} rollouts"
            f" ({mark.drawing:.0f} drawn and {mark.learning:.0f} learned from a second):"
            f" greedy {mark.greedy:.4f}, best of eight {mark.best:.4f}, entropy {mark.entropy:.3f}",
            flush=True,
        )
        course.save(folder / "course.safetensors")
        course.weights().save(folder / "policy.safetensors", steps=mark.step, rollouts=mark.rollouts)
        log.write_text("".join(json.dumps(asdict(one)) + "\n" for one in marks))
        (folder / "curve.svg").write_text(draw_curve(marks, "Cost of rollouts on days set apart"))


def _day(random: np.random.Generator, clients: int, mix: object, draw: object) -> Problem:
    return draw(random, clients, mix)  # type: ignore[operator,no-any-return]


def _random(seed: int) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng(abs(seed) * 2 + (seed < 0))


def _classical(problem: Problem) -> float:
    from solver.genetic.island import Island
    from solver.search.data import make_data

    island = Island(make_data(problem), 1)
    island.start(None)
    return island.cost


def _sizes(text: str) -> tuple[int, ...]:
    try:
        sizes = tuple(int(part) for part in text.split(","))
    except ValueError:
        sizes = ()
    if not sizes or min(sizes) < 2:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of whole numbers from 2 on, as in 50,100")
    return sizes

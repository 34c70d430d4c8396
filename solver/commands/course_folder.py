"""A course in a folder: it goes on from what lies there, and leaves examples, checkpoint, weights, log and curve."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from solver.commands.interrupt import interruptible

if TYPE_CHECKING:
    from solver.policy.course import Course, Mark
    from solver.policy.examples import Examples
    from solver.problem import Problem, Solution

ITERATIONS_A_CLIENT = 80
"""Of the engine for a plan that is imitated: within about two per cent of what it finds at leisure."""

EXAMPLES, CHECKPOINT, WEIGHTS = "examples.jsonl", "course.safetensors", "policy.safetensors"


def run_course(course: Course, folder: Path, hours: float | None) -> list[Mark]:
    """Go through a course, or as far as time and Ctrl-C let it; return how it stood from its beginning on.

    Parameters
    ----------
    course
        A course at its beginning; it goes on from where the folder's checkpoint is.
    folder
        Made if it is not there.
    hours
        For examples and steps together; None for as long as it takes.

    Raises
    ------
    WeightsError
        If the folder's checkpoint is damaged or of a course with another plan.
    ExamplesError
        If its examples are.
    OSError
        If anything in it cannot be read or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / CHECKPOINT).exists():
        course.resume(folder / CHECKPOINT)
    began = time.monotonic()
    with interruptible() as interrupted:

        def should_stop() -> bool:
            return interrupted.is_set() or (hours is not None and time.monotonic() - began > hours * 3600)

        if course.examples is not None:
            _prepare(course.examples, folder / EXAMPLES, course.threads, should_stop)
        marks = _follow(course, folder, should_stop)
        if interrupted.is_set():
            print("interrupted: the same command goes on from here")
    return marks


def conclude(marks: Sequence[Mark], folder: Path, use: bool) -> None:
    """Say what became of the weights that a course began with, and put the new ones into use if they are better.

    Parameters
    ----------
    marks
        How the course stood, from its beginning on.
    folder
        Where it left its weights.
    use
        Whether they are to be used.

    Raises
    ------
    OSError
        If they cannot be put where weights in use are.
    """
    from solver.policy.own import own_weights, put_into_use
    from solver.policy.weights import Weights

    first, last, path = marks[0], marks[-1], folder / WEIGHTS
    for name, before, after in (("greedy", first.greedy, last.greedy), ("best of eight", first.best, last.best)):
        change = 100 * (after / before - 1)
        print(f"cost on days set apart, {name}: {before:.4f} before, {after:.4f} after ({change:+.1f} %)")
    better = last.best < first.best
    if not better:
        print(f"{path} is not better than what it began with")
    elif use:
        print(f"in use from now on: {put_into_use(Weights.load(path))}")
    else:
        print(f"to use {path}, copy it to {own_weights()}, or run the same command with --use")


def _expert(problem: Problem) -> Solution:
    from solver.genetic import solve
    from solver.init import Init

    # Not from the weights in use, whichever they are: examples depend on their number only.
    iterations = ITERATIONS_A_CLIENT * problem.clients.number
    return solve(problem, iterations=iterations, threads=1, init=Init.CLASSICAL).solution


def _prepare(examples: Examples, path: Path, threads: int, should_stop: Callable[[], bool]) -> None:
    """Read and make the examples that a course imitates."""
    if path.exists():
        examples.load(path)
    began, have, told = time.monotonic(), len(examples.plans), 0.0
    with ThreadPoolExecutor(threads) as pool:
        for number in examples.make(_expert, path, pool):
            seconds = time.monotonic() - began
            if seconds - told > 10.0 or number == examples.number:
                told = seconds
                pace = (number - have) / seconds
                print(f"{seconds:7.0f} s, {number:,} of {examples.number:,} examples ({pace:.1f} a second)", flush=True)
            if should_stop():
                return


def _follow(course: Course, folder: Path, should_stop: Callable[[], bool]) -> list[Mark]:
    """Run a course; at each mark write the log, the curve, the weights and the checkpoint."""
    from solver.policy.course import Mark
    from solver.policy.curve import draw_curve

    log = folder / "log.jsonl"
    known = [Mark(**json.loads(line)) for line in log.read_text().splitlines()] if log.exists() and course.step else []
    marks: list[Mark] = [mark for mark in known if mark.step < course.step]
    before = marks[-1].seconds if marks else 0.0
    for mark in course.run(should_stop):
        marks.append(Mark(**asdict(mark) | {"seconds": mark.seconds + before}))
        print(
            f"{marks[-1].seconds:7.0f} s, {mark.stage}, step {mark.step}, {mark.rollouts:,} rollouts"
            f" ({mark.drawing:.0f} drawn and {mark.learning:.0f} learned from a second):"
            f" greedy {mark.greedy:.4f}, best of eight {mark.best:.4f}, entropy {mark.entropy:.3f}",
            flush=True,
        )
        course.save(folder / CHECKPOINT)
        course.weights().save(folder / WEIGHTS, steps=mark.step, rollouts=mark.rollouts)
        log.write_text("".join(json.dumps(asdict(one)) + "\n" for one in marks))
        (folder / "curve.svg").write_text(draw_curve(marks, "Cost of rollouts on days set apart"))
    return marks

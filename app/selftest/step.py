"""Steps in order: each is tried whose conditions hold, whatever became of the others."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.selftest.told import Began, Done, Failed, Skipped, Tell

Stage = TypeVar("Stage")


class StepError(Exception):
    """A step did not do what it should; the text says what was wrong."""


class UnavailableError(Exception):
    """Something that a step is about does not come with this installation; the text says what."""


@dataclass(frozen=True, slots=True)
class Step(Generic[Stage]):
    """Something that the program has to be able to do.

    Parameters
    ----------
    name
        As it is reported.
    work
        Does it, and returns what there is to know of it, as JSON has it.
    needs
        Names of steps without which it makes no sense.
    """

    name: str
    work: Callable[[Stage], Mapping[str, Any]]
    needs: tuple[str, ...] = ()


def take(steps: Iterable[Step[Stage]], stage: Stage, tell: Tell) -> None:
    """Take steps one after the other.

    Parameters
    ----------
    steps
        In an order in which those that are needed come first.
    stage
        What each is given.
    tell
        Hears of each.
    """
    done: set[str] = set()
    for step in steps:
        lacking = next((need for need in step.needs if need not in done), None)
        if lacking is not None:
            tell(Skipped(step.name, f"it needs the step {lacking}, which was not done"))
            continue
        tell(Began(step.name))
        began = time.perf_counter()
        try:
            facts = step.work(stage)
        except UnavailableError as error:
            tell(Skipped(step.name, str(error)))
        except StepError as error:
            tell(Failed(step.name, str(error)))
        except Exception as error:  # whatever it is, the other steps are to be tried as well
            traceback.print_exc(file=sys.stderr)
            tell(Failed(step.name, f"{type(error).__name__}: {error}"))
        else:
            done.add(step.name)
            tell(Done(step.name, time.perf_counter() - began, facts))

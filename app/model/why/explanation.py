"""An answer: sentences in two lengths, what they are drawn from, charts, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.model.changes import Edit
from app.model.patch import State
from app.model.why.facts import NOW, Number, Sentence
from app.model.why.questions import Question


class Verdict(StrEnum):
    """What comes of an alternative, beside the plan as it is."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    INFEASIBLE = "infeasible"
    HOLDS = "holds"  # there is no alternative: the answer only says what is so


@dataclass(frozen=True, slots=True)
class Bar:
    """One of several alternatives, or one part of a difference, as a chart shows it.

    Parameters
    ----------
    label
        What the user reads beside it.
    number
        How long it is.
    broken
        What it would break, in sentences; empty when nothing.
    items
        What is selected to see it.
    edit
        What makes it so; None when nothing can be done about it with one click.
    said
        What is said of it in full.
    """

    label: str
    number: Number
    broken: tuple[Sentence, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    edit: Edit | None = None
    said: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a question is answered with.

    Parameters
    ----------
    question
        What was asked.
    title
        The question in words.
    short
        The answer in one or two sentences.
    long
        What can be said beyond that.
    verdict
        What comes of the alternative that was asked about.
    label
        For a leg its intention, a value of `solver.explain.intention.Intention`; for a customer left out the code of
        the first reason; else empty.
    evidence
        The states whose figures the numbers are, by name; `app.model.why.facts.NOW` is the one asked about.
    parts
        The difference of cost by its parts: a waterfall from one state to another. They add up to the difference.
    alternatives
        The best first.
    remedies
        Changes of the scenario that would help, each verified by a search: what the plan would cost then.
    proposed
        Name of the evidence that can be done with one click, and is drawn over the plan; empty when there is none.
    edits
        What can be done about it: names are what a button says.
    exact
        Whether nothing better was overlooked; after searches numbers are "at least" and "about".
    complete
        False while searches go on.
    """

    question: Question
    title: str
    short: tuple[Sentence, ...]
    long: tuple[Sentence, ...] = ()
    verdict: Verdict = Verdict.HOLDS
    label: str = ""
    evidence: Mapping[str, State] = field(default_factory=dict)
    parts: tuple[Bar, ...] = ()
    alternatives: tuple[Bar, ...] = ()
    remedies: tuple[Bar, ...] = ()
    proposed: str = ""
    edits: tuple[Edit, ...] = ()
    exact: bool = True
    complete: bool = True

    @property
    def state(self) -> State:
        """What was asked about."""
        return self.evidence[NOW]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All that it says."""
        bars = (*self.parts, *self.alternatives, *self.remedies)
        broken = (sentence for bar in bars for sentence in bar.broken)
        return (*self.short, *self.long, *broken, *(bar.said for bar in bars if bar.said is not None))

    @property
    def numbers(self) -> tuple[Number, ...]:
        """All numbers in it."""
        bars = (bar.number for bar in (*self.parts, *self.alternatives, *self.remedies))
        return (*(number for sentence in self.sentences for number in sentence.numbers.values()), *bars)

"""Questions that the grammar does not know, read by a language model: what it is told, and what its answer may mean.

It may only choose among the questions, and name whom the user has named; who that is, is looked up here. So it learns
nothing but what was typed, and can make nothing happen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from app.model.phrases.grammar import Grammar, Meaning, Slot
from app.model.phrases.lexicon import Lexicon, Value
from app.model.phrases.text import key_of, tokens_of
from app.model.phrases.understanding import Understood, rendered

LONGEST = 2000
"""Letters of an answer that is looked at."""

QUESTIONS: Mapping[str, Meaning] = {
    "why": Meaning.WHY,
    "why_next": Meaning.WHY_LEG,
    "why_not_next": Meaning.WHY_NOT_NEXT,
    "why_return": Meaning.WHY_RETURN,
    "why_route": Meaning.WHY_ROUTE,
    "cost_of_locks": Meaning.COST_LOCKS,
    "cost_of_windows": Meaning.COST_WINDOWS,
    "cost_of_zones": Meaning.COST_ZONES,
    "cost_of_profiles": Meaning.COST_PROFILES,
    "cost_of_capacities": Meaning.COST_CAPACITIES,
    "cost_of_shifts": Meaning.COST_SHIFTS,
    "cost_of_vehicles": Meaning.COST_VEHICLES,
    "cost_of_everything": Meaning.COST_ALL,
    "what_changed": Meaning.CHANGED,
}
"""What a model may choose, by name."""

TASK = """# Task: say which question about a delivery plan is meant
Answer with one JSON object and nothing else. Copy names exactly as the user has typed them. The questions are:
{"question": "why", "customer": "..."} - why a customer is on its vehicle, or is served by nobody
{"question": "why_next", "to": "...", "after": "..."} - why the vehicle drives to one customer after another
{"question": "why_not_next", "instead": "...", "after": "..."} - why it does not drive to some customer after another
{"question": "why_return", "vehicle": "..."} - why a vehicle drives back
{"question": "why_route", "vehicle": "..."} - why a vehicle drives as it does, and what it costs
{"question": "cost_of_locks"}, and in the same way cost_of_windows, cost_of_zones, cost_of_profiles,
cost_of_capacities, cost_of_shifts, cost_of_vehicles, cost_of_everything - what constraints cost
{"question": "what_changed"} - what is different from an earlier plan
{"question": "none"} - anything else"""

_FENCE = re.compile(r"^```(?:json)?\s*|\s*```$")
_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)


def messages_of(typed: str) -> tuple[dict[str, str], ...]:
    """Return what a model is told, which is all that it gets to know."""
    return {"role": "system", "content": TASK}, {"role": "user", "content": typed}


def interpreted(reply: str, typed: str, grammar: Grammar, lexicon: Lexicon) -> Understood | None:
    """Return the question that a model has chosen, or None if its answer is none.

    Parameters
    ----------
    reply
        Its answer.
    typed
        What it was told.
    grammar, lexicon
        Of what can be said, and who is called how.
    """
    read = _object(reply)
    if read is None:
        return None
    meaning = QUESTIONS.get(read.pop("question", ""))
    if meaning is None:
        return None
    said = next(one for (of, _), one in grammar.plainest.items() if of is meaning)
    slots = [one for one in said.elements if isinstance(one, Slot)]
    if read.keys() != {slot.name for slot in slots}:
        return None
    values: dict[str, Value] = {}
    for slot in slots:
        name = read[slot.name]
        tokens = tokens_of(name)
        if not tokens or key_of(name) not in key_of(typed):
            return None
        match = lexicon.match(slot.kind, tokens, guess=True)
        if match is None or len(match.values) != 1:
            return None
        values[slot.name] = match.values[0]
    return Understood(meaning, values, rendered(said, values, grammar, lexicon))


def _object(reply: str) -> dict[str, str] | None:
    """Return a JSON object of texts; None for anything else."""
    text = _FENCE.sub("", _THOUGHTS.sub("", reply).strip())
    if len(text) > LONGEST:
        return None
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict) or not all(isinstance(value, str) for value in read.values()):
        return None
    return read

"""An answer in the words of a language model: what it is told, and whether what comes back says nothing else.

What it says is shown only if every number in it is one of the answer as shown, nobody is named whom the answer does not
name, and it speaks of more and less, better and worse, can and cannot where the answer does and nowhere else. That is
stricter than it needs to be: whatever is in doubt is left to the program's own sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from app.model.fleet import label
from app.model.patch import State
from app.model.why.explanation import Explanation
from app.model.why.facts import Number, Sentence
from app.model.why.prose_words import NEGATIONS, NOUNS, NUMBERS, OPPOSITES, STARTS, UNITS

Message = dict[str, str]
"""What is said to a model: a role and its text."""

LONGEST = 1200
"""Letters of an answer that is shown."""

MOST_SENTENCES = 16
"""So many sentences of the answer are told."""

MOST_OF_TYPE = 200
"""So many vehicles of a type have names that are known here; another one is a number that is not."""

TASK = """# Task: put an answer about a delivery plan into plain words
You get an answer of a route planner as JSON. Write it as one short paragraph of two to four sentences in {language}.
- Say nothing that is not in the JSON. Do not calculate, round, compare or convert.
- Write each number exactly as it stands in "numbers", with its unit, or leave it out. Write no number as a word.
- Name customers and vehicles exactly as they are written, and nobody else.
- Begin sentences with words such as {starts}.
- Answer with the paragraph alone: no heading, no list, no markup."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:]\s+$|^\s*$")
_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)


def messages_of(explanation: Explanation, language: str) -> tuple[Message, ...]:
    """Return what a model is told, which is all that it gets to know.

    Parameters
    ----------
    explanation
        The answer.
    language
        Code of the language in which it should speak.
    """
    name = {"de": "German"}.get(language.partition("_")[0], "English")
    task = TASK.format(language=name, starts=", ".join(sorted(STARTS[_known(language)])[:12]))
    facts = json.dumps(facts_of(explanation), ensure_ascii=False, indent=1)
    return {"role": "system", "content": task}, {"role": "user", "content": facts}


def facts_of(explanation: Explanation) -> dict[str, Any]:
    """Return an answer as it is told to a model: sentences, and the numbers in them."""
    said = [*explanation.short, *explanation.long][:MOST_SENTENCES]
    numbers = {_shown(number, one): number.measure.value for one in said for number in one.numbers.values()}
    return {
        "question": explanation.title,
        "answer": [str(one) for one in said],
        "numbers": [{"shown": shown, "measures": measure} for shown, measure in numbers.items()],
    }


def _shown(number: Number, sentence: Sentence) -> str:
    """Return a number as it stands in a sentence: with its sign where that is said."""
    signed = f"{number:+}"
    return signed if signed in sentence.text else str(number)


def checked(prose: str, explanation: Explanation, language: str) -> str | None:
    """Return what a model has said as it may be shown, or None if it says anything that the answer does not.

    Parameters
    ----------
    prose
        Its answer.
    explanation
        What it was told.
    language
        Code of the language in which it should speak.
    """
    text = " ".join(_THOUGHTS.sub(" ", prose).split()).strip('"“”„ ')
    if not text or len(text) > LONGEST or any(mark in text for mark in "{}<>[]|#*`"):
        return None
    facts = facts_of(explanation)
    told = " ".join([facts["question"], *facts["answer"]])
    named, others = _names(explanation.state, told)
    rest = _without(text, named)
    if any(_names_in(rest, (other,)) for other in others):
        return None
    rest = _without_numbers(rest, [one["shown"] for one in facts["numbers"]], explanation.state)
    if any(letter.isnumeric() for letter in rest) or not _says_the_same(
        rest, " ".join(facts["answer"]), " ".join(map(str, explanation.short)), told
    ):
        return None
    return text if all(_is_known(word, starts, told, language) for word, starts in _capitals(rest)) else None


def _known(language: str) -> str:
    code = language.partition("_")[0]
    return code if code in STARTS else "en"


def _names(state: State, told: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of a scenario that an answer names, the longest first, and all others."""
    scenario = state.scenario
    names: set[str] = set()
    for table in (scenario.customers, scenario.depots, scenario.zones, scenario.profiles, scenario.vehicles):
        for key, item in table.items():
            names.update((key, item.name))
    for key, vehicle in scenario.vehicles.items():
        names.update(label(vehicle, key, number) for number in range(1, min(vehicle.count, MOST_OF_TYPE) + 1))
    whole = sorted((name for name in names if name.strip()), key=len, reverse=True)
    named = tuple(name for name in whole if _names_in(told, (name,)))
    inside = " ".join(named).casefold()
    # A name that is a word of another one that is named tells nothing, nor does one that is everyday speech.
    return named, tuple(one for one in whole if one not in named and len(one) > 2 and one.casefold() not in inside)


def _names_in(text: str, names: Sequence[str]) -> bool:
    folded = text.casefold()
    return any(name.casefold() in folded and re.search(_bounded(name), text, re.IGNORECASE) for name in names)


def _bounded(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _without(text: str, names: Sequence[str]) -> str:
    """Return a text in which names, the longest first, are a sign that is no letter."""
    for name in names:
        if name.casefold() in text.casefold():
            text = re.sub(_bounded(name), "§", text, flags=re.IGNORECASE)
    return text


def _without_numbers(text: str, shown: Sequence[str], state: State) -> str:
    """Return a text without the numbers that are known, where they stand with their units and without another sign."""
    settings = state.scenario.settings
    units = "|".join(re.escape(unit) for unit in (*UNITS, settings.currency, *settings.dimensions) if unit)
    signs = [re.escape(sign) for sign in {settings.currency, *"€$£¥%"} if sign]
    before = "".join(rf"(?<!{sign})(?<!{sign}\s)" for sign in signs) + r"(?<![\w.,:+−–-])(?<!\d\s)"
    for number in sorted(shown, key=len, reverse=True):
        bare = rf"(?!\s*(?:{units})(?!\w))" if number[-1].isdigit() else ""
        text = re.sub(rf"{before}{re.escape(number)}(?!\w)(?![.,:\s]\d){bare}", " ", text)
    return text


def _says_the_same(text: str, answer: str, short: str, told: str) -> bool:
    """Whether a text speaks of more, less, better, worse and cannot where the answer does, and counts nothing."""
    words, known = _words(text), _words(answer)
    for sign in (*OPPOSITES, NEGATIONS):
        if _any_is(words, sign) and not _any_is(known, sign):
            return False
    if _any_is(_words(short), NEGATIONS) and not _any_is(words, NEGATIONS):
        return False
    return not _any_is(words - _words(told), NUMBERS)


def _any_is(words: set[str], sign: re.Pattern[str]) -> bool:
    return any(sign.fullmatch(word) for word in words)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _capitals(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words that may be names: with capital or with foreign letters; and whether one begins a sentence."""
    for found in _WORD.finditer(text):
        word = found[0]
        foreign = any(ord(letter) > 0x24F for letter in word if letter.isalpha())
        if word[0].isupper() or foreign:
            yield word, not foreign and bool(_SENTENCE_END.search(text[: found.start()]))


def _is_known(word: str, starts: bool, told: str, language: str) -> bool:
    code, folded = _known(language), word.casefold()
    return folded in _words(told) or folded in NOUNS[code] or (starts and folded in STARTS[code])

"""What a language model says is shown only if the answer says the same."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.patch import State
from app.model.why.explanation import Explanation, Verdict
from app.model.why.facts import NOW, Measure, Number, say
from app.model.why.prose import LONGEST, checked, facts_of, messages_of
from app.model.why.questions import WhyVehicle
from tests.app.model.states import small_state

STATE = small_state()


def explanation(state: State = STATE) -> Explanation:
    cost = Number(12.4, Measure.COST, "on Bike 2", NOW, currency="€")
    late = Number(840, Measure.STOP_LATENESS, "on Bike 2", customer="C2")
    stops = Number(3, Measure.STOPS, NOW)
    short = (
        say("Berg is on Bike 1 with {stops} other stops.", stops=stops),
        say("On Bike 2 it would cost {cost} more and arrive {late} after the window closes.", cost=cost, late=late),
    )
    return Explanation(WhyVehicle("C2"), "Why is Berg on Bike 1?", short, (), Verdict.WORSE, evidence={NOW: state})


GOOD = [
    "Berg is on Bike 1. On Bike 2 it would arrive 14 min after the window closes and cost 12.40 € more.",
    "Berg would cost 12.40 € more on Bike 2.",
    "The vehicle Bike 1 makes 3 other stops, which is why Berg is there.",
    "<think>let me see, 7 plus 8</think> Because of the window, Berg is on Bike 1.",
    "berg would cost 12.40 € more.",
]
WRONG = {
    "another number": "On Bike 2 it would cost 12.50 € more.",
    "rounded": "On Bike 2 it would cost 12.4 € more.",
    "another unit": "On Bike 2 it would arrive 14 h after the window closes.",
    "no unit": "On Bike 2 it would cost 12.40 more.",
    "unit in words": "On Bike 2 it would arrive 14 minutes after the window closes.",
    "a number taken for a unit": "On Bike 2 it would drive 3 km.",
    "a sign": "On Bike 2 it would cost -12.40 €.",
    "a range": "On Bike 2 it would cost 3-12.40 € more.",
    "a longer number": "On Bike 2 it would cost 112.40 € more.",
    "thousands": "On Bike 2 it would cost 12.40,000 € more.",
    "a unit in front": "On Bike 2 it would cost €3 more.",
    "two numbers in a row": "On Bike 2 it would cost 3 12.40 € more.",
    "a number as a word": "On Bike 2 it would cost twelve € more.",
    "a share": "On Bike 2 it would cost half as much.",
    "a roman number": "On Bike 2 it would cost Ⅻ € more.",
    "the other way round": "On Bike 2 it would save 12.40 €.",
    "cheaper": "On Bike 2 it would be 12.40 € cheaper.",
    "not": "Berg is not on Bike 1.",
    "better": "On Bike 2 it would be better.",
    "another stop": "Because of Aalto, Berg is on Bike 1.",
    "another stop in small letters": "It is on Bike 1 because of aalto.",
    "another vehicle": "On Van it would cost 12.40 € more.",
    "nobody's name": "On Bike 2 it would meet Zorg.",
    "nobody's name at the beginning": "Zorg is on Bike 1.",
    "another script": "On Bike 2 it would meet мария.",
    "a vehicle that is not there": "On Bike 7 it would cost 12.40 € more.",
    "markup": "On Bike 2 it would cost **12.40 €** more.",
    "a list": "# Why\nOn Bike 2 it would cost 12.40 € more.",
    "JSON": '{"answer": "Berg is on Bike 1."}',
    "nothing": " \n ",
    "thoughts only": "<think>Berg is on Bike 1.</think>",
    "too long": "Berg is on Bike 1. " * (LONGEST // 10),
}


@pytest.mark.parametrize("prose", GOOD)
def test_what_says_the_same_is_shown(prose: str) -> None:
    shown = checked(prose, explanation(), "en")
    assert shown is not None
    assert "<" not in shown


@pytest.mark.parametrize("prose", WRONG.values(), ids=WRONG)
def test_what_says_anything_else_is_not_shown(prose: str) -> None:
    assert checked(prose, explanation(), "en") is None


def test_what_the_answer_denies_is_denied() -> None:
    short = (say("The bike may not serve Berg."), say("It would arrive too late."))
    denied = Explanation(WhyVehicle("C2"), "Why is Berg on Bike 1?", short, evidence={NOW: STATE})
    assert checked("It would arrive too late.", denied, "en") is None
    assert checked("The bike may serve Berg.", denied, "en") is None
    assert checked("It may not serve Berg.", denied, "en") is not None


def test_a_sign_that_is_said_is_said() -> None:
    cost = Number(-3.94, Measure.COST, "then", NOW, currency="€")
    short = (say("The cost would change by {cost:+}.", cost=cost),)
    signed = Explanation(WhyVehicle("C2"), "Why is Berg on Bike 1?", short, evidence={NOW: STATE})
    assert checked("The cost would change by −3.94 €.", signed, "en") is not None
    for other in ("+3.94 €", "3.94 €", "--3.94 €", "−3.94 km"):
        assert checked(f"The cost would change by {other}.", signed, "en") is None


def test_german_nouns_are_no_names_but_names_are() -> None:
    good = "Der Kunde Berg bleibt auf dem Fahrzeug Bike 1, denn Bike 2 würde 12.40 € mehr kosten."
    assert checked(good, explanation(), "de_AT") == good
    assert checked(good.replace("12.40", "13.40"), explanation(), "de") is None
    assert checked(good.replace("denn", "denn Zorg und"), explanation(), "de") is None
    assert checked(good.replace("mehr", "weniger"), explanation(), "de") is None


@pytest.mark.parametrize("language", ["en", "de", "fi"])
def test_a_model_is_told_the_answer_and_nothing_else(language: str) -> None:
    task, facts = messages_of(explanation(), language)
    assert (task["role"], facts["role"]) == ("system", "user")
    assert json.loads(facts["content"]) == facts_of(explanation())
    assert {one["shown"] for one in facts_of(explanation())["numbers"]} == {"12.40 €", "14 min", "3"}
    whole = task["content"] + facts["content"]
    assert "Aalto" not in whole
    assert "Dahl" not in whole
    assert "60.1" not in whole  # nor where anybody is


@given(st.text())
def test_nothing_that_a_model_can_say_raises(prose: str) -> None:
    shown = checked(prose, explanation(), "en")
    assert shown is None or not any(letter.isnumeric() for letter in shown.replace("3", ""))


numbers = st.floats(0, 10_000).map(lambda value: f"{value:.2f} €")


@given(numbers | st.integers(0, 99_999).map(str) | st.text(string.digits + ".,: €", min_size=1, max_size=8))
def test_no_other_number_is_ever_shown(number: str) -> None:
    prose = f"On Bike 2 it would cost {number} more."
    shown = checked(prose, explanation(), "en")
    allowed = {"12.40 €", "14 min", "3"}
    assert shown is None or number.strip(" .,:") in allowed or not any(letter.isdigit() for letter in number)

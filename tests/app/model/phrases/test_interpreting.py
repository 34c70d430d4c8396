"""What a language model may make of a question: one that is there, about whom the user has named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.phrases import english
from app.model.phrases.grammar import Grammar, Meaning
from app.model.phrases.interpreting import QUESTIONS, interpreted, messages_of
from app.model.phrases.lexicon import Lexicon
from app.model.phrases.understanding import Understood, understand
from tests.app.model.states import small_state

ENGLISH = Grammar.of(english.PHRASES)
LEXICON = Lexicon(small_state(), ENGLISH.keywords)
TYPED = "how come the van goes to dahl and not to berg"


def read(reply: object) -> Understood | None:
    return interpreted(reply if isinstance(reply, str) else json.dumps(reply), TYPED, ENGLISH, LEXICON)


def test_a_question_is_understood_and_typed_without_doubt() -> None:
    found = read({"question": "why_not_next", "instead": "berg", "after": "dahl"})
    assert found is not None
    assert (found.meaning, dict(found.values)) == (Meaning.WHY_NOT_NEXT, {"instead": "C2", "after": "C4"})
    assert found.text == "why not Berg after Dahl"
    again = understand(found.text, ENGLISH, LEXICON)
    assert isinstance(again, Understood)
    assert again.values == found.values


@pytest.mark.parametrize("frame", ["```json\n{}\n```", "<think>hm {{</think>{}", "  {}\n"])
def test_frames_do_no_harm(frame: str) -> None:
    assert read(frame.replace("{}", '{"question": "what_changed"}')) is not None


@pytest.mark.parametrize(
    "reply",
    [
        "", "sure!", "[]", "null", "1", '"why"', "{", "[" * 100_000, '{"question": "why"} and more',
        {"question": "none"}, {"question": "delete_everything"}, {"question": "why"}, {"customer": "dahl"},
        {"question": "unassign", "customer": "dahl"},
        {"question": "why", "customer": "dahl", "more": "berg"},
        {"question": "why", "customer": ["dahl"]}, {"question": ["why"]}, {"question": None},
        {"question": "why", "customer": ""}, {"question": "why", "customer": "aalto"},  # whom the user has not named
        {"question": "why", "customer": "how come"}, {"question": "why_return", "vehicle": "bike 1"},
        {"question": "why_next", "to": "dahl"},
    ],
    ids=str,
)  # fmt: skip
def test_anything_else_is_nothing(reply: object) -> None:
    assert read(reply) is None


def test_a_model_learns_what_was_typed_and_nothing_else() -> None:
    task, said = messages_of(TYPED)
    assert said == {"role": "user", "content": TYPED}
    assert "Aalto" not in task["content"]
    assert all(name in task["content"] for name in QUESTIONS)


@given(st.text() | st.dictionaries(st.sampled_from(["question", "customer"]), st.text() | st.none()).map(json.dumps))
def test_no_answer_raises(reply: str) -> None:
    found = interpreted(reply, TYPED, ENGLISH, LEXICON)
    assert found is None or found.meaning in QUESTIONS.values()

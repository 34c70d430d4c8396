"""What is offered while somebody types."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.model.patch import State
from app.model.phrases import english, german
from app.model.phrases.completing import completions
from app.model.phrases.grammar import Grammar
from app.model.phrases.lexicon import Lexicon
from app.model.phrases.understanding import Mistaken, Unclear, Understood, Unfinished, understand
from tests.app.model.phrases.named_states import named_states, names
from tests.app.model.states import small_state

ENGLISH, GERMAN = Grammar.of(english.PHRASES), Grammar.of(german.PHRASES, english.PHRASES)
typed = st.lists(st.one_of(names, st.sampled_from(sorted(ENGLISH.keywords))), max_size=5)

LONGEST_WAY = 12
"""Words and names of the longest phrase, and more."""


def offered(text: str) -> list[str]:
    return [one.text for one in completions(text, ENGLISH, Lexicon(small_state(), ENGLISH.keywords))]


def test_words_and_names_are_offered() -> None:
    assert "assign " in offered("")
    assert offered("ass") == ["assign "]
    assert offered("assign aal") == ["assign Aalto "]
    assert offered("assign aalto to b") == ["assign aalto to Bike 1", "assign aalto to Bike 2"]
    assert offered("unassign ") == ["unassign Aalto", "unassign Berg", "unassign Dahl"]
    assert offered("why is C3 un") == ["why is C3 unassigned"]
    assert "close Centre for car" in offered("close Centre for ")
    assert offered('assign "aal') == ["assign Aalto "]


def test_nothing_is_offered_where_nothing_fits() -> None:
    assert offered("zorg") == offered("assign zorg to ") == offered("a" * 1000) == []


@given(named_states(), st.sampled_from([ENGLISH, GERMAN]), st.data())
def test_whoever_follows_what_is_offered_says_something(state: State, grammar: Grammar, data: st.DataObject) -> None:
    lexicon, text = Lexicon(state, grammar.keywords), ""
    for _ in range(LONGEST_WAY):
        ways = completions(text, grammar, lexicon)
        answer = understand(text, grammar, lexicon)
        assert isinstance(answer, Understood | Unfinished)
        if isinstance(answer, Understood) or not ways:
            return  # such as where there is no zone to be closed
        way = data.draw(st.sampled_from(ways))
        assert way.whole == isinstance(understand(way.text, grammar, lexicon), Understood)
        text = way.text
    raise AssertionError(text)


@given(named_states(), st.sampled_from([ENGLISH, GERMAN]), typed, st.booleans())
def test_all_that_is_offered_is_understood_so_far(
    state: State, grammar: Grammar, words: list[str], ended: bool
) -> None:
    lexicon = Lexicon(state, grammar.keywords)
    for way in completions(" ".join(words) + " " * ended, grammar, lexicon):
        answer = understand(way.text, grammar, lexicon)
        assert isinstance(answer, Understood | Unfinished | Unclear)
        assert not isinstance(answer, Mistaken)
        assert way.whole == isinstance(answer, Understood)

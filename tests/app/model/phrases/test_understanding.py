"""What typed commands and questions mean."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.patch import State
from app.model.phrases import english, german
from app.model.phrases.grammar import Grammar, Kind, Meaning, Slot
from app.model.phrases.lexicon import Lexicon
from app.model.phrases.telling import told
from app.model.phrases.understanding import Mistaken, Unclear, Understood, Unfinished, rendered, understand
from tests.app.model.phrases.named_states import named_states, names
from tests.app.model.states import small_state

ENGLISH, GERMAN = Grammar.of(english.PHRASES), Grammar.of(german.PHRASES, english.PHRASES)
GRAMMARS = st.sampled_from([ENGLISH, GERMAN])

ADJACENT = {
    "assign",
    "to",
    "why",
    "not",
    "after",
    "set",
    "window",
    "of",
    "close",
    "for",
    "9-12",
    "10 min",
    "?",
    '"',
    "gib",
}


def read(text: str, state: State | None = None, grammar: Grammar = ENGLISH):  # type: ignore[no-untyped-def]
    return understand(text, grammar, Lexicon(state or small_state(), grammar.keywords))


@pytest.mark.parametrize(
    ("text", "meaning", "values"),
    [
        ("assign 3 to van", Meaning.ASSIGN, {"customer": "C3", "vehicle": ("van", 1)}),
        ("  ASSIGN  aalto  to  bike 2 ", Meaning.ASSIGN, {"customer": "C1", "vehicle": ("bike", 2)}),
        ('assign "Aalto" to "bike 2"', Meaning.ASSIGN, {"customer": "C1", "vehicle": ("bike", 2)}),
        ("unassign Aalto", Meaning.UNASSIGN, {"customer": "C1"}),
        ("unassign Alto", Meaning.UNASSIGN, {"customer": "C1"}),
        ("move Aalto after Berg", Meaning.MOVE_AFTER, {"customer": "C1", "other": "C2"}),
        ("move Aalto to van", Meaning.ASSIGN, {"customer": "C1", "vehicle": ("van", 1)}),
        ("close Centre for bikes", Meaning.CLOSE, {"zone": "Z1", "types": frozenset({"bike"})}),
        ("close Centre for cars after 11", Meaning.CLOSE_AFTER,
         {"zone": "Z1", "types": frozenset({"bike", "van"}), "time": 39600}),
        ("close Centre to everybody", Meaning.CLOSE, {"zone": "Z1"}),
        ("open centre for van", Meaning.OPEN, {"zone": "Z1", "types": frozenset({"van"})}),
        ("lock Aalto on this vehicle", Meaning.LOCK_VEHICLE, {"customer": "C1"}),
        ("lock Aalto in place", Meaning.LOCK_PLACE, {"customer": "C1"}),
        ("unlock Aalto", Meaning.UNLOCK, {"customer": "C1"}),
        ("unlock all", Meaning.UNLOCK_ALL, {}),
        ("swap bike 1 with van", Meaning.SWAP, {"vehicle": ("bike", 1), "other": ("van", 1)}),
        ("reverse van", Meaning.REVERSE, {"vehicle": ("van", 1)}),
        ("set the window of Aalto to 9:00-12:00", Meaning.SET_WINDOW, {"customer": "C1", "windows": ((32400, 43200),)}),
        ("set window of Aalto 9 to 11, 14.30-16", Meaning.SET_WINDOW,
         {"customer": "C1", "windows": ((32400, 39600), (52200, 57600))}),
        ("set windows of Aalto to any time", Meaning.ANY_TIME, {"customer": "C1"}),
        ("set service of Aalto 1 h 5 min", Meaning.SET_SERVICE, {"customer": "C1", "span": 3900}),
        ("why is C3 unassigned?", Meaning.WHY_UNASSIGNED, {"customer": "C3"}),
        ("why van for Dahl", Meaning.WHY_VEHICLE, {"customer": "C4", "vehicle": ("van", 1)}),
        ("Why isn't Berg after Dahl?", Meaning.WHY_NOT_NEXT, {"instead": "C2", "after": "C4"}),
        ("why Berg after Aalto", Meaning.WHY_LEG, {"to": "C2", "after": "C1"}),
        ("why does van return", Meaning.WHY_RETURN, {"vehicle": ("van", 1)}),
        ("what does the lock on Aalto cost", Meaning.COST_LOCK, {"customer": "C1"}),
        ("what do locks cost", Meaning.COST_LOCKS, {}),
        ("what changed", Meaning.CHANGED, {}),
    ],
)  # fmt: skip
def test_understands(text: str, meaning: Meaning, values: dict[str, object]) -> None:
    answer = read(text)
    assert isinstance(answer, Understood)
    assert (answer.meaning, dict(answer.values)) == (meaning, values)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Plane Aalto auf Van", Meaning.ASSIGN),
        ("nimm Aalto aus dem Plan", Meaning.UNASSIGN),
        ("stelle Aalto hinter Dahl", Meaning.MOVE_AFTER),
        ("sperre Centre für Van ab 11 Uhr", Meaning.CLOSE_AFTER),
        ("warum ist C3 unverplant?", Meaning.WHY_UNASSIGNED),
        ("warum nicht Berg nach Dahl", Meaning.WHY_NOT_NEXT),
        ("was kosten die Fixierungen", Meaning.COST_LOCKS),
        ("setze Zeitfenster von Aalto auf 9 bis 12 und 14-16", Meaning.SET_WINDOW),
        ("unassign Aalto", Meaning.UNASSIGN),
    ],
)
def test_understands_german_and_english_too(text: str, meaning: Meaning) -> None:
    answer = read(text, grammar=GERMAN)
    assert isinstance(answer, Understood)
    assert answer.meaning is meaning


def test_languages_can_say_the_same() -> None:
    assert {meaning for meaning, _ in english.PHRASES} == {meaning for meaning, _ in german.PHRASES} == set(Meaning)


def test_each_meaning_has_the_same_places_in_every_language() -> None:
    assert Grammar.of(english.PHRASES).plainest.keys() == Grammar.of(german.PHRASES).plainest.keys()


def test_ambiguity_is_answered_with_all_that_is_meant() -> None:
    answer = read("assign C3 to bike")
    assert isinstance(answer, Unclear)
    assert [dict(one.values)["vehicle"] for one in answer.choices] == [("bike", 1), ("bike", 2)]
    assert all(one.text in told(answer) for one in answer.choices)


def test_two_of_one_name_are_told_apart_by_ids() -> None:
    state = small_state()
    customers = {key: replace(one, name="Kettu") for key, one in state.scenario.customers.items()}
    answer = read("unassign kettu", State(replace(state.scenario, customers=customers), state.plan))
    assert isinstance(answer, Unclear)
    assert [one.text for one in answer.choices] == [f"unassign {key}" for key in customers]


def test_an_error_says_what_was_expected_at_which_word() -> None:
    answer = read("move Aalto behind nobody here")
    assert isinstance(answer, Mistaken)
    assert (answer.word, answer.start) == ("nobody", 18)
    assert answer.expected
    assert answer.expected[0] in told(answer)
    assert isinstance(read("move Aalto"), Unfinished)
    assert isinstance(read(""), Unfinished)
    assert isinstance(read("x" * 1000), Mistaken)


def test_what_stands_in_quotation_marks_is_never_a_word_or_a_part_of_a_name() -> None:
    assert isinstance(read('unassign "Aal"'), Mistaken)
    assert isinstance(read('"unassign" Aalto'), Mistaken)


phrases = st.lists(st.one_of(st.sampled_from(sorted(ADJACENT)), names), max_size=8).map(" ".join)


@given(named_states(), GRAMMARS, st.one_of(st.text(), phrases))
def test_any_text_has_an_answer_and_each_meaning_is_typed_without_doubt(
    state: State, grammar: Grammar, text: str
) -> None:
    lexicon = Lexicon(state, grammar.keywords)
    answer = understand(text, grammar, lexicon)
    assert isinstance(answer, Understood) == (told(answer) == "")
    choices = answer.choices if isinstance(answer, Unclear) else [answer] if isinstance(answer, Understood) else []
    for one in choices:
        again = understand(one.text, grammar, lexicon)
        assert isinstance(again, Understood)
        assert (again.meaning, again.values) == (one.meaning, one.values)


@given(named_states(), GRAMMARS, st.data())
def test_every_name_can_be_typed(state: State, grammar: Grammar, data: st.DataObject) -> None:
    lexicon = Lexicon(state, grammar.keywords)
    said = data.draw(st.sampled_from(list(grammar.plainest.values())))
    values = {}
    for one in said.elements:
        if isinstance(one, Slot):
            table = {
                Kind.TYPES: [frozenset({key}) for key in state.scenario.vehicles],
                Kind.ZONE: list(state.scenario.zones),
                Kind.VEHICLE: [(key, 1) for key, type_ in state.scenario.vehicles.items() if type_.count],
                Kind.USED: [(key, 1) for key, type_ in state.scenario.vehicles.items() if type_.count],
                Kind.TIME: [0, 39600, 86400],
                Kind.WINDOWS: [((0, 86400),), ((0, 3600), (7200, 9000))],
                Kind.SPAN: [0, 600, 5400],
            }.get(one.kind, list(state.scenario.customers))
            if not table:
                return
            values[one.name] = data.draw(st.sampled_from(table))
    answer = understand(rendered(said, values, grammar, lexicon), grammar, lexicon)
    assert isinstance(answer, Understood)
    assert (answer.meaning, dict(answer.values)) == (said.meaning, values)


def test_a_name_with_words_of_the_grammar_is_told_from_what_it_looks_like() -> None:
    state = small_state()
    odd = replace(state.scenario.customers["C4"], name="Berg after Aalto")
    state = State(replace(state.scenario, customers={**state.scenario.customers, "C4": odd}), state.plan)
    for text, meant in (
        ("why Berg after Aalto", 'why is "Berg after Aalto" there'),
        ('why "berg" after aalto', 'why "Berg" after "Aalto"'),
    ):
        answer = read(text, state)
        assert isinstance(answer, Understood)
        assert answer.text == meant


def test_what_is_called_as_before_is_not_sorted_again() -> None:
    state = small_state()
    former = Lexicon(state, ENGLISH.keywords)
    former.prepare()
    unplanned = State(state.scenario)
    lexicon = Lexicon(unplanned, ENGLISH.keywords, former)
    assert isinstance(understand("unassign Aalto", ENGLISH, lexicon), Understood)
    renamed = replace(state.scenario, customers={"C1": replace(state.scenario.customers["C1"], name="Öhman")})
    lexicon = Lexicon(State(renamed), ENGLISH.keywords, former)
    assert isinstance(understand("unassign Aalto", ENGLISH, lexicon), Mistaken)
    assert isinstance(understand("unassign ohman", ENGLISH, lexicon), Understood)

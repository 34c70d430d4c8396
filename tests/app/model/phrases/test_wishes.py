"""What becomes of what has been understood: edits that can be undone, moves with a price, questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.changes import Edit, EditRefusedError
from app.model.compile import compile_scenario
from app.model.moves import Draft
from app.model.patch import State
from app.model.phrases import english, german
from app.model.phrases.completing import completions
from app.model.phrases.grammar import Grammar
from app.model.phrases.lexicon import Lexicon
from app.model.phrases.understanding import Understood, understand
from app.model.phrases.wishes import AskChanged, AskNotNext, Placing, Wish, wish_of
from app.model.plan import Lock
from app.model.proposal import Pricing
from app.model.why.questions import Binding, WhatCosts, WhyLeg, WhyNotNext, WhyRoute, WhyUnassigned, WhyVehicle
from tests.app.model.phrases.named_states import named_states
from tests.app.model.states import HOUR, small_state

ENGLISH = Grammar.of(english.PHRASES)


def wish(text: str, state: State | None = None) -> Wish:
    state = state or small_state()
    answer = understand(text, ENGLISH, Lexicon(state, ENGLISH.keywords))
    assert isinstance(answer, Understood)
    return wish_of(answer.meaning, answer.values, state)


def after(text: str, state: State | None = None) -> State:
    state = state or small_state()
    made = wish(text, state)
    edit = made.edit if isinstance(made, Draft) else made
    assert isinstance(edit, Edit)
    done = edit.patch.applied(state)
    assert edit.patch.inverted().applied(done) == state
    return done


def test_moves_change_the_plan() -> None:
    assert [route.stops for route in after("move C3 after Dahl").plan.routes] == [("C1", "C2"), ("C4", "C3")]
    assert [route.stops for route in after("move Berg before Aalto").plan.routes] == [("C2", "C1"), ("C4",)]
    assert after("unassign Dahl").plan.served == {"C1", "C2"}
    assert after("reverse bike 1").plan.routes[0].stops == ("C2", "C1")
    assert {route.vehicle: route.stops for route in after("swap bike 1 and van").plan.routes}["van"] == ("C1", "C2")


@pytest.mark.parametrize(("vehicle", "stops"), [("van", {"C4", "C3"}), ("bike 2", {"C3"})])
def test_to_assign_is_to_find_the_best_place(vehicle: str, stops: set[str]) -> None:
    state = small_state()
    made = wish(f"assign C3 to {vehicle}", state)
    assert isinstance(made, Placing)
    proposal = made.proposal(Pricing(compile_scenario(state.scenario), state))
    plan = proposal.draft.edit.patch.applied(state).plan
    (route,) = (one for one in plan.routes if "C3" in one.stops)
    assert set(route.stops) == stops
    if vehicle == "bike 2":
        assert (route.vehicle, route.number) == ("bike", 2)


def test_locks_are_set_and_taken_away() -> None:
    state = after("lock Aalto in place")
    assert state.plan.locks == {"C1": Lock.PLACE}
    assert after("unlock Aalto", state).plan.locks == after("unlock everything", state).plan.locks == {}
    assert after("lock Berg as driven").plan.locks == {"C1": Lock.DRIVEN, "C2": Lock.DRIVEN}


def test_zones_are_closed_and_opened() -> None:
    assert after("close Centre for bikes").scenario.zones["Z1"].forbidden == {"bike", "van"}
    assert after("open Centre for everybody").scenario.zones["Z1"].forbidden == frozenset()
    cut = after("close Centre for bikes after 11")
    assert cut.scenario.zones["Z1"].hours == {"bike": ((0, 11 * HOUR),)}
    again = after("close Centre for bikes before 9:30", cut)
    assert again.scenario.zones["Z1"].hours == {"bike": ((9 * HOUR + 1800, 11 * HOUR),)}
    never = after("close Centre for bikes before 12", again).scenario.zones["Z1"]
    assert never.forbidden == {"bike", "van"}
    assert not never.hours
    assert not after("open Centre for bikes", again).scenario.zones["Z1"].hours


def test_customers_are_changed() -> None:
    assert after("set window of Aalto 9-12").scenario.customers["C1"].windows == ((9 * HOUR, 12 * HOUR),)
    assert after("set window of Aalto to any time").scenario.customers["C1"].windows == ()
    assert after("set service of Aalto 10").scenario.customers["C1"].service == 600


def test_questions_are_asked() -> None:
    assert wish("why C3") == wish("why is C3 unassigned") == WhyUnassigned("C3")
    assert wish("why van for Dahl") == WhyVehicle("C4")
    assert wish("why not C3 after Dahl") == WhyNotNext(("van", 1), "C4", "C3")
    assert wish("why Berg after Aalto") == WhyLeg(("bike", 1), "C2")
    assert wish("why does van return") == WhyLeg(("van", 1), None)
    assert wish("why is Dahl on van") == WhyVehicle("C4")
    assert wish("why not Berg next") == AskNotNext("C2")
    assert wish("why not next") == AskNotNext()
    assert wish("why does van drive like this") == wish("what does van cost") == WhyRoute(("van", 1))
    assert wish("what do capacities cost") == WhatCosts(frozenset({Binding.CAPACITY}))
    assert wish("what do windows cost") == WhatCosts(frozenset({Binding.WINDOW}))
    assert wish("what changed") == AskChanged()
    locked = after("lock Aalto in place")
    assert wish("what does the lock on Aalto cost", locked) == WhatCosts(frozenset({Binding.LOCK}), customer="C1")


def test_a_german_dispatcher_is_understood() -> None:
    spoken, state = Grammar.of(german.PHRASES), small_state()

    def said(text: str) -> Wish:
        answer = understand(text, spoken, Lexicon(state, spoken.keywords))
        assert isinstance(answer, Understood)
        return wish_of(answer.meaning, answer.values, state)

    assert said("warum ist C3 nicht eingeplant") == WhyUnassigned("C3")
    assert said("weise Dahl bike 2 zu") == said("weise Dahl dem bike 2 zu") == Placing("C4", None, ("bike", 2))
    assert said("warum nicht als nächstes") == AskNotNext()
    assert said("warum fährt Van so") == WhyRoute(("van", 1))


@pytest.mark.parametrize(
    "text",
    [
        "unassign C3", "move Aalto after C3", "move Aalto after Aalto", "reverse bike 2", "why Aalto after Dahl",
        "why not Aalto after Aalto", "what does the lock on Aalto cost", "unlock Aalto", "why does bike 2 return",
        "why is Dahl on bike 1", "why is C3 on van", "why is Dahl unassigned", "what does bike 2 cost",
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(EditRefusedError, match=r"\.$"):
        wish(text)


@given(named_states(), st.data())
def test_whatever_is_said_is_an_edit_that_can_be_undone_or_a_question_or_refused(
    state: State, data: st.DataObject
) -> None:
    lexicon, text = Lexicon(state, ENGLISH.keywords), ""
    while not isinstance(answer := understand(text, ENGLISH, lexicon), Understood):
        ways = completions(text, ENGLISH, lexicon, most=40)
        if not ways:
            return
        text = data.draw(st.sampled_from(ways)).text
    try:
        made = wish_of(answer.meaning, answer.values, state)
    except EditRefusedError:
        return
    edit = made.edit if isinstance(made, Draft) else made
    if isinstance(edit, Edit):
        assert edit.patch.inverted().applied(edit.patch.applied(state)) == state

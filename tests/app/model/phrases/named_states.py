"""States whose things are called anything: like one another, like words of the grammar, and in any script."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from app.model.patch import State
from app.model.plan import Lock
from tests.app.model.states import states

WORDS = [
    "to",
    "after",
    "Van",
    "van 1",
    "Aalto",
    "aalto",
    "Åalto",
    "Berg Aalto",
    "zu",
    "why is",
    "1",
    "C1",
    '"',
    "„x“",
    "all",
]

names = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=6), st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
)
"""What something may be called."""


@st.composite
def named_states(draw: st.DrawFn) -> State:
    state = draw(states())
    scenario = state.scenario
    tables = {
        kind: {key: replace(item, name=draw(names)) for key, item in getattr(scenario, kind).items()}
        for kind in ("customers", "zones")
    }
    vehicles = {
        key: replace(item, name=draw(names), count=draw(st.integers(0, 3)), profile=draw(names))
        for key, item in scenario.vehicles.items()
    }
    served = sorted(state.plan.served)
    locks = {key: draw(st.sampled_from(list(Lock))) for key in served if draw(st.booleans())}
    return State(replace(scenario, vehicles=vehicles, **tables), state.plan.with_locks(locks))

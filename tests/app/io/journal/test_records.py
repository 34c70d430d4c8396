"""The lines of a journal come back as they were; a line that is not as it was written ends the journal."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.fingerprint import Place
from app.io.journal.records import FORMAT, Begin, Edited, Moved, Record, line_of, patch_data, patch_from, records_in
from app.io.journal.values import JournalDataError
from app.model.document import Step
from app.model.patch import TABLES, Patch, State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Scenario
from tests.app.io.scenarios import scenarios
from tests.app.model.states import small_state, states

times = st.floats(0, 1e10, allow_nan=False)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
places = st.none() | st.builds(
    Place,
    texts.map(lambda text: Path("/tmp") / text.replace("\0", "")),
    st.none() | st.tuples(st.integers(0, 1 << 60), st.integers(0, 1 << 62)),
)
begins = st.builds(Begin, texts, texts, times, places, st.integers(0, 1000), st.lists(texts, max_size=5).map(tuple))


@given(st.builds(State, scenarios()), st.builds(State, scenarios()), texts, st.booleans(), times)
def test_an_edit_comes_back(before: State, after: State, name: str, undone: bool, at: float) -> None:
    step = Step(name, Patch.between(before, after), undone)
    (back,) = records_in(line_of(Edited.of(step, at), 0))
    assert isinstance(back, Edited)
    assert back.at == at
    assert back.step(before) == step
    assert back.step(before).patch.applied(before) == after


@given(states(), states())
def test_a_patch_of_a_plan_comes_back(before: State, after: State) -> None:
    patch = Patch.between(before, after)
    assert patch_from(json.loads(json.dumps(patch_data(patch))), before) == patch


@given(begins | st.builds(Moved, places))
def test_other_records_come_back(record: Record) -> None:
    assert list(records_in(line_of(record, 0))) == [record]


def test_every_part_of_a_patch_is_written() -> None:
    # A new part of a patch needs no change here as long as patch and state call it the same.
    before = small_state()
    after = State(Scenario(), Plan((PlannedRoute("bike", ("C1",)),)))
    written = patch_data(Patch.between(before, after))
    changed = {one.name for one in fields(Patch)} - {"rows", "matrix"}
    assert set(written) == {*TABLES, *changed}


def journal() -> tuple[bytes, list[Record]]:
    """A journal of five lines, and what is in it."""
    state = small_state()
    records: list[Record] = [Begin("base-1.routewright", "ab", 5.0)]
    for number in range(3):
        customers = {**state.scenario.customers, f"N{number}": Customer(f"N{number}", "=é\n")}
        after = State(Scenario(customers=customers), state.plan)
        records.append(Edited.of(Step(f"Add {number}", Patch.between(state, after)), 6.0 + number))
        state = after
    records.insert(2, Moved(Place(Path("/tmp/day.routewright"), (5, 6))))
    return b"".join(line_of(record, number) for number, record in enumerate(records)), records


def test_cut_anywhere_the_lines_before_the_cut_are_read() -> None:
    data, records = journal()
    assert list(records_in(data)) == records
    for end in range(len(data)):
        whole = data[:end].count(b"\n")
        assert list(records_in(data[:end])) == records[:whole]


def test_a_damaged_byte_ends_the_journal_at_its_line() -> None:
    data, records = journal()
    for at in range(len(data)):
        damaged = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert list(records_in(damaged)) == records[: data[:at].count(b"\n")]


def test_a_lost_or_repeated_line_ends_the_journal() -> None:
    data, records = journal()
    lines = data.splitlines(keepends=True)
    assert list(records_in(b"".join([*lines[:2], *lines[3:]]))) == records[:2]
    assert list(records_in(b"".join([*lines[:3], *lines[2:]]))) == records[:3]


@given(st.binary(max_size=200))
def test_whatever_stands_behind_a_checksum_raises_nothing(text: bytes) -> None:
    assert list(records_in(b"%08x %s\n" % (zlib.crc32(text), text))) == []


@pytest.mark.parametrize(
    "content",
    [
        "[" * 10**5,
        '{"line": 0, "kind": "edited", "at": NaN, "name": "", "undone": false, "patch": {}}',
        '{"line": 0, "kind": "edited", "at": 1, "name": 1, "undone": false, "patch": {}}',
        '{"line": 0, "kind": "moved", "place": ["a"]}',
        '{"line": 0, "kind": "something newer"}',
        '{"line": 0, "kind": "begin", "place": null, "format": "1"}',
    ],
)
def test_what_is_no_record_ends_the_journal(content: str) -> None:
    text = content.encode()
    assert list(records_in(b"%08x %s\n" % (zlib.crc32(text), text))) == []


def test_the_beginning_of_a_newer_journal_says_so() -> None:
    content = {"line": 0, "kind": "begin", "format": FORMAT + 1, "at": 7, "place": None, "unheard of": []}
    text = json.dumps(content).encode()
    (begin,) = records_in(b"%08x %s\n" % (zlib.crc32(text), text))
    assert isinstance(begin, Begin)
    assert begin.format == FORMAT + 1


@pytest.mark.parametrize(
    "data",
    [
        {"customers": {"before": [[0, "gone"]], "after": []}},
        {"customers": {"before": [], "after": [[0.5, "X", {"id": "X"}]]}},
        {"customers": {"before": []}},
        {"trailers": {"before": [], "after": []}},
        {"plan": []},
    ],
)
def test_what_is_no_patch_of_the_state_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(JournalDataError):
        patch_from(data, small_state())

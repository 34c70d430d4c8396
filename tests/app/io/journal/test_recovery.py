"""What a journal holds comes back after any crash: whole, or up to where it was cut, and only when it is nobody's."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.io import manifest
from app.io.document import document_bytes, save_document
from app.io.fingerprint import Place, fingerprint
from app.io.journal.claim import claimed, lock_file
from app.io.journal.records import FORMAT, Arranged, Begin, Edited, Moved, line_of
from app.io.journal.recovery import contents_of, new_claim, unfinished
from app.io.journal.store import JournalStore, generations
from app.io.manifest import FORMAT_VERSION
from app.model import changes
from app.model.document import Step
from app.model.patch import State
from app.model.variants import Arrangement, Variants
from tests.app.model.states import small_state


def edits(state: State, count: int) -> list[tuple[Step, State]]:
    """Return edits of a state one after the other, and the state after each."""
    made = []
    for number in range(count):
        name, patch = changes.set_field(state, "customers", ["C1"], "name", f"Name {number}")
        state = patch.applied(state)
        made.append((Step(f"{name} {number}", patch), state))
    return made


def write(folder: Path, steps: list[Step], place: Place | None = None) -> JournalStore:
    store = JournalStore(folder)
    store.begin(document_bytes(Variants.of(small_state())), place)
    for number, step in enumerate(steps):
        store.append(Edited.of(step, 100.0 + number))
    store.sync()
    return store


def test_edits_come_back_as_steps(tmp_path: Path) -> None:
    made = edits(small_state(), 7)
    write(tmp_path / "a", [step for step, _ in made]).close()
    found = contents_of(tmp_path / "a")
    assert found is not None
    assert found.state == made[-1][1]
    assert found.steps == (tuple(step for step, _ in made),)
    assert (found.edits, found.latest) == (7, 106.0)
    assert found.names == tuple(step.name for step, _ in made[-5:])


def test_cut_anywhere_the_edits_before_the_cut_come_back(tmp_path: Path) -> None:
    made = edits(small_state(), 3)
    write(tmp_path / "a", [step for step, _ in made]).close()
    (_, path), *_ = generations(tmp_path / "a")
    data = path.read_bytes()
    lines = data.splitlines(keepends=True)
    ends = [sum(map(len, lines[: count + 2])) for count in range(len(made))]
    beside = {at for one in ends for at in (one - 1, one) if at < len(data)}
    for end in beside.union(range(0, len(data), 7)):
        path.write_bytes(data[:end])
        found = contents_of(tmp_path / "a")
        whole = sum(end >= one for one in ends)
        if end < len(lines[0]):
            assert found is not None  # it is told that something was there
            assert found.state is None
        elif whole == 0:
            assert found is None
        else:
            assert found is not None
            assert found.state == made[whole - 1][1]
            assert found.edits == whole


def test_what_was_undone_does_not_count(tmp_path: Path) -> None:
    (first, between), (second, _) = edits(small_state(), 2)
    back = Step(second.name, second.patch.inverted(), undone=True)
    write(tmp_path / "a", [first, second, back]).close()
    found = contents_of(tmp_path / "a")
    assert found is not None
    assert (found.state, found.steps, found.edits) == (between, ((first,),), 1)
    write(tmp_path / "b", [first, Step(first.name, first.patch.inverted(), undone=True)]).close()
    assert contents_of(tmp_path / "b") is None


def test_what_was_undone_beyond_the_last_save_is_a_step_of_its_own(tmp_path: Path) -> None:
    (step, _), *_ = edits(small_state(), 1)
    back = Step("Rename", step.patch, undone=True)
    write(tmp_path / "a", [back]).close()
    found = contents_of(tmp_path / "a")
    assert found is not None
    assert found.steps == ((back,),)


def test_edits_come_back_in_their_variants(tmp_path: Path) -> None:
    first, second, third = (step for step, _ in edits(small_state(), 3))
    store = write(tmp_path / "a", [first])
    both = ("Monday", "Rain")
    store.append(Arranged(Arrangement((0, 0), both, 1), 101.0))
    store.append(Edited.of(second, 102.0))
    store.append(Arranged(Arrangement((0, 1), both, 0), 103.0))
    store.append(Edited.of(Step(first.name, first.patch.inverted(), undone=True), 104.0))
    store.close()
    found = contents_of(tmp_path / "a")
    assert found is not None
    assert found.variants is not None
    assert (found.variants.names, found.variants.present) == (both, 0)
    assert found.state == small_state()
    assert found.steps == ((), (second,))
    assert found.variants.items[1].state == second.patch.applied(first.patch.applied(small_state()))
    assert (found.edits, found.latest) == (2, 104.0)  # the copy, and the edit in it
    assert found.names[-1] == second.name
    assert third.name not in found.names


def test_who_only_looked_at_variants_has_nothing_to_recover(tmp_path: Path) -> None:
    store = write(tmp_path / "a", [])
    store.append(Arranged(Arrangement((0,), Variants.of(small_state()).names, 0), 101.0))
    store.close()
    assert contents_of(tmp_path / "a") is None


def test_what_follows_an_arrangement_of_others_is_not_made_up(tmp_path: Path) -> None:
    first, second = (step for step, _ in edits(small_state(), 2))
    store = write(tmp_path / "a", [first])
    store.append(Arranged(Arrangement((0, 5), ("A", "B"), 1), 101.0))
    store.append(Edited.of(second, 102.0))
    store.close()
    found = contents_of(tmp_path / "a")
    assert found is not None
    assert found.state == first.patch.applied(small_state())
    assert found.edits == 1


def test_the_next_generation_replaces_the_last(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    made = edits(small_state(), 4)
    store = write(folder, [step for step, _ in made[:2]])
    store.begin(document_bytes(Variants.of(made[1][1])), None, 2, ["One", "Two"])
    for step, _ in made[2:]:
        store.append(Edited.of(step, 200.0))
    store.close()
    assert len(list(folder.iterdir())) == 2
    found = contents_of(folder)
    assert found is not None
    assert (found.state, found.edits) == (made[-1][1], 4)
    assert found.names == ("One", "Two", made[2][0].name, made[3][0].name)


def test_a_crash_between_two_generations_leaves_one_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    made = edits(small_state(), 2)
    write(folder, [step for step, _ in made]).close()
    (folder / "base-2.routewright").write_bytes(document_bytes(Variants.of(made[1][1]))[:50])
    found = contents_of(folder)
    assert found is not None
    assert found.state == made[1][1]
    head = Begin("base-2.routewright", hashlib.sha256(b"").hexdigest(), 5.0, edits=2)
    (folder / "edits-2.journal").write_bytes(line_of(head, 0))  # its base is not what it says: it cannot be used
    assert contents_of(folder) == found


def test_the_place_is_where_the_document_lived_last(tmp_path: Path) -> None:
    first, second = Place(tmp_path / "a.routewright", (1, 2)), Place(tmp_path / "b.routewright", (3, 4))
    (step, _), *_ = edits(small_state(), 1)
    store = write(tmp_path / "a", [step], first)
    found = contents_of(tmp_path / "a")
    assert found is not None
    assert found.place == first
    store.append(Moved(second))
    store.close()
    found = contents_of(tmp_path / "a")
    assert found is not None
    assert found.place == second


def test_a_newer_journal_is_told_of_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    text = json.dumps({"line": 0, "kind": "begin", "format": FORMAT + 1, "at": 7, "place": None}).encode()
    (folder / "edits-1.journal").write_bytes(b"%08x %s\n" % (zlib.crc32(text), text))
    (left,) = unfinished(tmp_path)
    assert left.contents.newer
    assert left.contents.state is None
    left.release()
    assert folder.exists()


def test_edits_of_a_newer_document_are_not_made_to_what_an_older_program_reads_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it does not know would be missing from what is recovered, and from the file at the next save."""
    with monkeypatch.context() as later:
        later.setattr(manifest, "format_of", lambda _: FORMAT_VERSION + 1)
        write(tmp_path / "a", [step for step, _ in edits(small_state(), 2)]).close()
    (left,) = unfinished(tmp_path)
    assert left.contents.newer
    assert left.contents.state is None
    assert left.contents.edits == 2
    left.release()
    assert (tmp_path / "a" / "edits-1.journal").exists()


# Whose it is


def test_only_what_nobody_owns_is_offered(tmp_path: Path) -> None:
    made = edits(small_state(), 2)
    mine = new_claim(tmp_path)
    write(mine.folder, [step for step, _ in made]).close()
    assert unfinished(tmp_path) == []
    mine.release()
    (left,) = unfinished(tmp_path)
    assert left.contents.state == made[-1][1]
    assert unfinished(tmp_path) == []  # the first offer stands
    left.release()
    (left,) = unfinished(tmp_path)
    left.discard()
    assert list(tmp_path.iterdir()) == []


def test_what_holds_nothing_is_cleared_away(tmp_path: Path) -> None:
    write(tmp_path / "no edits", []).close()
    (tmp_path / "empty").mkdir()
    lock_file(tmp_path / "never written").touch()
    claim = claimed(tmp_path / "in use")
    assert unfinished(tmp_path) == []
    assert [one.name for one in tmp_path.iterdir()] == ["in use.lock"]
    assert claim is not None
    claim.release()


def test_a_crash_in_the_middle_of_a_recovery_leaves_one_offer(tmp_path: Path) -> None:
    (step, state), *_ = edits(small_state(), 1)
    write(tmp_path / "old", [step]).close()
    store = JournalStore(tmp_path / "new")
    store.begin(document_bytes(Variants.of(state)), None, 1, [step.name], "old")
    store.close()
    (left,) = unfinished(tmp_path)
    assert left.name == "new"
    assert left.contents.state == state
    assert not (tmp_path / "old").exists()
    left.release()


def test_edits_before_the_last_save_do_not_count_even_if_the_journal_missed_it(tmp_path: Path) -> None:
    path = tmp_path / "day.routewright"
    save_document(path, small_state().scenario, small_state().plan)
    place = Place(path, fingerprint(path))
    made = edits(small_state(), 5)
    write(tmp_path / "journals" / "a", [step for step, _ in made], place).close()
    save_document(path, made[2][1].scenario, made[2][1].plan)
    (left,) = unfinished(tmp_path / "journals")
    assert left.contents.place is not None
    assert left.contents.place.unchanged
    assert (left.contents.state, left.contents.edits) == (made[-1][1], 2)
    assert left.contents.names == tuple(step.name for step, _ in made[3:])
    left.release()


def test_the_latest_comes_first(tmp_path: Path) -> None:
    (step, _), *_ = edits(small_state(), 1)
    for number, folder in enumerate(("a", "b", "c")):
        store = write(tmp_path / folder, [])
        store.append(Edited.of(step, (5.0, 9.0, 7.0)[number]))
        store.close()
    found = unfinished(tmp_path)
    assert [one.contents.latest for one in found] == [9.0, 7.0, 5.0]
    for one in found:
        one.release()


@pytest.mark.parametrize("saved", [True, False])
def test_what_the_file_holds_already_is_no_loss(tmp_path: Path, saved: bool) -> None:
    path = tmp_path / "day.routewright"
    save_document(path, small_state().scenario, small_state().plan)
    made = edits(small_state(), 2)
    place = Place(path, fingerprint(path))
    write(tmp_path / "journals" / "a", [step for step, _ in made], place).close()
    state = made[-1][1] if saved else State(replace(small_state().scenario, depots={}))
    save_document(path, state.scenario, state.plan)
    found = unfinished(tmp_path / "journals")
    assert len(found) == (0 if saved else 1)
    for one in found:
        assert one.contents.place is not None
        assert not one.contents.place.unchanged
        one.release()


def test_without_the_folder_there_is_nothing(tmp_path: Path) -> None:
    assert unfinished(tmp_path / "none") == []

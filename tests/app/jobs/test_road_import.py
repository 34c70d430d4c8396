"""Imports run in a process of their own, tell how far they are, can be stopped, and leave no half file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.io.networks import NetworkStore, StoredNetwork
from app.io.osm_words import osm_problem_words
from app.jobs.road_import import RoadImport, Serve
from solver.roads import import_process
from solver.roads.osm import OsmProblem
from tests.app.jobs import import_servers
from tests.solver.roads.osm.maps import SOUTH, STEP, WEST, Map

PATIENCE = 20_000
"""Milliseconds that a signal may take on a busy machine before the test gives up."""

MakeImport = Callable[..., RoadImport]


@pytest.fixture
def store(tmp_path: Path) -> NetworkStore:
    return NetworkStore(tmp_path / "networks")


@pytest.fixture
def make_import(qapp: object, store: NetworkStore) -> Iterator[MakeImport]:
    made: list[RoadImport] = []

    def make(serve: Serve = import_process.serve) -> RoadImport:
        made.append(RoadImport(store, serve=serve))
        return made[-1]

    yield make
    for one in made:
        one.shutdown()


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """A map of one street."""
    made = Map()
    made.way(*made.line(5))
    return made.write(tmp_path)


def left_in(folder: Path) -> set[str]:
    """Return the suffixes of the files in a store's folder."""
    return {path.suffix or path.name for path in folder.glob("*")}


def test_a_network_arrives_in_the_store(
    make_import: MakeImport, store: NetworkStore, street: Path, qtbot: QtBot
) -> None:
    job = make_import()
    told: list[tuple[float, str]] = []
    job.progressed.connect(lambda share, words: told.append((share, words)))
    with qtbot.waitSignal(job.finished, timeout=PATIENCE) as finished:
        job.start(street, "My town", (SOUTH - STEP, WEST - STEP, SOUTH + STEP, WEST + 1.5 * STEP))
        assert job.running
    assert not job.running
    assert finished.args is not None
    stored: StoredNetwork = finished.args[0]
    assert stored.name == "My town"
    assert store.has(stored.id)
    assert store.read(stored.id).segments == stored.segments == 1
    assert stored.bounds[3] == pytest.approx(WEST + 2 * STEP)
    assert all(words for _, words in told)
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert left_in(store._folder) == {".json", ".npz", ".npy"}
    np.testing.assert_array_equal(store.order(stored.id), [0])


def test_a_new_import_takes_the_place_of_an_old_one(
    make_import: MakeImport, store: NetworkStore, street: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    job = make_import()
    with qtbot.waitSignal(job.finished, timeout=PATIENCE) as first:
        job.start(street, "Town")
    made = Map()
    made.way(*made.line(7))
    assert first.args is not None
    with qtbot.waitSignal(job.finished, timeout=PATIENCE) as second:
        job.start(made.write(tmp_path, "newer.osm"), "Town", replaces=first.args[0].id)
    assert second.args is not None
    assert [one.id for one in store.listed() if not one.sample] == [second.args[0].id]


def test_a_stop_leaves_nothing(make_import: MakeImport, store: NetworkStore, street: Path, qtbot: QtBot) -> None:
    job = make_import(import_servers.never_ends)
    with qtbot.waitSignal(job.progressed, timeout=PATIENCE):
        job.start(street, "Town")
    with qtbot.waitSignal(job.stopped, timeout=PATIENCE):
        job.stop()
    assert not job.running
    assert left_in(store._folder) == set()


def test_a_stop_before_it_has_begun(make_import: MakeImport, street: Path, qtbot: QtBot) -> None:
    job = make_import(import_servers.never_ends)
    with qtbot.waitSignal(job.stopped, timeout=PATIENCE):
        job.start(street, "Town")
        job.stop()


def test_shutdown_is_silent(make_import: MakeImport, store: NetworkStore, street: Path, qtbot: QtBot) -> None:
    job = make_import(import_servers.never_ends)
    with qtbot.waitSignal(job.progressed, timeout=PATIENCE):
        job.start(street, "Town")
    job.stopped.connect(lambda: pytest.fail("stopped was told"))
    job.failed.connect(pytest.fail)
    job.shutdown()
    qtbot.wait(20)
    assert left_in(store._folder) == set()


def test_a_process_that_dies_is_told(make_import: MakeImport, store: NetworkStore, street: Path, qtbot: QtBot) -> None:
    job = make_import(import_servers.dies)
    with qtbot.waitSignal(job.failed, timeout=PATIENCE) as failed:
        job.start(street, "Town")
    assert failed.args is not None
    assert street.name in failed.args[0]
    assert left_in(store._folder) == set()


def test_a_full_disk_is_told(make_import: MakeImport, street: Path, qtbot: QtBot) -> None:
    job = make_import(import_servers.finds_the_disk_full)
    with qtbot.waitSignal(job.failed, timeout=PATIENCE):
        job.start(street, "Town")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", OsmProblem.EMPTY),
        (b"name;street\nCafe;Main Street\n", OsmProblem.FOREIGN),
        (b"<osm version='0.6'><node id='1' lat='60'", OsmProblem.TRUNCATED),
        (b"<osm version='0.6'></osm>", OsmProblem.NO_ROADS),
    ],
)
def test_what_is_wrong_with_a_file_is_told_and_the_old_network_stays(
    content: bytes,
    problem: OsmProblem,
    make_import: MakeImport,
    store: NetworkStore,
    street: Path,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    job = make_import()
    with qtbot.waitSignal(job.finished, timeout=PATIENCE) as finished:
        job.start(street, "Town")
    wrong = tmp_path / "wrong.osm.pbf"
    wrong.write_bytes(content)
    assert finished.args is not None
    with qtbot.waitSignal(job.failed, timeout=PATIENCE) as failed:
        job.start(wrong, "Other", replaces=finished.args[0].id)
    assert failed.args == [osm_problem_words(problem, "wrong.osm.pbf")]
    assert store.has(finished.args[0].id)


def test_every_problem_has_words_of_its_own() -> None:
    assert len({osm_problem_words(one, "map.osm.pbf") for one in OsmProblem}) == len(OsmProblem)

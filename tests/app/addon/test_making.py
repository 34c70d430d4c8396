"""Making, updating and removing the add-on, with a script in place of Python and pip."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections import namedtuple
from pathlib import Path

import pytest

from app import __version__
from app.addon import making, probe, pythons
from app.addon.errors import AddonError, StoppedError
from app.addon.making import create_addon, remove_addon, update_addon
from app.addon.place import Mark, addon_folder, default_folder, read_mark, write_mark
from app.addon.probe import AddonState, find_addon, remembered_addon
from app.addon.pythons import find_python
from tests.app.addon.fake_python import FACTS, calls, make_fake_python
from tests.solver.test_worker import lives

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts")


def nothing(_: str) -> None:
    """Listen to nobody."""


def test_it_is_made_where_it_belongs_and_found_there(tmp_path: Path) -> None:
    python = make_fake_python(tmp_path)
    said: list[str] = []
    assert find_addon() is None
    made = create_addon(said.append, python=python)
    assert (made.folder, made.state, made.gpu) == (default_folder(), AddonState.READY, "NVIDIA H100")
    assert find_addon() == remembered_addon() == made
    assert "Collecting torch" in said
    kinds = [line.split()[1:3] for line in calls(python)]
    assert [kind[1] for kind in kinds if kind[0] == "-m"] == ["venv", "pip", "solver"]


def test_what_is_installed_is_this_program_with_what_training_needs(tmp_path: Path) -> None:
    python = make_fake_python(tmp_path)
    create_addon(nothing, python=python, index_url="https://wheels.example/cu130")
    (line,) = [line for line in calls(python) if "-m pip" in line]
    assert line.endswith("[train]")
    assert "--extra-index-url https://wheels.example/cu130 " in line


def test_a_packaged_program_installs_its_own_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "with space" / f"routewright-{__version__}-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.touch()
    monkeypatch.setattr(making, "resource", lambda name: wheel.parent)
    python = make_fake_python(tmp_path)
    create_addon(nothing, python=python)
    assert any(line.endswith(f"routewright[train] @ {wheel.as_uri()}") for line in calls(python))


def test_another_folder_is_kept_in_mind(tmp_path: Path) -> None:
    folder = tmp_path / "große Platte" / "gpu"
    made = create_addon(nothing, python=make_fake_python(tmp_path), folder=folder)
    assert made.folder == addon_folder() == folder
    assert remove_addon() == folder
    assert not folder.exists()
    assert find_addon() is None


@pytest.mark.parametrize("step", ["pip", "warm"])
def test_of_what_fails_nothing_is_left_and_its_last_lines_are_told(step: str, tmp_path: Path) -> None:
    failing = {step: "seq 1 20; echo ERROR: No matching distribution >&2; exit 1"}
    with pytest.raises(AddonError) as caught:
        create_addon(nothing, python=make_fake_python(tmp_path, **failing))  # type: ignore[arg-type]
    assert caught.value.said[-1] == "ERROR: No matching distribution"
    assert 1 < len(caught.value.said) < 10
    assert not default_folder().exists()
    assert find_addon() is None


def test_one_that_does_not_answer_was_not_made(tmp_path: Path) -> None:
    with pytest.raises(AddonError):
        create_addon(nothing, python=make_fake_python(tmp_path, facts={"numba": ""}))
    assert not default_folder().exists()


def test_a_stop_ends_what_runs_with_all_that_it_started(tmp_path: Path) -> None:
    stop = threading.Event()
    pids: list[int] = []

    def hear(line: str) -> None:
        if line.isdecimal():
            pids.append(int(line))
            stop.set()

    with pytest.raises(StoppedError):
        create_addon(hear, python=make_fake_python(tmp_path, pip="sleep 600 & echo $!; wait"), stop=stop)
    assert not default_folder().exists()
    limit = time.monotonic() + 5.0
    while lives(pids[0]) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not lives(pids[0])


def test_an_interrupt_ends_it_too(tmp_path: Path) -> None:
    def interrupt(line: str) -> None:
        if line == "Collecting torch":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_addon(interrupt, python=make_fake_python(tmp_path, pip="echo Collecting torch; sleep 600"))
    assert not default_folder().exists()


def test_what_lies_in_the_folder_already_stays(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear Anna")
    with pytest.raises(AddonError, match="not empty"):
        create_addon(nothing, python=make_fake_python(tmp_path), folder=folder)
    assert (folder / "letter.txt").exists()
    assert addon_folder() == default_folder()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AddonError, match="could not be written"):
        create_addon(nothing, python=make_fake_python(tmp_path), folder=tmp_path / "file" / "gpu")


def test_a_full_disk_is_noticed_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 2**30))
    python = make_fake_python(tmp_path)
    with pytest.raises(AddonError, match=r"1\.0 GB"):
        create_addon(nothing, python=python)
    assert not any("-m" in line for line in calls(python))
    assert not default_folder().exists()


def test_an_older_one_is_updated_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = make_fake_python(tmp_path)
    made = create_addon(nothing, python=python, index_url="https://wheels.example")
    monkeypatch.setattr(probe, "__version__", "99.0")
    older = find_addon()
    assert older is not None
    assert older.state is AddonState.OUTDATED
    make_fake_python(tmp_path, facts={"routewright": "99.0"})
    shutil.copy(python, made.python)
    updated = update_addon(nothing)
    assert updated.ready
    assert [line for line in calls(python) if "-m pip" in line][-1].count("https://wheels.example") == 1


def test_an_update_that_fails_leaves_nothing_that_could_be_used(tmp_path: Path) -> None:
    python = make_fake_python(tmp_path)
    made = create_addon(nothing, python=python)
    make_fake_python(tmp_path, pip="exit 1")
    shutil.copy(python, made.python)
    with pytest.raises(AddonError):
        update_addon(nothing)
    assert find_addon() is not None
    assert not find_addon().ready  # type: ignore[union-attr]
    assert remembered_addon() is None


def test_there_is_nothing_to_update_or_remove() -> None:
    with pytest.raises(AddonError):
        update_addon(nothing)
    assert remove_addon() is None


def test_only_what_this_program_made_is_removed() -> None:
    folder = default_folder()
    folder.mkdir(parents=True)
    (folder / "pyvenv.cfg").touch()
    assert remove_addon() is None
    assert folder.exists()
    write_mark(folder, Mark())
    assert read_mark(folder) == Mark()
    assert remove_addon() == folder


@pytest.mark.parametrize(
    ("arguments", "told"), [({"minor": 10}, "3.10"), ({"minor": 15}, "3.15"), ({"venv": "false"}, "python3.11-venv")]
)
def test_a_python_that_will_not_do(arguments: dict[str, object], told: str, tmp_path: Path) -> None:
    with pytest.raises(AddonError, match=told):
        find_python(make_fake_python(tmp_path, **arguments))  # type: ignore[arg-type]


def test_something_that_is_no_python(tmp_path: Path) -> None:
    for python in (tmp_path / "missing", Path("/bin/true")):
        with pytest.raises(AddonError, match=python.name):
            find_python(python)


def test_the_first_python_that_will_do_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AddonError, match="--python"):
        find_python()
    old, new = make_fake_python(tmp_path / "old", minor=9), make_fake_python(tmp_path / "new", minor=13)
    names = {"python3.11": str(old), "python3": str(new)}
    monkeypatch.setattr(pythons, "which", names.get)
    assert find_python() == new


def test_a_python_of_a_checkout_makes_its_own_add_on() -> None:
    assert find_python() == Path(sys.executable)
    assert set(FACTS) == set(probe.Facts.__slots__)

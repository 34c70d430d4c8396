"""What an add-on says of itself, and what of it is remembered."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app import __version__
from app.addon.place import Mark, addon_folder, choose_folder, default_folder, write_mark
from app.addon.probe import AddonState, ask, find_addon, remembered_addon
from app.addon.words import gpu_words, state_words
from tests.app.addon.fake_python import FACTS, calls, make_fake_python

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts")


def put_addon(complete: bool = True, **arguments: object) -> Path:
    """Put a folder with a Python where an add-on belongs, and return the Python."""
    python = make_fake_python(default_folder() / "bin", **arguments)  # type: ignore[arg-type]
    (default_folder() / "pyvenv.cfg").touch()
    (default_folder() / "lib/python3.11/site-packages").mkdir(parents=True)
    write_mark(default_folder(), Mark(complete=complete))
    return python


def test_a_real_python_answers(small_addon: Path) -> None:
    facts = ask(small_addon)
    assert facts is not None
    assert facts.routewright == __version__
    assert facts.python == ".".join(map(str, sys.version_info[:3]))
    assert facts.numpy
    assert facts.numba
    assert bool(facts.torch) is bool(facts.gpu or facts.trouble)
    assert gpu_words(facts)


@pytest.mark.parametrize(
    ("arguments", "state"),
    [
        ({}, AddonState.READY),
        ({"facts": {"routewright": "0.0.1"}}, AddonState.OUTDATED),
        ({"facts": {"numba": ""}}, AddonState.BROKEN),
        ({"answer": "echo Segmentation fault >&2; exit 139"}, AddonState.BROKEN),
        ({"answer": "echo '[1, 2]'; echo '{}'"}, AddonState.BROKEN),
        ({"complete": False}, AddonState.UNFINISHED),
    ],
)
def test_what_state_it_is_in(arguments: dict[str, object], state: AddonState) -> None:
    put_addon(**arguments)  # type: ignore[arg-type]
    addon = find_addon()
    assert addon is not None
    assert addon.state is state
    assert addon.ready is (state is AddonState.READY)
    assert state_words(addon)


def test_a_driver_that_ends_the_process_takes_the_card_only(tmp_path: Path) -> None:
    import json

    first = json.dumps({**FACTS, "gpu": ""})
    facts = ask(make_fake_python(tmp_path, answer=f"echo '{first}'; echo '{{'; kill -SEGV $$"))
    assert facts is not None
    assert (facts.torch, facts.gpu) == (FACTS["torch"], "")


def test_one_that_hangs_is_given_up(tmp_path: Path) -> None:
    assert ask(make_fake_python(tmp_path, answer="exec sleep 600"), patience=0.2) is None


def test_it_is_asked_again_only_when_something_was_installed() -> None:
    python = put_addon()
    assert remembered_addon() is None
    first = find_addon()
    assert find_addon() == remembered_addon() == first
    assert len(calls(python)) == 1
    packages = default_folder() / "lib/python3.11/site-packages"
    os.utime(packages, ns=(1, packages.stat().st_mtime_ns + 1))
    assert remembered_addon() is None
    find_addon()
    find_addon(afresh=True)
    assert len(calls(python)) == 3


def test_what_was_remembered_of_something_else_is_not_believed() -> None:
    put_addon()
    find_addon()
    (memory,) = Path(os.environ["XDG_CACHE_HOME"]).rglob("addon.json")
    for text in ("", "{}", "[]", '{"stamp": [], "facts": {}}', "\0"):
        memory.write_text(text)
        assert remembered_addon() is None


def test_the_folder_is_where_the_user_wants_it(tmp_path: Path) -> None:
    assert addon_folder() == default_folder()
    choose_folder(tmp_path / "größer")
    assert addon_folder() == tmp_path / "größer"
    choose_folder(default_folder())
    assert addon_folder() == default_folder()


@pytest.mark.parametrize("written", [b"", b"relative/path", b"\xff\xfe", b"/a\0b", b"\n"])
def test_a_choice_that_makes_no_sense_is_none(written: bytes) -> None:
    choose_folder(Path("/elsewhere"))
    (choice,) = Path(os.environ["XDG_CONFIG_HOME"]).rglob("addon-folder")
    choice.write_bytes(written)
    assert addon_folder() == default_folder()

"""Training on a graphics card is handed to the add-on, or it is said what is missing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from app.__main__ import main
from app.addon import training
from app.addon.place import Mark, default_folder, write_mark
from app.addon.training import wants_addon
from app.edition import Edition
from tests.app.addon.fake_python import FACTS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts")

TRAIN = ["train", "out", "--device", "cuda", "--from", "my day.zip"]

SCRIPT = """#!{python}
import json, os, signal, sys, time
from pathlib import Path
if "-c" in sys.argv:
    print({facts!r})
    sys.exit()
print(json.dumps(sys.argv[1:]), flush=True)
def end(number, _):
    os.write(1, b"kept, %d\\n" % number)
    sys.exit(number)
signal.signal(signal.SIGINT, end)
signal.signal(signal.SIGTERM, end)
if "wait" in sys.argv:
    print("waiting", flush=True)
    time.sleep(60)
sys.exit(7)
"""


@pytest.fixture(autouse=True)
def _no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever there is in this computer."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")


def put_addon(**facts: str) -> None:
    python = default_folder() / "bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(SCRIPT.format(python=sys.executable, facts=json.dumps({**FACTS, **facts})), encoding="utf-8")
    python.chmod(0o755)
    write_mark(default_folder(), Mark(complete=True))


def test_only_cards_that_torch_cannot_use_here_take_an_add_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [wants_addon(device) for device in ("cpu", "mps", "cuda", "cuda:1")] == [False, False, True, True]
    monkeypatch.setitem(sys.modules, "torch", None)
    assert wants_addon("cuda")


def test_a_packaged_program_does_not_ask_its_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "edition", lambda: Edition("0.1.0", packaged=True))
    monkeypatch.setitem(sys.modules, "torch", object())  # which has no answers
    assert [wants_addon(device) for device in ("cpu", "cuda")] == [False, True]


def test_the_command_is_handed_over_as_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    put_addon()
    assert main(TRAIN) == 7
    captured = capfd.readouterr()
    assert captured.out == '["-I", "-m", "app", "train", "out", "--device", "cuda", "--from", "my day.zip"]\n'
    assert str(default_folder()) in captured.err


def test_without_an_add_on_it_says_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(TRAIN) == 2
    assert "routewright addon create" in capsys.readouterr().err


def test_an_add_on_of_another_version_is_not_used(capfd: pytest.CaptureFixture[str]) -> None:
    put_addon(routewright="0.0.1")
    assert main(TRAIN) == 2
    captured = capfd.readouterr()
    assert "0.0.1" in captured.err
    assert captured.out == ""


def test_an_add_on_does_not_hand_over_to_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_addon()
    monkeypatch.setattr(training.sys, "prefix", str(default_folder()))
    assert main(TRAIN) == 2
    assert capsys.readouterr().err.startswith("my day.zip cannot be learned from as it is:")


def test_the_processor_needs_no_add_on(capfd: pytest.CaptureFixture[str]) -> None:
    put_addon()
    assert main(["train", "out", "--from", "nowhere.zip"]) == 2
    assert capfd.readouterr().err.startswith("nowhere.zip cannot be learned from as it is:")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_waits_for_what_is_kept_when_it_is_asked_to_end(number: signal.Signals) -> None:
    put_addon()
    command = [sys.executable, "-m", "app", *TRAIN, "wait"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        while process.stdout.readline() != "waiting\n":
            assert process.poll() is None
        if number is signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does it
        else:
            process.send_signal(number)
        assert process.stdout.read() == f"kept, {number.value}\n"
        assert process.wait(20) == number.value

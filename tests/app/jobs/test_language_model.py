"""Asking a language model over HTTP, whatever it answers."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.key_file import read_key, write_key
from app.jobs.language_model import LanguageModel
from app.jobs.model_address import Patience, Server, address_problem, host_of, is_at_home
from tests.app.jobs.model_server import ModelServer, reply

ASKED = ({"role": "user", "content": "Grüße"},)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    made = ModelServer()
    yield made
    made.close()


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[LanguageModel]:
    made = LanguageModel(Patience(total=400, most_bytes=20_000))
    yield made
    made.close()


def test_an_answer_comes_back_with_its_ticket(qtbot: QtBot, server: ModelServer, model: LanguageModel) -> None:
    server.says("all is well")
    with qtbot.waitSignal(model.replied) as got:
        model.ask(Server(server.address, "small", "secret"), ASKED, 7)
    assert got.args == [7, "all is well"]
    assert not model.busy
    (seen,) = server.seen
    assert seen.path == "/v1/chat/completions"
    assert seen.body == {"model": "small", "messages": list(ASKED), "temperature": 0, "stream": False}
    assert seen.headers["authorization"] == "Bearer secret"
    assert "cookie" not in seen.headers


def test_without_a_key_none_is_sent(qtbot: QtBot, server: ModelServer, model: LanguageModel) -> None:
    with qtbot.waitSignal(model.replied):
        model.ask(Server(server.address, "small"), ASKED, 7)
    assert "authorization" not in server.seen[0].headers


ANSWERS = {
    "garbage": lambda server: lambda request: request.send(b"\xff\x00{]"),
    "nothing": lambda server: lambda request: request.send(b""),
    "another JSON": lambda server: lambda request: request.send(b'{"choices": [{"message": {"content": [1]}}]}'),
    "no choice": lambda server: lambda request: request.send(b'{"choices": []}'),
    "deep": lambda server: lambda request: request.send(b"[" * 19_000),
    "empty": lambda server: lambda request: request.send(reply("")),
    "error": lambda server: lambda request: request.send(reply("ready"), 500),
    "no key": lambda server: lambda request: request.send(b"", 401, **{"WWW-Authenticate": "Bearer"}),
    "unknown": lambda server: lambda request: request.send(reply("ready"), 404),
    "huge": lambda server: lambda request: request.send(reply("x" * 100_000)),
    "elsewhere": lambda server: lambda request: request.send(b"", 307, Location=f"{server.address}/other"),
    "slow": lambda server: server.slowly,
    "never": lambda server: server.never,
    "closes": lambda server: server.hang_up,
}


@pytest.mark.parametrize("how", ANSWERS)
def test_a_bad_answer_is_a_sentence(qtbot: QtBot, server: ModelServer, model: LanguageModel, how: str) -> None:
    server.answers = ANSWERS[how](server)
    with qtbot.waitSignal(model.failed, timeout=3000) as got:
        model.ask(Server(server.address, "small", "secret"), ASKED, how)
    ticket, sentence = got.args
    assert ticket == how
    assert sentence.endswith(".")
    assert "secret" not in sentence
    assert len(server.seen) == 1  # nor is anybody else asked
    assert not model.busy


def test_who_does_not_listen_is_not_reached(qtbot: QtBot, model: LanguageModel) -> None:
    server = ModelServer()
    server.close()
    with qtbot.waitSignal(model.failed):
        model.ask(Server(server.address, "small"), ASKED, 1)


def test_what_is_taken_back_is_not_answered(qtbot: QtBot, server: ModelServer, model: LanguageModel) -> None:
    server.answers = server.never
    got: list[object] = []
    model.replied.connect(lambda *args: got.append(args))
    model.failed.connect(lambda *args: got.append(args))
    model.ask(Server(server.address, "small"), ASKED, 1)
    qtbot.waitUntil(lambda: len(server.seen) == 1)
    model.cancel(1)
    assert not model.busy
    qtbot.wait(500)
    assert got == []


def test_the_newest_question_of_a_ticket_is_answered(qtbot: QtBot, server: ModelServer, model: LanguageModel) -> None:
    server.answers = server.never
    model.ask(Server(server.address, "small"), ASKED, 1)
    qtbot.waitUntil(lambda: len(server.seen) == 1)
    server.says("newer")
    with qtbot.waitSignal(model.replied) as got:
        model.ask(Server(server.address, "small"), ASKED, 1)
    assert got.args == [1, "newer"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "localhost",
        "ftp://host/v1",
        "file:///etc/passwd",
        "http://",
        "http://me:secret@host/v1",
        "http://host/v1?key=1",
    ],
)
def test_not_everything_is_an_address(address: str) -> None:
    assert address_problem(address).endswith(".")


def test_addresses_are_told_apart() -> None:
    assert address_problem("http://localhost:11434/v1") == address_problem("https://example.org/v1") == ""
    assert host_of("http://localhost:11434/v1") == "localhost:11434"
    assert is_at_home("http://127.0.0.1:1/v1")
    assert not is_at_home("http://localhost.example.org/v1")


def test_a_key_is_for_this_user_only(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "key"
    assert read_key(path) == ""
    path.parent.mkdir()
    path.write_text("older")
    path.chmod(0o644)
    write_key(path, "secret")
    assert read_key(path) == "secret"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_key(path, "")
    assert not path.exists()
    assert "secret" not in repr(Server("http://host", "model", "secret"))

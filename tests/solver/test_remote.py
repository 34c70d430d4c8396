"""The engine behind standard input and output."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from solver.channels import Channel, StreamChannel
from solver.messages import Finished, Ready, Shutdown, Solve
from solver.remote import GREETING
from solver.wire import receive, send
from tests.solver.fake_engine import make_square
from tests.solver.test_worker import lives


def serve_noisily(channel: Channel) -> None:
    """Print before and after each message, and read what nobody writes."""
    print("a line that is no message")
    sys.stdout.flush()
    assert sys.stdin.read() == ""
    while (message := channel.recv_bytes()) != b"end":
        print("another", flush=True)
        channel.send_bytes(message.upper())


@contextmanager
def remote(serve: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "solver.remote", serve]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def channel_to(process: subprocess.Popen[bytes]) -> StreamChannel:
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.read(len(GREETING)) == GREETING
    return StreamChannel(process.stdout, process.stdin)


def test_it_loads_solves_and_ends() -> None:
    with remote("tests.solver.fake_engine:serve_improving") as process:
        channel = channel_to(process)
        assert isinstance(receive(channel), Ready)
        send(channel, Solve(1, make_square(5), seconds=0.05))
        answer = receive(channel)
        while not isinstance(answer, Finished):
            answer = receive(channel)
        assert answer.job == 1
        send(channel, Shutdown())
        assert process.wait(20) == 0


def test_what_is_printed_is_no_message() -> None:
    with remote("tests.solver.test_remote:serve_noisily") as process:
        channel = channel_to(process)
        channel.send_bytes(b"loud")
        assert channel.recv_bytes() == b"LOUD"
        channel.send_bytes(b"end")
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read().split() == [*b"a line that is no message another".split()]


def test_it_ends_when_the_one_who_started_it_is_gone() -> None:
    with remote("tests.solver.fake_engine:serve_slowly") as process:
        channel = channel_to(process)
        assert lives(process.pid)
        channel.close()
        assert process.wait(20) == 0


@pytest.mark.parametrize("serve", ["solver.nowhere:serve", "solver.worker:nothing"])
def test_what_cannot_be_loaded_says_nothing(serve: str) -> None:
    with remote(serve) as process:
        assert process.stdout is not None
        assert process.stdout.read() == b""
        assert process.wait(20) == 1

"""Messages over a pair of pipes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from solver.channels import StreamChannel
from solver.wire import receive, send


def make_pair() -> tuple[StreamChannel, StreamChannel]:
    forth_end, forth = os.pipe()
    back_end, back = os.pipe()
    here = StreamChannel(os.fdopen(back_end, "rb"), os.fdopen(forth, "wb"))
    return here, StreamChannel(os.fdopen(forth_end, "rb"), os.fdopen(back, "wb"))


@pytest.fixture
def pair() -> Iterator[tuple[StreamChannel, StreamChannel]]:
    ends = make_pair()
    yield ends
    for end in ends:
        end.close()


def test_messages_arrive_whole_and_in_order(pair: tuple[StreamChannel, StreamChannel]) -> None:
    here, there = pair
    for message in (b"one", b"", bytes(range(256))):
        here.send_bytes(message)
        there.send_bytes(message[::-1])
    assert [there.recv_bytes() for _ in range(3)] == [b"one", b"", bytes(range(256))]
    assert here.recv_bytes() == b"eno"


def test_arrays_larger_than_a_pipe_arrive_and_cannot_be_written_to(pair: tuple[StreamChannel, StreamChannel]) -> None:
    here, there = pair
    array = np.arange(1_000_000).reshape(1000, 1000)
    sender = threading.Thread(target=send, args=(here, array))
    sender.start()
    received = receive(there)
    sender.join()
    assert isinstance(received, np.ndarray)
    assert np.array_equal(received, array)
    assert not received.flags.writeable


@pytest.mark.parametrize("sent", [b"", b"\x05\x00\x00", b"\x05\x00\x00\x00\x00\x00\x00\x00abc"])
def test_an_end_in_the_middle_of_a_message_is_an_end(sent: bytes) -> None:
    reading, writing = os.pipe()
    with open(writing, "wb") as stream:
        stream.write(sent)
    with open(reading, "rb") as incoming, open(os.devnull, "wb") as outgoing, pytest.raises(EOFError):
        StreamChannel(incoming, outgoing).recv_bytes()


def test_sending_to_a_closed_end_is_told_and_closing_after_it_is_not() -> None:
    here, there = make_pair()
    there.close()
    with pytest.raises(OSError, match="pipe"):
        here.send_bytes(b"hello")
    here.close()

"""A journal belongs to one window at a time, and to nobody when its process is gone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.io.journal import claim as claims
from app.io.journal.claim import claimed, lock_file

HOLD = """
import sys
from pathlib import Path
from app.io.journal.claim import claimed
print(claimed(Path(sys.argv[1])) is not None, flush=True)
sys.stdin.read()
"""


def test_a_folder_is_claimed_once(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    first = claimed(folder)
    assert first is not None
    assert claimed(folder) is None
    assert json.loads(lock_file(folder).read_bytes())["pid"] == os.getpid()
    first.release()
    first.release()
    second = claimed(folder)
    assert second is not None
    second.release()


def test_removing_takes_folder_and_lock(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    claim = claimed(folder)
    assert claim is not None
    folder.mkdir()
    (folder / "x").touch()
    claim.remove()
    claim.remove()
    assert list(tmp_path.iterdir()) == []


def test_another_process_keeps_its_claim_until_it_is_killed(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    folder = tmp_path / "a"
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=pytestconfig.rootpath) as process:
        assert process.stdout is not None
        assert process.stdout.readline().split() == [b"True"]
        assert claimed(folder) is None
        process.kill()
    claim = claimed(folder)
    assert claim is not None
    claim.release()


def test_a_lock_that_its_owner_removed_meanwhile_is_not_taken_for_the_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    lock, removed = claims._lock, []

    def remove_then_lock(handle: int) -> bool:
        if not removed:
            removed.append(lock_file(folder).unlink())
        return lock(handle)

    monkeypatch.setattr(claims, "_lock", remove_then_lock)
    claim = claimed(folder)
    assert claim is not None
    assert lock_file(folder).exists()
    assert claimed(folder) is None
    claim.release()


@pytest.mark.parametrize(
    ("owner", "free"),
    [
        (None, True),
        ("not json", True),
        ({"pid": os.getpid(), "host": socket.gethostname()}, False),
        ({"pid": 1 << 22, "host": socket.gethostname()}, True),
        ({"pid": 1, "host": socket.gethostname()}, False),
        ({"pid": -1, "host": socket.gethostname()}, True),
        ({"pid": 1 << 22, "host": "another machine"}, False),
    ],
)
def test_where_nothing_can_be_locked_the_named_process_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, free: bool
) -> None:
    def no_locks(handle: int) -> bool:
        raise OSError("no locks here")

    monkeypatch.setattr(claims, "_lock", no_locks)
    folder = tmp_path / "a"
    if owner is not None:
        lock_file(folder).write_text(json.dumps(owner))
    claim = claimed(folder)
    assert (claim is not None) == free
    if claim is not None:
        claim.release()

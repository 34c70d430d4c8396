"""The notice of third parties, component by component."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.support import notices as module
from app.support.notices import Notice, notices, split

LINE = "=" * 80
NOTICE = f"""For all of it.

{LINE}
numpy 2.4.6
BSD-3-Clause

Copyright
=========
{LINE}
Qt 6.11.3
{LINE}

LGPL
{LINE}
last 1
"""


def test_a_component_begins_below_a_line_with_its_name() -> None:
    assert split(NOTICE) == [
        Notice("", "For all of it."),
        Notice("numpy 2.4.6", "BSD-3-Clause\n\nCopyright\n========="),
        Notice("Qt 6.11.3", "LGPL"),
        Notice("last 1", ""),
    ]
    assert split(f"{LINE}\na 1\nb\n") == [Notice("a 1", "b")]
    assert split("") == []


def test_a_checkout_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Path:
        raise FileNotFoundError(name)

    monkeypatch.setattr(module, "resource", missing)
    assert notices() == []
    (tmp_path / "notices.txt").write_bytes(NOTICE.encode() + b"\xff")
    monkeypatch.setattr(module, "resource", lambda name: tmp_path / "notices.txt")
    assert [one.title for one in notices()] == ["", "numpy 2.4.6", "Qt 6.11.3", "last 1"]

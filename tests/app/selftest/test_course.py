"""The process of a self-test, as far as it needs no window."""

from __future__ import annotations

import sys

import pytest

from app.selftest.course import have_last_words


def test_a_program_without_a_console_has_nowhere_to_say_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    have_last_words(60.0)

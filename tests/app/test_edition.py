"""What the program says of itself."""

from __future__ import annotations

import json
import sys

import pytest

from app import __version__, resources
from app.edition import Edition, edition


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "_PACKAGED", tmp_path)
    edition.cache_clear()
    yield
    edition.cache_clear()


def test_a_checkout_knows_its_version_only():
    assert edition() == Edition(__version__)


def test_an_installed_program_knows_what_it_was_built_from(monkeypatch, tmp_path):
    (tmp_path / "edition.json").write_text(json.dumps({"commit": "1a2b3c4", "built": "2026-11-23"}))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert edition() == Edition(__version__, "1a2b3c4", "2026-11-23", packaged=True)


def test_a_damaged_file_is_no_reason_not_to_start(tmp_path):
    (tmp_path / "edition.json").write_text("{")
    assert edition() == Edition(__version__)

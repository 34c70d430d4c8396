"""Everything that the window shows can be translated, and is made of whole sentences."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.pseudo_language import fault_of

ROOT = Path(__file__).resolve().parents[2]


def test_every_text_on_every_screen_was_said_in_the_users_language(tmp_path: Path) -> None:
    homes = {f"XDG_{name}_HOME": str(tmp_path) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
    run = subprocess.run(
        [sys.executable, "-m", "tests.app.translatable_window", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), **homes},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "⟦Solve⟧",
        "⟦Close ⟦2 zones⟧ for Анна⟧",
        "⟦Undo⟧ (Ctrl+Z)",
        "⟦One.⟧ ⟦Another.⟧",
        "12:30 – 3.5 km",
        "<b>⟦Bold⟧</b>",
    ],
)
def test_what_is_said_is_found_to_be_right(text: str) -> None:
    assert fault_of(text) == ""


@pytest.mark.parametrize("text", ["Solve", "⟦Solve⟧ now", "⟦2 stops⟧ ⟦left out⟧", "⟦Saved⟧. ⟦Done.⟧"])
def test_what_is_not_said_or_glued_is_found_out(text: str) -> None:
    assert fault_of(text) != ""

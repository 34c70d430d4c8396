"""Everything that the window shows can be translated, and is made of whole sentences."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.pseudo_language import fault_of

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = re.compile(r"&?[A-Z][a-z]+('s)?[ ,…]")
"""How a literal begins that somebody reads."""
SAYS = {"tr", "trn", "trc"}
FOR_NOBODY = {"debug", "info", "warning", "error", "exception", "critical", "add_argument", "ArgumentParser"}
"""Calls whose texts stay English: the log, and what the commands say of themselves."""
FAULTS_OF_THE_CODE = {"ValueError", "TypeError", "RuntimeError", "KeyError", "IndexError", "AssertionError"}
"""Errors whose texts no user reads."""
SYMBOLS = {"Flag, Blue", "Flag, Green"}
"""What GPX calls the marks of places."""
ENGLISH = ("*_command.py", "__main__.py", "output_arguments.py", "selftest/*.py", "app/support/*.py")
"""What prints, or writes a report, and no window shows."""


def called(node: ast.AST | None) -> str:
    """Return the last name of what is called."""
    function = node.func if isinstance(node, ast.Call) else None
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def unsaid(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the sentences of a module that are not said through `app.language`."""
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        of_code = isinstance(node, ast.Raise) and called(node.exc) in FAULTS_OF_THE_CODE
        documented = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if of_code or documented or isinstance(node, ast.Assert) or called(node) in SAYS | FOR_NOBODY:
            passed.update(ast.walk(node))
        text = node.value if isinstance(node, ast.Constant) and node not in passed else None
        if isinstance(text, str) and SENTENCE.match(text) and text not in SYMBOLS:
            yield node


def test_no_sentence_of_the_code_is_left_out_of_the_catalogues() -> None:
    app = ROOT / "app"
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in sorted(app.rglob("*.py"))
        if not any(path.match(pattern) for pattern in ENGLISH)
        for node in unsaid(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.timeout(400)  # thirty windows, one after another
def test_every_text_on_every_screen_was_said_in_the_users_language(tmp_path: Path) -> None:
    homes = {f"XDG_{name}_HOME": str(tmp_path) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
    run = subprocess.run(
        [sys.executable, "-m", "tests.app.translatable_window", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), **homes},
        capture_output=True,
        text=True,
        timeout=380,
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


@pytest.mark.parametrize(
    "text", ["Solve", "⟦Solve⟧ now", "⟦2 stops⟧ ⟦left out⟧", "⟦Saved⟧. ⟦Done.⟧", "⟦Route {number}⟧"]
)
def test_what_is_not_said_or_glued_is_found_out(text: str) -> None:
    assert fault_of(text) != ""

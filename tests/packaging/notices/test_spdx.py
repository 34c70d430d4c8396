"""Licence expressions are read as SPDX means them, and only those on the list pass."""

from __future__ import annotations

import pytest

from notices.spdx import ExpressionError, chosen, is_lesser, permitted


@pytest.mark.parametrize(
    ("expression", "licences"),
    [
        ("MIT", ("MIT",)),
        ("MIT OR Apache-2.0", ("Apache-2.0",)),
        ("Unlicense OR MIT", ("Unlicense",)),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", ("Apache-2.0", "Unicode-3.0")),
        ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", ("Apache-2.0",)),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", ("LGPL-3.0-only",)),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", ("GPL-3.0-or-later WITH GCC-exception-3.1",)),
        ("BSD-3-Clause AND MIT AND BSD-3-Clause", ("BSD-3-Clause", "MIT")),
        ("MIT OR BSD-3-Clause AND Zlib", ("MIT",)),  # AND binds closer
    ],
)
def test_of_what_is_offered_one_is_chosen_and_of_what_is_joined_all(expression: str, licences: tuple[str]) -> None:
    assert permitted(expression)
    assert chosen(expression) == licences


@pytest.mark.parametrize(
    "expression",
    ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "GPL-2.0-only WITH Font-exception-2.0", "Anything"],
)
def test_what_is_not_on_the_list_does_not_pass(expression: str) -> None:
    assert not permitted(expression)
    with pytest.raises(ExpressionError, match="not among the licences"):
        chosen(expression)


@pytest.mark.parametrize("expression", ["", "MIT AND", "(MIT", "MIT)", "MIT Apache-2.0", "OR MIT", "MIT, see LICENSE"])
def test_what_is_no_expression_is_an_error(expression: str) -> None:
    with pytest.raises(ExpressionError):
        permitted(expression)


def test_lesser_is_what_is_chosen_not_what_is_offered() -> None:
    assert is_lesser("LGPL-2.1-or-later")
    assert is_lesser("LGPL-3.0-only OR GPL-2.0-only")
    assert not is_lesser("LGPL-2.1-only OR MPL-1.1")
    assert not is_lesser("GPL-3.0-only")

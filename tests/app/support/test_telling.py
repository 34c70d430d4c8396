"""Errors as text: where they come from is told, what the user has typed is not."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from app.support.telling import LEFT_OUT, message_of, told, where, without_home, without_words, words_of

SECRET = "Anna Virtanen, Mannerheimintie 5"


class OursError(ValueError):
    """An error that quotes."""


def caught(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except Exception as met:
        return met


@pytest.mark.parametrize(
    "error", [KeyError(SECRET), ValueError(f"bad {SECRET}"), OursError(SECRET), AssertionError(SECRET)]
)
def test_words_that_may_quote_a_scenario_are_left_out(error: Exception) -> None:
    assert SECRET not in told(caught(error))
    assert words_of(error) == f"{type(error).__name__} {LEFT_OUT}"


def test_words_of_the_interpreter_are_kept() -> None:
    with pytest.raises(AttributeError) as met:
        None.id  # type: ignore[attr-defined]  # noqa: B018
    assert words_of(met.value) == "AttributeError: 'NoneType' object has no attribute 'id'"


def test_of_the_systems_errors_the_file_is_left_out(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=SECRET) as met:
        (tmp_path / SECRET).read_bytes()
    assert words_of(met.value) == "FileNotFoundError: [Errno 2] No such file or directory"


def test_causes_come_first_and_a_ring_of_them_ends() -> None:
    first = caught(TypeError("unhashable type: 'list'"))
    second = caught(KeyError(SECRET), first)
    text = told(second)
    assert text.index("TypeError") < text.index("KeyError")
    first.__cause__ = second
    assert told(second).count("TypeError") == 1


def test_the_place_is_the_innermost_of_our_own() -> None:
    with pytest.raises(TypeError) as met:
        without_home(7)  # type: ignore[arg-type]
    assert where(met.value).startswith("app/support/telling.py:")
    assert 'File "app/support/telling.py", line' in told(met.value)


def test_home_and_program_are_shortened(own_home: Path) -> None:
    text = (
        f'File "{own_home}/plans/a.txt" and "{own_home}2/b" and File "{own_home}/my env/lib/site-packages/numpy/x.py"'
    )
    assert without_home(text) == f'File "~/plans/a.txt" and "{own_home}2/b" and File "numpy/x.py"'


def test_lines_of_the_log_keep_numbers_only() -> None:
    def line(text: str, *given: object) -> str:
        return message_of(logging.LogRecord("x", logging.ERROR, "", 1, text, given, None))

    assert line("job %d failed", 7) == "job 7 failed"
    assert line("%s cannot be read", SECRET) == "%s cannot be read"
    assert line("nothing of it") == "nothing of it"


def test_of_what_another_program_prints_only_the_traceback_is_kept() -> None:
    printed = [
        f"solving for {SECRET}",
        "Traceback (most recent call last):",
        '  File "/x/solver/worker.py", line 9, in serve',
        "    engine()",
        f"KeyError: '{SECRET}'",
        "ModuleNotFoundError: No module named 'numba_cuda'",
        f"my.own.Error: {SECRET}",
        "numba.core.errors.TypingError: Failed in nopython mode",
        "KeyboardInterrupt",
        "Anna",
    ]
    assert without_words(printed).splitlines() == [
        *printed[1:4],
        f"KeyError {LEFT_OUT}",
        printed[5],
        f"my.own.Error {LEFT_OUT}",
        printed[7],
        f"KeyboardInterrupt {LEFT_OUT}",
    ]

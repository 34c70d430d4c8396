"""The kinds of files are those that the program itself reads."""

from __future__ import annotations

import re

import file_types
from app.io.document import SUFFIX


def test_documents_have_the_suffix_that_the_program_gives_them() -> None:
    assert file_types.DOCUMENT.suffix == SUFFIX


def test_only_documents_open_with_a_double_click() -> None:
    assert [kind.suffix for kind in file_types.FILE_TYPES if kind.ours] == [SUFFIX]


def test_names_are_such_as_the_systems_allow() -> None:
    for kind in file_types.FILE_TYPES:
        assert re.fullmatch(r"\.[a-z]+", kind.suffix)
        assert re.fullmatch(r"[a-z]+/[a-z.+-]+", kind.media_type)
        assert re.fullmatch(r"[a-z-]+(\.[a-z-]+){2,}", kind.identifier)  # letters, digits, dots and hyphens, says Apple
        assert re.fullmatch(r"[A-Za-z][A-Za-z.]{0,38}", kind.class_name)  # at most 39 characters, says Microsoft

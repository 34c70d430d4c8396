"""What can be wrong with an instance file, said in one line that a person can act on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class InstanceError(ValueError):
    """Raised when a file is not an instance or a solution; its text is one plain sentence.

    Parameters
    ----------
    path
        The file.
    message
        What is wrong, and what was expected.
    line
        Line in the file, counted from 1; None when no single line is at fault.
    """

    def __init__(self, path: Path, message: str, line: int | None = None):
        self.path, self.line = path, line
        place = f"{path}, line {line}" if line is not None else str(path)
        super().__init__(f"{place}: {message}")


class UnsupportedError(InstanceError):
    """Raised when an instance asks for something that a `solver.problem.Problem` cannot say.

    Parameters
    ----------
    path
        The file.
    features
        What it asks for, in plain words.
    """

    def __init__(self, path: Path, features: Sequence[str]):
        self.features = tuple(features)
        super().__init__(path, f"not supported yet: {', '.join(features)}")

"""Licence expressions, as SPDX writes them, and the licences under which a part may be handed on with Routewright."""

from __future__ import annotations

import re
from dataclasses import dataclass

LESSER = ("LGPL-2.0", "LGPL-2.1", "LGPL-3.0")
"""Families of licences that ask for a library to stay replaceable."""

# What is named first is chosen where a part is offered under several: licences with one text for all come first.
_PERMITTED = (
    "Unlicense",
    "CC0-1.0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSL-1.0",
    "MIT",
    "MIT-0",
    "MIT-open-group",
    "MIT-CMU",
    "HPND",
    "HPND-sell-variant",
    "X11",
    "ISC",
    "0BSD",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSD-3-Clause-Open-MPI",
    "BSD-4-Clause",
    "Zlib",
    "bzip2-1.0.6",
    "libtiff",
    "Libpng",
    "libpng-2.0",
    "IJG",
    "FTL",
    "Imlib2",
    "AFL-2.1",
    "PSF-2.0",
    "Python-2.0",
    "Unicode-DFS-2016",
    "Unicode-3.0",
    "blessing",
    "MPL-2.0",
    "MPL-1.1",
    "LGPL-2.0-only",
    "LGPL-2.0-or-later",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "GPL-2.0-or-later WITH Bootloader-exception",
    "GPL-3.0-or-later WITH GCC-exception-3.1",
    "GPL-2.0-only WITH Linux-syscall-note",
    "ODbL-1.0",
    "CC-BY-4.0",
    "LicenseRef-public-domain",
    "LicenseRef-SHA1-Public-Domain",
    "LicenseRef-ICC-License",
    "LicenseRef-BSD-3-Clause-with-PCRE2-Binary-Like-Packages-Exception",
    "LicenseRef-Intel-Simplified-Software-License",
    "LicenseRef-Microsoft-Distributable-Code",
)
_TOKEN = re.compile(r"\(|\)|[A-Za-z0-9.+:-]+")


class ExpressionError(ValueError):
    """What was read is not a licence expression."""


@dataclass(frozen=True, slots=True)
class _All:
    of: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Any:
    of: tuple[_Node, ...]


_Node = str | _All | _Any


def permitted(expression: str) -> bool:
    """Return whether a part under this licence may be in a package."""
    return _chosen(_parse(expression)) is not None


def chosen(expression: str) -> tuple[str, ...]:
    """Return the licences to be kept to: all of those joined by AND, and of those joined by OR the one we choose.

    Parameters
    ----------
    expression
        As in ``(MIT OR Apache-2.0) AND Unicode-3.0``, which gives ``("Apache-2.0", "Unicode-3.0")``.

    Raises
    ------
    ExpressionError
        If it is none, or if no choice among what it offers is permitted.
    """
    names = _chosen(_parse(expression))
    if names is None:
        raise ExpressionError(f"{expression} is not among the licences under which a part may be handed on")
    return tuple(dict.fromkeys(names))


def is_lesser(expression: str) -> bool:
    """Return whether what is chosen is a GNU Lesser General Public License."""
    return permitted(expression) and any(name.startswith(LESSER) for name in chosen(expression))


def _chosen(node: _Node) -> list[str] | None:
    if isinstance(node, str):
        return [node] if node in _PERMITTED else None
    parts = [_chosen(part) for part in node.of]
    if isinstance(node, _All):
        return None if None in parts else [name for part in parts if part for name in part]
    offered = [part for part in parts if part]
    return min(offered, key=lambda part: max(map(_PERMITTED.index, part)), default=None)


def _parse(expression: str) -> _Node:
    tokens = _TOKEN.findall(expression)
    if not tokens or "".join(tokens) != re.sub(r"\s", "", expression):
        raise ExpressionError(f"{expression!r} is not a licence expression")
    node, rest = _any(tokens)
    if rest:
        raise ExpressionError(f"{expression!r} is not a licence expression: {rest[0]!r} was not expected")
    return node


def _any(tokens: list[str]) -> tuple[_Node, list[str]]:
    node, rest = _all(tokens)
    parts = [node]
    while rest[:1] == ["OR"]:
        node, rest = _all(rest[1:])
        parts.append(node)
    return (parts[0] if len(parts) == 1 else _Any(tuple(parts))), rest


def _all(tokens: list[str]) -> tuple[_Node, list[str]]:
    node, rest = _one(tokens)
    parts = [node]
    while rest[:1] == ["AND"]:
        node, rest = _one(rest[1:])
        parts.append(node)
    return (parts[0] if len(parts) == 1 else _All(tuple(parts))), rest


def _one(tokens: list[str]) -> tuple[_Node, list[str]]:
    if not tokens or tokens[0] in (")", "AND", "OR", "WITH"):
        raise ExpressionError(f"a licence was expected before {' '.join(tokens) or 'the end'}")
    if tokens[0] == "(":
        node, rest = _any(tokens[1:])
        if rest[:1] != [")"]:
            raise ExpressionError("a bracket of a licence expression is not closed")
        return node, rest[1:]
    if tokens[1:2] == ["WITH"] and len(tokens) > 2:
        return f"{tokens[0]} WITH {tokens[2]}", tokens[3:]
    return tokens[0], tokens[1:]

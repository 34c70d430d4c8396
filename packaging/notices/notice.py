"""The notice as people read it: a table of all parts, what may be replaced, then each part with its texts."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from notices import spdx
from notices.catalogue import Catalogue, texts_of
from notices.component import Component, Text
from notices.lesser import TITLE, WIDTH, lesser, section

RULE = "=" * WIDTH
"""The line before each part, by which a program finds where one begins. No text has it."""

_NEEDED_AS_WELL = {"LGPL-3.0": "GPL-3.0"}
"""Texts that are a supplement to another one."""

_HEAD = """\
THE WORK OF OTHERS IN ROUTEWRIGHT {version}

Routewright is under the MIT licence. It comes with the work of many others,
under licences of their own. This file names all of it and holds all of these
licences. It was made by looking at every file of the package.

Contents: a table of all parts; the libraries that you may replace; each part
with its licence; the licences that read the same for everybody.
"""
_TO_BE_SAID = {
    "FTL": "Portions of this software are copyright © The FreeType Project (www.freetype.org). All rights reserved.",
    "IJG": "This software is based in part on the work of the Independent JPEG Group.",
    "ODbL-1.0": "It contains data of OpenStreetMap, © OpenStreetMap contributors.",
}
"""What some licences want to be said where everybody sees it."""

_SPDX = "https://spdx.org/licenses"
_NAMES = 50
"""Width of the table's first column."""

_WORTH_A_REFERENCE = 400
"""Characters from which on a text that was printed before is referred to instead of repeated."""


def notice(components: Iterable[Component], catalogue: Catalogue, version: str, distributor: str = "") -> str:
    """Return the whole text.

    Parameters
    ----------
    components
        All parts, in their order.
    catalogue
        Keeps the licences that read the same for everybody.
    version
        Of Routewright.
    distributor
        Who offers the sources.
    """
    parts = list(components)
    printed: dict[str, str] = {}
    return "\n".join(
        [
            _HEAD.format(version=version),
            *_said(parts),
            _table(parts),
            *_replaceable(parts, distributor),
            *(_part(one, catalogue, printed) for one in parts),
            *_whole_licences(parts, catalogue),
        ]
    )


def _said(parts: list[Component]) -> list[str]:
    licences = {licence for one in parts for licence in spdx.chosen(one.licence)}
    sentences = [textwrap.fill(sentence, WIDTH) for licence, sentence in _TO_BE_SAID.items() if licence in licences]
    return [*sentences, ""] if sentences else []


def _table(parts: list[Component]) -> str:
    lines = []
    for one in parts:
        lines += (
            [f"{one.title:<{_NAMES}} {one.licence}"]
            if len(one.title) <= _NAMES
            else [one.title, f"{'':<{_NAMES}} {one.licence}"]
        )
    return "\n".join(lines) + "\n"


def _part(one: Component, catalogue: Catalogue, printed: dict[str, str]) -> str:
    lines = [RULE, one.title, f"Licence: {one.licence}", f"Home page: {one.home}"]
    lines += [f"Sources: {one.source}", ""] if one.source else [""]
    if one.linked_in:
        lines += ["It was compiled into:", *_paths(one.files), ""]
    chosen = spdx.chosen(one.licence)
    if " OR " in one.licence:
        lines += [f"Of these licences we choose {' and '.join(chosen)}.", ""]
    lines += [
        f'The licence is printed in full at the end of this file, under "Text of {text}".\n'
        for text in _needed(chosen)
        if catalogue.whole(text) is not None
    ]
    return "\n".join([*lines, *(_text(text, one.title, printed) for text in one.texts)])


def _needed(licences: Iterable[str]) -> list[str]:
    """Return what the texts of licences are called, each once."""
    return list(dict.fromkeys(text for licence in licences for text in texts_of(licence)))


def _replaceable(parts: list[Component], distributor: str) -> list[str]:
    """Return the section on the LGPL, as if it were a part: so the About box lists it first."""
    said = section(parts, distributor)
    licences = " AND ".join(sorted({licence for one in lesser(parts) for licence in spdx.chosen(one.licence)}))
    return [RULE, TITLE, f"Licence: {licences}", "Home page: https://www.gnu.org/licenses/", "", said] if said else []


def _paths(paths: tuple[str, ...], shown: int = 8) -> list[str]:
    rest = len(paths) - shown
    return [f"  {path}" for path in paths[:shown]] + ([f"  and {rest} more"] if rest > 0 else [])


def _text(text: Text, part: str, printed: dict[str, str]) -> str:
    body = _clean(text.body)
    heading = f"--- {text.title} ---\n\n" if text.title else ""
    key = re.sub(r"\W+", " ", body)
    if len(body) >= _WORTH_A_REFERENCE and key in printed:
        return f"{heading}The text is that of {printed[key]}, above.\n"
    printed[key] = f"{part}, {text.title}" if text.title else part
    return f"{heading}{body}"


def _clean(body: str) -> str:
    """Return a text without what a pager trips over, and without a line that would be taken for the next part."""
    lines = [line.rstrip() for line in body.replace("\f", "").expandtabs().splitlines()]
    return "\n".join(line[:-1] if line == RULE else line for line in lines).strip("\n") + "\n"


def _whole_licences(parts: list[Component], catalogue: Catalogue) -> list[str]:
    needed = set(_needed(licence for one in parts for licence in spdx.chosen(one.licence)))
    needed |= {other for text, other in _NEEDED_AS_WELL.items() if text in needed}
    printed = []
    for text in sorted(needed):
        body = catalogue.whole(text)
        if body is not None:
            head = [
                RULE,
                f"Text of {text}",
                f"Licence: {text}",
                f"Home page: https://spdx.org/licenses/{text}.html",
                "",
            ]
            printed.append("\n".join([*head, _clean(body)]))
    return printed

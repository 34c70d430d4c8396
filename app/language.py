"""The language that the program speaks: English, or what a catalogue in ``resources/translations`` has.

It is chosen once, before the rest of the program is imported, so a sentence may be a constant of a module. What is
written into files, and what the commands print, stays English: others read it.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from typing import Any

from app.resources import resource

DOMAIN = "routewright"
"""Name of the catalogues."""

ENGLISH = "en"
"""The language that the sentences in the code are written in."""

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(code: str) -> None:
    """Speak a language from now on; English where there is no catalogue of it.

    Parameters
    ----------
    code
        Of the language, such as ``"de"``.
    """
    global _catalogue
    folder = str(resource("translations"))
    _catalogue = gettext.translation(DOMAIN, folder, [code], fallback=True)


def tr(text: str, /, **values: Any) -> str:
    """Return a sentence in the user's language.

    Parameters
    ----------
    text
        In English, a literal, with names in braces where values come.
    **values
        They may stand in any order in a translation.
    """
    translated = _catalogue.gettext(text)
    return translated.format(**values) if values else translated


def trn(one: str, many: str, number: int, /, **values: Any) -> str:
    """Return a sentence about a number of things in the user's language.

    Parameters
    ----------
    one, many
        In English, literals, for one thing and for any other number, which may stand in both as ``{number}``.
    number
        How many there are; its thousands are set apart by a narrow space.
    **values
        What else stands in braces.
    """
    grouped = f"{number:,}".replace(",", "\u202f")
    return _catalogue.ngettext(one, many, number).format(number=grouped, **values)


def trc(context: str, text: str, /, **values: Any) -> str:
    """Return what `tr` returns, for a word that means one thing here and another thing elsewhere.

    Parameters
    ----------
    context
        Tells the meanings apart, such as ``"of a shop"``.
    text, **values
        As of `tr`.
    """
    translated = _catalogue.pgettext(context, text)
    return translated.format(**values) if values else translated


def sentences(*said: str) -> str:
    """Return whole sentences one after the other; those that are "" are left out."""
    return " ".join(filter(None, said))


def listing(items: Sequence[str]) -> str:
    """Return some things as a sentence names them, such as ``Anna, Bo and Carl``; "" for none."""
    if len(items) < 2:
        return "".join(items)
    return tr("{first} and {last}", first=", ".join(items[:-1]), last=items[-1])

"""The language that the program speaks: English, or what a catalogue in ``resources/translations`` has.

It is chosen once, before the rest of the program is imported, so a sentence may be a constant of a module. What is
written into files, and what the commands print, stays English: others read it.
"""

from __future__ import annotations

import gettext
import logging
import struct
from collections.abc import Sequence
from typing import Any

from app.resources import resource

DOMAIN = "routewright"
"""Name of the catalogues."""

ENGLISH = "en"
"""The language that the sentences in the code are written in."""

_FILE = f"LC_MESSAGES/{DOMAIN}.mo"

_log = logging.getLogger(__name__)
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_spoken = ENGLISH


def use_language(*codes: str) -> None:
    """Speak the first of some languages that there is a catalogue of; English where there is none of any.

    Parameters
    ----------
    *codes
        Such as ``"de"`` or ``"de_AT"``, the one that is liked best first. A damaged catalogue is passed over.
    """
    global _catalogue, _spoken
    _catalogue, _spoken = gettext.NullTranslations(), ENGLISH
    for code in codes:
        for one in dict.fromkeys((code, code.partition("_")[0])):
            if one == ENGLISH:
                return
            read = _read(one)
            if read is not None:
                _catalogue, _spoken = read, one
                return


def spoken() -> str:
    """Return the code of the language that is spoken."""
    return _spoken


def languages() -> tuple[str, ...]:
    """Return the codes of all languages that can be spoken, English first."""
    return (ENGLISH, *sorted(path.parents[1].name for path in resource("translations").glob(f"*/{_FILE}")))


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


def _read(code: str) -> gettext.GNUTranslations | None:
    path = resource("translations") / code / _FILE
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, struct.error) as error:  # what gettext has to say of a file that is cut off or altered
        _log.warning("%s cannot be read, so it is not used: %s", path, error)
        return None

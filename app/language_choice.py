"""Which language the user wants: what was chosen in the program, or else what the system speaks.

It is asked before anything else is imported, so it knows no Qt, and keeps the choice in a small file of its own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

AS_THE_SYSTEM = ""
"""Stands for no choice."""

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_LONGEST = 20
"""More characters than any code has: what is longer is no code."""


def wanted_languages() -> tuple[str, ...]:
    """Return the codes of the languages that the user wants, the one that is liked best first."""
    chosen = stored_choice()
    return system_languages() if chosen == AS_THE_SYSTEM else (chosen,)


def stored_choice() -> str:
    """Return the code of the language that was chosen; `AS_THE_SYSTEM` if none was, or if it cannot be read."""
    try:
        text = _path().read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return AS_THE_SYSTEM
    return text if _is_code(text) else AS_THE_SYSTEM


def store_choice(code: str) -> None:
    """Keep a choice for the next start.

    Parameters
    ----------
    code
        Of a language, or `AS_THE_SYSTEM`.

    Raises
    ------
    OSError
        If it cannot be kept.
    """
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code + "\n", encoding="ascii")


def system_languages() -> tuple[str, ...]:
    """Return the codes of the languages that the system is set to, the one that is liked best first."""
    named = [name for variable in _VARIABLES for name in os.environ.get(variable, "").split(":")]
    if sys.platform == "win32":
        named += _windows_languages()
    elif sys.platform == "darwin":
        named += mac_languages(Path.home() / "Library/Preferences/.GlobalPreferences.plist")
    return tuple(dict.fromkeys(code for name in named if (code := code_of(name))))


def code_of(name: str) -> str:
    """Return the code in what a system calls a language, such as ``de_AT`` for ``de_AT.UTF-8@euro`` or ``de-AT``.

    The plain languages of a system without a language, ``C`` and ``POSIX``, are English.
    """
    code = name.partition(".")[0].partition("@")[0].replace("-", "_")
    if code in ("C", "POSIX"):
        return "en"
    return code if _is_code(code) else ""


def mac_languages(preferences: Path) -> list[str]:
    """Return what macOS calls the languages in its list, the best first; nothing if the list cannot be read."""
    import plistlib  # no other system needs it
    from xml.parsers.expat import ExpatError

    try:
        with preferences.open("rb") as file:
            names = plistlib.load(file).get("AppleLanguages", [])
    except (OSError, ValueError, AttributeError, ExpatError):
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


if sys.platform == "win32":

    def _windows_languages() -> list[str]:
        import ctypes
        import locale

        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
        return [] if name is None else [name]


def _is_code(text: str) -> bool:
    return 2 <= len(text) <= _LONGEST and text.replace("_", "").isalnum() and text.isascii()


def _path() -> Path:
    return platformdirs.user_config_path("routewright", appauthor=False) / "language"

"""A language that is English in brackets: whatever stands outside of them was not said through `app.language`."""

from __future__ import annotations

import gettext
import re
from html import unescape

OPEN, CLOSE = "⟦", "⟧"

NOT_SAID = re.compile(
    r"<[^>]*>"  # marks of rich text
    r"|\b(Ctrl|Shift|Alt|Ins|Del|Esc|Home|End|PgUp|PgDown|Return|Backspace|Left|Right|Up|Down|Space|F\d+)\b"
    r"|(?<![A-Za-z])(km|min|ms|MB|kB|bytes|MiB|KiB)(?![A-Za-z])"
    r"|https?:\S+|([A-Z]:)?[\\/][\w.\\/-]+|\w*\.routewright|Routewright",
)
"""What is the same in every language, or Qt's to translate: keys, units, addresses, files and the program's name."""

ENDS = (".", "!", "?", ":", "…")


class PseudoLanguage(gettext.NullTranslations):
    """Puts each sentence into brackets."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


def fault_of(text: str) -> str:
    """Return what is wrong with a text that a user reads; "" where all of it was said, and in whole sentences."""
    said, left = _parted(unescape(text))
    if re.search(r"[A-Za-z]{2}", NOT_SAID.sub("", " ".join(left))):
        return "not said in the user's language"
    for first, between in zip(said, left[1:-1], strict=False):
        if between in ("", " ") and not first.endswith(ENDS):
            return "two pieces instead of a sentence"
    if re.search(r"\{(?![xyz]\})\w+\}", text):  # addresses of tiles have some of their own
        return "a value is missing"
    if any(part.startswith(".") for part in left[1:]):
        return "a full stop outside of its sentence"
    return ""


def _parted(text: str) -> tuple[list[str], list[str]]:
    """Return what stands in brackets, and what stands before, between and behind them."""
    said, left, depth = [], [""], 0
    for letter in text:
        if letter == OPEN:
            depth += 1
            if depth == 1:
                said.append("")
        elif letter == CLOSE:
            depth -= 1
            if depth == 0:
                left.append("")
        elif depth:
            said[-1] += letter
        else:
            left[-1] += letter
    return said, left

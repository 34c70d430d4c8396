"""Bring the catalogues in ``resources/translations`` up to date with the sentences in the code.

Usage::

    python packaging/translations.py            # what `make translations` calls
    python packaging/translations.py --new fr   # begin a language

New sentences are put into each ``.po`` file without a translation, those that are no longer in the code are taken out,
and the ``.mo`` files that the program reads are written anew. What is still to be done is printed, and the exit code
is 1 while there is anything.
"""

from __future__ import annotations

import argparse
import io
import re
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
DOMAIN = "routewright"
KEYWORDS = {"tr": None, "trn": (1, 2), "trc": ((1, "c"), 2)}
WIDTH = 120
AUTHORS = "the Routewright authors"
HEADER = """\
# Routewright in the language LANGUAGE.
# The words to be used are listed in resources/translations/README.md.
#"""


def sentences() -> Catalog:
    """Return every sentence in the code, with the files that it stands in."""
    found = Catalog()
    for name, _, text, comments, context in extract_from_dir(
        str(ROOT / "app"), [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(text, None, [(f"app/{name}", 1)], auto_comments=comments, context=context)
    return found


def catalogues() -> list[Path]:
    """Return the ``.po`` files."""
    return sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    """Return what is in a ``.po`` file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name, domain=DOMAIN)


def begun(code: str) -> Catalog:
    """Return a catalogue without sentences."""
    return Catalog(
        code,
        DOMAIN,
        header_comment=HEADER.replace("LANGUAGE", code),
        project="Routewright",
        version="1",
        msgid_bugs_address=AUTHORS,
        last_translator=AUTHORS,
        language_team=AUTHORS,
        revision_date=datetime.now(tz=UTC),
        charset="utf-8",
        fuzzy=False,
    )


def update(catalogue: Catalog, found: Catalog) -> None:
    """Give a catalogue the sentences that were found in the code, and no others; what is translated stays so."""
    found.creation_date = catalogue.creation_date  # or else every run would change every file
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()


def po_bytes(catalogue: Catalog) -> bytes:
    """Return the text of a ``.po`` file: sorted by file, without line numbers, so that few lines change at a time."""
    file = io.BytesIO()
    write_po(file, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return what the program reads."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def faults(catalogue: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue, sentence by sentence."""
    for message in catalogue:
        if message.id:
            for fault in _faults(message):
                yield f"{message.id!r}: {fault}"


def _faults(message: Message) -> Iterator[str]:
    source = list(message.id) if isinstance(message.id, tuple) else [message.id]
    target = list(message.string) if isinstance(message.string, tuple) else [message.string]
    if not all(target):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked as fuzzy"
    if len(source) != len(target):  # German has two forms as English does; others may have one or three
        source = [source[0], *[source[-1]] * (len(target) - 1)]
    for one, other in zip(source, target, strict=True):
        optional = {"number"} if isinstance(message.id, tuple) else set()
        if places(one) - optional != places(other) - optional or places(other) - places(source[-1]) - places(source[0]):
            yield f"braces of {one!r} are not those of {other!r}"
        for what, pattern in SHAPES.items():
            if pattern.findall(one) != pattern.findall(other):
                yield f"{what} of {one!r} are not those of {other!r}"
        if letters(one) != letters(other):
            yield f"{other!r} has to have as many letters marked with & as {one!r}"


SHAPES = {
    "spaces at the ends": re.compile(r"^\s|\s$"),
    "final marks": re.compile(r"(?:…|[:.])$"),
    "tags": re.compile(r"</?\w+[^>]*>"),
    "patterns of files": re.compile(r"\*\.?\w*|;;"),
}
"""What a translation must have as the sentence has it."""


def places(text: str) -> set[str]:
    """Return what stands in braces: names, with how their values are written if that is said."""
    try:
        parts = string.Formatter().parse(text)
        return {f"{name}:{form}" if form else name for _, name, form, _ in parts if name is not None}
    except ValueError:  # a sentence without values may have a single brace
        return set()


def letters(text: str) -> int:
    """Return how many letters are marked to be reached by a key."""
    return len(re.findall(r"&(?=\w)", text.replace("&&", "")))


def main() -> int:
    """Bring all catalogues up to date and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--new", metavar="CODE", help="begin the catalogue of a language, such as fr or pt_BR")
    new = parser.parse_args().new
    found = sentences()
    if new is not None:
        path = FOLDER / new / "LC_MESSAGES" / f"{DOMAIN}.po"
        if path.exists():
            parser.error(f"{path} is there already")
        path.parent.mkdir(parents=True)
        path.write_bytes(po_bytes(begun(new)))
    left = 0
    for path in catalogues():
        catalogue = read(path)
        update(catalogue, found)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
        wrong = list(faults(catalogue))
        left += len(wrong)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} sentences, {len(wrong)} to be looked at")
        for fault in wrong:
            print(f"  {fault}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())

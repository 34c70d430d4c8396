"""The pages of the guide, as they lie in ``resources/guide``: in English, and in a folder for each other language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtGui import QTextDocument

from app.language import spoken
from app.resources import resource

PAGES: tuple[str, ...] = (
    "first-plan",
    "importing",
    "solving",
    "map",
    "timeline",
    "moving-stops",
    "locks",
    "typing",
    "replanning",
    "why",
    "rules",
    "variants",
    "handing-out",
    "safety",
    "roads",
    "base-maps",
    "settings",
)
"""Names of their files, in their order."""


@dataclass(frozen=True)
class Page:
    """A page of the guide.

    Parameters
    ----------
    path
        Of its file, in Markdown.
    title
        Its first heading.
    sections
        Its other headings.
    text
        Markdown.
    """

    path: Path
    title: str
    sections: tuple[str, ...]
    text: str

    @cached_property
    def document(self) -> QTextDocument:
        """The page as it is read, to be searched while another one is shown."""
        document = QTextDocument()
        document.setMarkdown(self.text)
        return document


def read_pages(language: str | None = None) -> tuple[Page, ...]:
    """Return all pages in their order.

    Parameters
    ----------
    language
        That of the program when left out. A page that is not there in it is in English.

    Raises
    ------
    FileNotFoundError
        If one is missing in English, too: the installation is damaged.
    """
    guide = resource("guide")
    translated = guide / (language or spoken())
    return tuple(_read(translated if (translated / f"{name}.md").exists() else guide, name) for name in PAGES)


def _read(folder: Path, name: str) -> Page:
    path = folder / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    titles = re.findall(r"^# +(.+?) *$", text, re.MULTILINE)
    sections = re.findall(r"^## +(.+?) *$", text, re.MULTILINE)
    return Page(path, titles[0], tuple(sections), text)

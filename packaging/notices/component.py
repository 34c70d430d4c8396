"""What a package is made of: parts that others have made, each with its licence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text that has to go along with a part.

    Parameters
    ----------
    title
        Where it comes from, as in ``LICENSE.txt``.
    body
        The text itself, with a line feed at the end of each line.
    """

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Component:
    """A part that somebody else has made.

    Parameters
    ----------
    name, version
        As its makers call it. The version is "" where nobody can tell.
    licence
        SPDX expression of all that it is offered under.
    home
        Address of its home page.
    texts
        Its own licence and notices. A licence that reads the same for everybody is not repeated here.
    files
        Paths in the tree, sorted: those that are this part, or those that it was compiled into.
    linked_in
        Whether it was compiled into ``files``, which belong to others.
    source
        Where the sources of exactly this version are.
    purl
        Package URL, "" where there is no register that knows it.
    sha256
        Of the archive that it was installed from, "" where that is not known.
    changed
        Those of ``files`` that are not, byte by byte, what its makers published.
    """

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[Text, ...] = ()
    files: tuple[str, ...] = ()
    linked_in: bool = False
    source: str = ""
    purl: str = ""
    sha256: str = ""
    changed: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Name and version, as in ``numpy 2.4.6``."""
        return f"{self.name} {self.version}".strip()

"""Write the ``share`` folder of an installed program: menu entry, icons, kinds of files, manual page.

A Debian package puts it at ``/usr/share``; a folder that can lie anywhere brings it
along for whoever wants it installed.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from desktop.icons import write_icons
from file_types import FILE_TYPES, FileType

_HERE = Path(__file__).parent
_ICON = _HERE.parents[1] / "resources" / "icons" / "routewright.svg"
_MIME = "http://www.freedesktop.org/standards/shared-mime-info"


def write_share(share: Path) -> None:
    """Write all of it.

    Parameters
    ----------
    share
        The folder, made if it is not there.
    """
    _write(share / "applications" / "routewright.desktop", desktop_entry().encode())
    _write(share / "mime" / "packages" / "routewright.xml", mime_types(FILE_TYPES))
    # Neither name nor time of the manual go into it, so that the same sources make the same package.
    _write(share / "man" / "man1" / "routewright.1.gz", gzip.compress((_HERE / "routewright.1").read_bytes(), mtime=0))
    write_icons(_ICON, share / "icons" / "hicolor")


def desktop_entry() -> str:
    """Return the menu entry, with the kinds of files that the program opens."""
    kinds = "".join(f"{kind.media_type};" for kind in FILE_TYPES)
    return f"{(_HERE / 'routewright.desktop').read_text('utf-8')}MimeType={kinds}\n"


def mime_types(kinds: Iterable[FileType]) -> bytes:
    """Return what tells a desktop of kinds of files, as XML of shared-mime-info.

    Parameters
    ----------
    kinds
        The kinds.
    """
    ElementTree.register_namespace("", _MIME)
    root = ElementTree.Element(f"{{{_MIME}}}mime-info")
    for kind in kinds:
        one = ElementTree.SubElement(root, f"{{{_MIME}}}mime-type", type=kind.media_type)
        ElementTree.SubElement(one, f"{{{_MIME}}}comment").text = kind.name
        german = ElementTree.SubElement(one, f"{{{_MIME}}}comment")
        german.set("{http://www.w3.org/XML/1998/namespace}lang", "de")
        german.text = kind.german
        ElementTree.SubElement(one, f"{{{_MIME}}}sub-class-of", type=_more_general(kind))
        if kind.ours:
            ElementTree.SubElement(one, f"{{{_MIME}}}icon", name="routewright")
        ElementTree.SubElement(one, f"{{{_MIME}}}glob", pattern=f"*{kind.suffix}")
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def _more_general(kind: FileType) -> str:
    """Return what another program may take such a file for."""
    if kind.media_type.startswith("text/"):
        return "text/plain"
    if kind.media_type.endswith("+zip"):
        return "application/zip"
    return "application/octet-stream"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

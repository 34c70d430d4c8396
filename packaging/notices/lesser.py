"""The section on libraries under the GNU Lesser General Public License: what a user may do with them, and how."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from notices import spdx
from notices.component import Component

WIDTH = 80
_NOBODY = "the distributor of this package"

TITLE = "Libraries that you may replace"

_SECTION = """\
The libraries in the list below are under the GNU Lesser General Public License
(LGPL). Routewright uses all of them as shared libraries, in files of their own.
{unchanged}

You may replace them. Take a build of your own of the same version, or of one
that is compatible with it, and put its files where the list says, over the ones
that are there. Routewright loads whatever lies there, and checks neither
signatures nor digests of these files. {qt_place}

You may modify these libraries for your own use, and you may reverse engineer
Routewright as far as it takes to debug such modifications.

The licences are printed in full at the end of this file, the LGPL version 3
together with the GPL version 3, of which it is a supplement.

Sources. The list says where the complete sources of exactly these versions can
be had. In addition, for three years from the day you received this package, and
for as long as spare parts or support for it are offered, {distributor}
will give anyone who asks for it, on a durable medium and for no more than what
copying and sending costs, a complete machine-readable copy of the sources of
every library in the list, with the scripts that build and install them.
"""

_UNCHANGED = """\
None of them was changed: each file is, byte by byte, the one that its makers or
its packagers published. The build of this package has compared them."""
_SIGNED = """\
None of them was changed, except that for macOS PyInstaller has adapted where they
look for each other and has signed them anew. Whoever replaces one there signs the
program anew afterwards: codesign --force --deep --sign - Routewright.app"""


def lesser(components: Iterable[Component]) -> list[Component]:
    """Return those that are under a Lesser General Public License and have files of their own."""
    return [one for one in components if not one.linked_in and spdx.is_lesser(one.licence)]


def section(components: Iterable[Component], distributor: str = "") -> str:
    """Return the section.

    Parameters
    ----------
    components
        All parts of the package.
    distributor
        Who offers the sources; "" while nobody is named.
    """
    libraries = lesser(components)
    if not libraries:
        return ""
    text = _SECTION.format(
        unchanged=_SIGNED if any(library.changed for library in libraries) else _UNCHANGED,
        qt_place=_qt_place(libraries),
        distributor=distributor or _NOBODY,
    )
    return "\n".join([_rewrapped(text), *(_listed(library) for library in libraries)])


def _qt_place(libraries: list[Component]) -> str:
    """Return where the libraries of Qt go, by where one of them is."""
    core = next((path for one in libraries if one.name == "Qt Core" for path in one.files), None)
    if core is None:
        return ""
    folder, _, name = core.rpartition("/")
    return f"For Qt that means: put your {name.replace('Core', '*')} into {folder or 'the folder of the program'}."


def _rewrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), WIDTH) for part in text.strip().split("\n\n")) + "\n"


def _listed(library: Component) -> str:
    lines = [f"* {library.title}, {library.licence}", f"  Sources: {library.source}", "  Files:"]
    return "\n".join([*lines, *(f"    {path}" for path in library.files)]) + "\n"

"""What speaks against handing on a part: no licence, no text of it, or a library that a user could not replace."""

from __future__ import annotations

import sys

from notices import spdx
from notices.catalogue import Catalogue
from notices.component import Component
from notices.lesser import lesser

_CHANGED_BY_PYINSTALLER = sys.platform == "darwin"
"""There every library gets new load commands and a new signature."""


def objections(component: Component, catalogue: Catalogue, others: list[Component]) -> list[str]:
    """Return what speaks against handing on a part.

    Parameters
    ----------
    component
        The part.
    catalogue
        Keeps the licences that read the same for everybody.
    others
        All parts of the package.
    """
    if not component.licence:
        return [f"{component.title}: nobody says what licence it has."]
    try:
        licences = spdx.chosen(component.licence)
    except spdx.ExpressionError as error:
        return [f"{component.title}: {error}."]
    found = []
    if not component.texts and not all(map(catalogue.has_whole, licences)):
        found.append(f"{component.title}: the text of its licence ({component.licence}) is missing.")
    if not component.home:
        found.append(f"{component.title}: nobody says where its home is.")
    if spdx.is_lesser(component.licence):
        found += _objections_to_lesser(component, others)
    return found


def _objections_to_lesser(component: Component, others: list[Component]) -> list[str]:
    """Return what keeps a user from replacing a library under the GNU Lesser General Public License."""
    if component.linked_in:
        hosts = set(component.files)
        replaceable = {path for other in lesser(others) for path in other.files}
        if hosts <= replaceable:
            return []
        return [f"{component.title} is under {component.licence} and linked into what cannot be replaced."]
    found = [] if component.source else [f"{component.title}: nobody says where its sources are."]
    if component.changed and not _CHANGED_BY_PYINSTALLER:
        found.append(
            f"{component.title} is said to be unchanged, and these files are not: {', '.join(component.changed)}."
        )
    return found

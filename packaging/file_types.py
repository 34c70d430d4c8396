"""The kinds of files that a system opens with Routewright: said once, for the installers of all systems."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file, under the names by which the systems know it.

    Parameters
    ----------
    suffix
        With its dot.
    name, german
        What a file manager calls such a file.
    media_type
        On Linux, and wherever the file is sent.
    identifier
        On macOS, a uniform type identifier.
    conforms_to
        Identifiers of macOS for what such a file is in a more general sense.
    class_name
        On Windows, the ProgID.
    ours
        Whether a double click opens it with Routewright; otherwise it is offered under "Open with" only.
    """

    suffix: str
    name: str
    german: str
    media_type: str
    identifier: str
    conforms_to: tuple[str, ...]
    class_name: str
    ours: bool


DOCUMENT = FileType(
    suffix=".routewright",
    name="Routewright document",
    german="Routewright-Dokument",
    media_type="application/vnd.routewright+zip",
    identifier="org.routewright.document",
    conforms_to=("public.data", "public.content"),  # a zip archive, but nobody wants to have it unpacked
    class_name="Routewright.Document",
    ours=True,
)

INSTANCE = FileType(
    suffix=".vrp",
    name="VRPLIB instance",
    german="VRPLIB-Instanz",
    media_type="text/x-vrplib",
    identifier="org.routewright.vrplib-instance",
    conforms_to=("public.plain-text",),
    class_name="Routewright.Instance",
    ours=False,  # the format belongs to all solvers
)

FILE_TYPES = (DOCUMENT, INSTANCE)

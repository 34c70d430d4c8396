"""What Windows shows of a program under Properties, Details, and in its task manager."""

from __future__ import annotations

import re


def version_resource(version: str, program: str) -> str:
    """Return a version resource in the notation that PyInstaller reads.

    Parameters
    ----------
    version
        Of the program.
    program
        File name of the executable, without its suffix.
    """
    numbers = tuple(int(part) for part in file_version(version).split("."))
    english_unicode = (0x0409, 0x04B0)
    said = {
        "CompanyName": "Routewright",
        "FileDescription": "Routewright",
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "Copyright (c) 2026 The Routewright authors",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "Routewright",
        "ProductVersion": version,
    }
    structures = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in said.items())
    table = f"{english_unicode[0]:04x}{english_unicode[1]:04x}"
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable({table!r}, [{structures}])]), "
        f"VarFileInfo([VarStruct('Translation', [{english_unicode[0]}, {english_unicode[1]}])])])\n"
    )


def file_version(version: str) -> str:
    """Return a version as the four numbers that Windows wants: of ``0.1.0rc2`` it is ``0.1.0.0``.

    Parameters
    ----------
    version
        Of the program.
    """
    numbers = [int(part) for part in re.findall(r"\d+", re.split(r"[^\d.]", version)[0])]
    return ".".join(str(number) for number in [*numbers, 0, 0, 0, 0][:4])

"""The part of the installer's script that tells Windows which files open with Routewright."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from file_types import FileType

_CLASSES = r"Software\Classes"
_PROGRAM = r"{app}\routewright.exe"


def associations(kinds: Iterable[FileType]) -> str:
    """Return sections of an Inno Setup script.

    Parameters
    ----------
    kinds
        What is ours opens with a double click; the program offers itself for the rest.
    """
    kinds = list(kinds)
    return "\n".join(["[CustomMessages]", *_messages(kinds), "", "[Registry]", *_registry(kinds), ""])


def _messages(kinds: list[FileType]) -> Iterator[str]:
    for kind in kinds:
        yield f"english.{_message(kind)}={kind.name}"
        yield f"german.{_message(kind)}={kind.german}"


def _message(kind: FileType) -> str:
    return kind.class_name.replace(".", "")


def _registry(kinds: list[FileType]) -> Iterator[str]:
    program = r"Applications\routewright.exe"
    yield _value(program, "FriendlyAppName", "Routewright", "uninsdeletekey")
    yield _value(rf"{program}\shell\open\command", "", _command())
    for kind in kinds:
        name = kind.class_name
        yield _value(name, "", f"{{cm:{_message(kind)}}}", "uninsdeletekey")
        yield _value(rf"{name}\DefaultIcon", "", f"{_PROGRAM},0")
        yield _value(rf"{name}\shell\open\command", "", _command())
        yield _value(rf"{program}\SupportedTypes", kind.suffix, "")
        # Removal takes the last line first. Others may have entered themselves beside us: what they need stays.
        yield _key(kind.suffix, "uninsdeletekeyifempty")
        yield _value(rf"{kind.suffix}\OpenWithProgids", name, "", "uninsdeletevalue uninsdeletekeyifempty")
        if kind.ours:
            yield _value(kind.suffix, "", name, "uninsdeletevalue")
            yield _value(kind.suffix, "Content Type", kind.media_type, "uninsdeletevalue")


def _command() -> str:
    return f'"{_PROGRAM}" "%1"'


def _value(key: str, name: str, data: str, flags: str = "") -> str:
    quoted = data.replace('"', '""')
    line = f'Root: HKCU; Subkey: "{_CLASSES}\\{key}"; ValueType: string; ValueName: "{name}"; ValueData: "{quoted}"'
    return f"{line}; Flags: {flags}" if flags else line


def _key(key: str, flags: str) -> str:
    return f'Root: HKCU; Subkey: "{_CLASSES}\\{key}"; Flags: {flags}'

"""The files of a scenario: from a folder, or from a zip archive that is taken for hostile until it proves otherwise.

Nothing is ever extracted to disk, so a member's path cannot reach any file; a path that tries is reported all the same.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from app.io.issues import RowIssue
from app.language import tr, trn

MOST_MEMBERS = 200
LARGEST_FILE = 256 << 20
LARGEST_BUNDLE = 512 << 20
LARGEST_RATIO = 200
"""Largest uncompressed over compressed size of a member above `RATIO_MATTERS_FROM` bytes."""
RATIO_MATTERS_FROM = 8 << 20
_CHUNK = 1 << 20
_OURS = (".zip", ".routewright")
_WHOLE = tr("a zip archive that is whole")
_KNOWN = tr("a folder or a .zip of CSV files, a .routewright document, a .vrp, or a Solomon .txt")
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".xz", ".bz2")


@dataclass(slots=True)
class Bundle:
    """What was found: the bytes per file name, in lower case and without folders, and what is wrong.

    ``torn`` says that the archive is damaged, or none at all; nothing was taken out of it then.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    issues: list[RowIssue] = field(default_factory=list)
    torn: bool = False

    def complain(self, file: str, value: str, expected: str) -> None:
        """Add an issue with a file as a whole."""
        self.issues.append(RowIssue(file, 0, "", value, expected))


def read_bundle(path: Path, wanted: Iterable[str]) -> Bundle:
    """Return the wanted files of a folder or a zip archive.

    Parameters
    ----------
    path
        A folder or an archive.
    wanted
        File names in lower case; others are not read. One that looks like a misspelt wanted name is an issue.
    """
    bundle = Bundle()
    names = frozenset(wanted)
    try:
        if path.is_dir():
            _read_folder(path, names, bundle)
        elif path.is_file():
            _read_archive(path, names, bundle)
        else:
            bundle.complain(path.name, "", tr("a folder or a file that exists"))
    except (OSError, ValueError):  # ValueError: a NUL character in a path
        bundle.files.clear()
        bundle.complain(path.name, "", tr("a folder or file that you may read"))
    return bundle


def read_one(path: Path, bundle: Bundle) -> bytes | None:
    """Return the bytes of one file; None, with an issue, when it cannot be read or is too large."""
    try:
        if not path.is_file():
            bundle.complain(path.name, "", tr("a file that exists"))
        elif path.stat().st_size > LARGEST_FILE:
            bundle.complain(
                path.name, _mebibytes(path.stat().st_size), tr("at most {size}", size=_mebibytes(LARGEST_FILE))
            )
        else:
            return path.read_bytes()
    except (OSError, ValueError):
        bundle.complain(path.name, "", tr("a file that you may read"))
    return None


def _read_folder(folder: Path, wanted: frozenset[str], bundle: Bundle) -> None:
    entries: dict[str, Path] = {}
    for entry in sorted(folder.iterdir()):
        name = entry.name.casefold()
        if name in wanted and name in entries:
            bundle.complain(entry.name, "", tr("one file of this name, in whatever case"))
        entries.setdefault(name, entry)
    _look_alikes(entries, wanted, bundle)
    for name in sorted(wanted & entries.keys()):
        data = read_one(entries[name], bundle)
        if data is not None:
            bundle.files[name] = data


def _read_archive(path: Path, wanted: frozenset[str], bundle: Bundle) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = _sound_members(archive, path.name, bundle)
            if bundle.issues:
                return
            _look_alikes(members, wanted, bundle)
            left = LARGEST_BUNDLE
            for name in sorted(wanted & members.keys()):
                data = _read_member(archive, members[name], left, bundle)
                if data is not None:
                    left -= len(data)
                    bundle.files[name] = data
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        LookupError,
        RuntimeError,
        UnicodeError,
        MemoryError,
    ):
        bundle.files.clear()
        bundle.torn = True
        bundle.complain(path.name, "", _WHOLE if path.suffix.casefold() in _OURS else _KNOWN)


def _sound_members(archive: zipfile.ZipFile, file: str, bundle: Bundle) -> Mapping[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        bundle.complain(
            file,
            trn("{number} file", "{number} files", len(infos)),
            trn("at most {number} file", "at most {number} files", MOST_MEMBERS),
        )
        return members
    for info in infos:
        name = PurePosixPath(info.filename).name
        if info.filename.endswith("/") or info.filename.startswith("__MACOSX/"):
            continue
        expected = _refusal(info)
        if not expected and name.startswith("."):
            continue
        if not expected and name.casefold() in members:
            expected = tr("every file once")
        if expected:
            bundle.complain(info.filename, "", expected)
        members[name.casefold()] = info
    if sum(info.file_size for info in infos) > LARGEST_BUNDLE:
        bundle.complain(file, "", tr("at most {size} when unpacked", size=_mebibytes(LARGEST_BUNDLE)))
    return members


def _refusal(info: zipfile.ZipInfo) -> str:
    # orig_filename: zipfile cuts a name at a NUL character, and turns the system's separators into slashes.
    raw = info.orig_filename
    if ".." in raw.replace("\\", "/").split("/") or raw.startswith(("/", "\\")) or ":" in raw or "\0" in raw:
        return tr("a name without a way out of the archive, such as ../ or an absolute path")
    if not info.filename:
        return tr("a file with a name")
    if info.flag_bits & 0x1:
        return tr("a file that is not encrypted")
    mode = info.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_IFMT(mode) == 0):
        return tr("an ordinary file, not a link or device")
    if info.filename.casefold().endswith(_ARCHIVES):
        return tr("CSV files, not an archive inside the archive")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return tr("a file that is packed in the ordinary way (deflate)")
    if info.file_size > LARGEST_FILE:
        return tr("at most {size}", size=_mebibytes(LARGEST_FILE))
    if info.file_size > RATIO_MATTERS_FROM and info.file_size > LARGEST_RATIO * info.compress_size:
        return tr("a file that is not packed beyond all measure")
    return ""


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, bundle: Bundle) -> bytes | None:
    # The sizes in the directory may lie, so what comes out is counted.
    chunks: list[bytes] = []
    size, most = 0, min(left, LARGEST_FILE)
    with archive.open(info) as member:
        while chunk := member.read(_CHUNK):
            size += len(chunk)
            if size > most:
                bundle.complain(info.filename, "", tr("at most {size} when unpacked", size=_mebibytes(LARGEST_FILE)))
                return None
            chunks.append(chunk)
    return b"".join(chunks)


def _mebibytes(size: int) -> str:
    return f"{size >> 20} MiB"


def _look_alikes(names: Iterable[str], wanted: frozenset[str], bundle: Bundle) -> None:
    for name in names:
        if name in wanted or not name.endswith((".csv", ".txt", ".tsv")):
            continue
        meant = get_close_matches(name, wanted - set(names), n=1, cutoff=0.85)
        if meant:
            bundle.complain(name, name, tr("the name {name}, or quite another one", name=meant[0]))

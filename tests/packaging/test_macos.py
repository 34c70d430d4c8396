"""The disk image for macOS, as far as it can be looked at without a Mac."""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.io.document import SUFFIX
from file_types import FILE_TYPES
from macos import make_dmg
from macos.info_plist import info_plist

MACHINE_CODE = b"\xcf\xfa\xed\xfe rest"
SIGNER = {make_dmg.IDENTITY: "Developer ID Application: Somebody"}
NOTARY = {make_dmg.NOTARY_KEY: "key.p8", make_dmg.NOTARY_KEY_ID: "K1", make_dmg.NOTARY_ISSUER: "I1"}


class Commands:
    """Takes the place of what runs commands, and of what they would make."""

    def __init__(self) -> None:
        self.run: list[list[str]] = []

    def __call__(self, command: Sequence[str]) -> None:
        self.run.append(list(command))

    def names(self) -> list[str]:
        return [" ".join(command[: 2 if command[0] in ("xcrun", "hdiutil") else 1]) for command in self.run]


@pytest.fixture
def application(tmp_path: Path) -> Path:
    contents = tmp_path / "Routewright.app" / "Contents"
    for name in ("MacOS/routewright", "Frameworks/Python", "Frameworks/QtCore.framework/Versions/A/QtCore"):
        path = contents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(MACHINE_CODE)
    (contents / "Resources").mkdir()
    (contents / "Resources" / "Python").symlink_to("../Frameworks/Python")
    (contents / "Resources" / "kernel.nbc").write_bytes(b"data")
    return contents.parent


def test_signatures_are_put_from_the_inside_out(application: Path, tmp_path: Path) -> None:
    commands = Commands()
    make_dmg.make_dmg(application, tmp_path / "out", "0.3.0", SIGNER, commands)
    signed = [command[-1] for command in commands.run if command[0] == "codesign" and "--sign" in command]
    contents = application / "Contents"
    assert signed == [
        str(contents / "Frameworks/QtCore.framework/Versions/A/QtCore"),
        str(contents / "Frameworks/Python"),
        str(application),
        str(tmp_path / "out" / "routewright-0.3.0-macos-arm64.dmg"),
    ]
    assert commands.names()[3:] == ["codesign", "hdiutil create", "codesign"]  # looked at before it is packed
    allowed = [command for command in commands.run if "--entitlements" in command]
    assert [command[-1] for command in allowed] == [str(application)]
    assert all(
        "runtime" in command for command in commands.run if "--sign" in command and not command[-1].endswith(".dmg")
    )


def test_without_a_certificate_it_is_sealed_for_oneself(application: Path, tmp_path: Path) -> None:
    commands = Commands()
    make_dmg.make_dmg(application, tmp_path / "out", "0.3.0", NOTARY, commands)
    assert commands.names() == ["codesign"] * 4 + ["hdiutil create"]
    signed = [command for command in commands.run if "--sign" in command]
    assert all(command[command.index("--sign") + 1] == make_dmg.NOBODY for command in signed)
    assert not any("runtime" in command or "--timestamp" in command for command in signed)  # these need a certificate


def test_it_is_notarised_where_there_is_a_key(application: Path, tmp_path: Path) -> None:
    commands = Commands()
    make_dmg.make_dmg(application, tmp_path / "out", "0.3.0", SIGNER | NOTARY, commands)
    assert commands.names()[-4:] == ["codesign", "xcrun notarytool", "xcrun stapler", "spctl"]
    submitted = next(command for command in commands.run if "notarytool" in command)
    assert "--wait" in submitted
    assert {"key.p8", "K1", "I1"} <= set(submitted)


def test_what_is_packed_can_be_dragged_to_the_applications(application: Path, tmp_path: Path) -> None:
    seen = []

    def look(command: Sequence[str]) -> None:
        if command[0] != "hdiutil":
            return
        folder = Path(command[command.index("-srcfolder") + 1])
        seen.extend(sorted(path.name for path in folder.iterdir()))
        assert (folder / "Applications").readlink() == Path("/Applications")
        assert (folder / "Routewright.app/Contents/Resources/Python").is_symlink()

    make_dmg.make_dmg(application, tmp_path / "out", "0.3.0", {}, look)
    assert seen == ["Applications", "Routewright.app"]
    assert not list((tmp_path / "out").iterdir())


def test_info_plist_can_be_written_and_names_what_the_program_opens() -> None:
    said = plistlib.loads(plistlib.dumps(info_plist("0.3.0rc1", FILE_TYPES)))
    assert said["CFBundleShortVersionString"] == "0.3.0"
    declared = said["UTExportedTypeDeclarations"] + said["UTImportedTypeDeclarations"]
    suffixes = {
        kind["UTTypeIdentifier"]: kind["UTTypeTagSpecification"]["public.filename-extension"] for kind in declared
    }
    opened = {kind["LSItemContentTypes"][0]: kind["LSHandlerRank"] for kind in said["CFBundleDocumentTypes"]}
    assert set(suffixes) == set(opened)
    assert {suffixes[name][0]: rank for name, rank in opened.items()} == {SUFFIX[1:]: "Owner", "vrp": "Alternate"}


def test_nothing_is_asked_of_the_user() -> None:
    assert not [name for name in info_plist("0.3.0", FILE_TYPES) if name.endswith("UsageDescription")]


def test_the_program_may_write_code_into_memory_and_nothing_else() -> None:
    allowed = plistlib.loads(make_dmg.ENTITLEMENTS.read_bytes())
    assert allowed == {
        "com.apple.security.cs.allow-jit": True,
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
    }

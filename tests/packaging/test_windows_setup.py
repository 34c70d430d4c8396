"""The installer for Windows, as far as it can be looked at without one."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import platformdirs
import pytest

from app.addon.place import default_folder
from file_types import FILE_TYPES
from windows import make_setup
from windows.associations import associations
from windows.version_resource import file_version, version_resource

SCRIPT = make_setup.SCRIPT.read_text(encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "dist" / "routewright"
    (folder / "_internal").mkdir(parents=True)
    (folder / "routewright.exe").write_bytes(b"MZ")
    return folder


def compiler_that(tmp_path: Path, does: str) -> dict[str, str]:
    """An Inno Setup that writes down what it was asked for, and what its script would have included."""
    program = tmp_path / "iscc"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{tmp_path}/asked"\n{does}\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {"ISCC": str(program)}


def test_the_compiler_is_told_all_that_the_script_wants(tree: Path, tmp_path: Path) -> None:
    variables = compiler_that(
        tmp_path, 'for one; do case $one in /D*=*.i*) test -s "${one#*=}" || exit 1 ;; esac; done'
    )
    made = make_setup.make_setup(tree, tmp_path / "out", "0.3.0", variables)
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    defined = {one[2:].split("=")[0] for one in asked if one.startswith("/D")}
    wanted = {*re.findall(r"\{#(\w+)\}", SCRIPT), *re.findall(r"#include (\w+)", SCRIPT)} - {"Name", "Program"}
    assert defined == wanted
    assert asked[-1] == str(make_setup.SCRIPT)
    name = re.search(r"OutputBaseFilename=(.*)", SCRIPT)
    assert name is not None
    assert made.name == name[1].replace("{#Version}", "0.3.0") + ".exe"
    assert not list((tmp_path / "out").iterdir())  # what was prepared is gone again


def test_paths_that_windows_would_not_open_are_refused(tree: Path, tmp_path: Path) -> None:
    deep = tree / "_internal" / ("a" * 100) / ("b" * 60)
    deep.parent.mkdir()
    deep.touch()
    with pytest.raises(ValueError, match=r"too long for Windows: .*b{60}"):
        make_setup.make_setup(tree, tmp_path / "out", "0.3.0", compiler_that(tmp_path, ""))


def test_it_is_cut_only_where_it_would_not_fit(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = make_setup.Setup(tree, "0.3.0", tmp_path, tmp_path, tmp_path)
    assert "/DSpanned" not in setup.arguments()
    monkeypatch.setattr(make_setup, "LARGEST", 1)
    assert "/DSpanned" in setup.arguments()
    assert int(re.search(r"DiskSliceSize=(\d+)", SCRIPT)[1]) < 2**31  # type: ignore[index]


def test_it_is_signed_only_where_somebody_can_sign(tree: Path, tmp_path: Path) -> None:
    setup = make_setup.Setup(tree, "0.3.0", tmp_path, tmp_path, tmp_path)
    assert not [one for one in setup.arguments() if one.startswith(("/DSigned", "/S"))]
    signed = make_setup.Setup(tree, "0.3.0", tmp_path, tmp_path, tmp_path, sign="sign $f")
    assert {"/DSigned", "/Srelease=sign $f"} <= set(signed.arguments())


def test_a_compiler_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"ISCC\.exe.*Install Inno Setup"):
        make_setup.compiler({"ProgramFiles": str(tmp_path)})
    with pytest.raises(FileNotFoundError, match="nowhere, which ISCC names"):
        make_setup.compiler({"ISCC": str(tmp_path / "nowhere")})


@pytest.mark.skipif(os.name == "nt", reason="makes a program that only other systems run")
def test_it_is_found_where_it_installs_itself(tmp_path: Path) -> None:
    usual = tmp_path / "Inno Setup 6" / "ISCC.exe"
    usual.parent.mkdir()
    usual.write_text("#!/bin/sh\n", encoding="utf-8")
    usual.chmod(0o755)
    assert make_setup.compiler({"ProgramFiles(x86)": str(tmp_path)}) == str(usual)


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("0.1.0rc2", "0.1.0.0"), ("1.2.3.4", "1.2.3.4")]
)
def test_versions_have_four_numbers(version: str, numbers: str) -> None:
    assert file_version(version) == numbers


def test_every_kind_of_file_is_known_to_windows() -> None:
    lines = associations(FILE_TYPES).splitlines()
    for kind in FILE_TYPES:
        known = [line for line in lines if f"\\{kind.suffix}" in line]
        assert any("OpenWithProgids" in line and kind.class_name in line for line in known)
        taken = [line for line in known if f'\\{kind.suffix}"; ValueType: string; ValueName: ""' in line]
        assert bool(taken) == kind.ours
        command = f'\\{kind.class_name}\\shell\\open\\command"'
        assert any(command in line and '"""{app}\\routewright.exe"" ""%1"""' in line for line in lines)


def test_kinds_have_a_name_in_every_language_of_the_installer() -> None:
    lines = associations(FILE_TYPES).splitlines()
    for language in re.findall(r'^Name: "(\w+)"; MessagesFile', SCRIPT, re.MULTILINE):
        for kind in FILE_TYPES:
            assert any(line.startswith(f"{language}.{kind.class_name.replace('.', '')}=") for line in lines)


def test_the_registry_is_the_users_own() -> None:
    entries = [line for line in associations(FILE_TYPES).splitlines() if line.startswith("Root")]
    assert entries
    assert all(line.startswith(r'Root: HKCU; Subkey: "Software\Classes' + "\\") for line in entries)


def test_the_installer_waits_for_what_the_program_holds() -> None:
    held = re.search(
        r'CreateMutexW\(None, False, "(.*)"\)', make_setup.SCRIPT.with_name("mark_as_running.py").read_text()
    )
    assert held is not None
    assert f"AppMutex={held[1]}\n" in SCRIPT


def test_removal_takes_what_can_be_had_again_and_nothing_else() -> None:
    removed = re.findall(r'filesandordirs; Name: "\{localappdata\}\\routewright\\(.*)"', SCRIPT)
    assert removed == ["Cache", default_folder().name]
    data = platformdirs.user_data_path("routewright", appauthor=False)
    assert default_folder().parent == data


def test_the_details_of_a_program_are_such_as_pyinstaller_reads() -> None:
    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    read = eval(  # noqa: S307 - PyInstaller does the same
        version_resource("0.3.0", "routewright-cli"),
        {name: lambda *given, name=name, **named: (name, given, named) for name in names},
    )
    assert read[2]["ffi"] == ("FixedFileInfo", (), {"filevers": (0, 3, 0, 0), "prodvers": (0, 3, 0, 0)})
    ((_, (tables,), _), _) = read[2]["kids"]
    ((_, (language, strings), _),) = tables
    assert language == "040904b0"
    assert ("StringStruct", ("OriginalFilename", "routewright-cli.exe"), {}) in strings

"""The Debian package holds what a system needs, where it belongs, and readable by everybody."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from debian.control_fields import control_file, debian_version, installed_kilobytes
from debian.make_deb import make_deb
from linux.debian_packages import UnknownLibraryError, packages_of, with_new_name
from linux.system_libraries import SystemLibraries
from tests.packaging.tree import NEEDS, make_tree

needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="this system has no dpkg-deb")


def fields_of(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deb")
    return make_deb(make_tree(folder), folder / "out", "0.2.0rc1", NEEDS, quick=True)


@pytest.fixture(scope="module")
def unpacked(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("root")
    subprocess.run(["dpkg-deb", "-R", str(package), str(root)], check=True)
    return root


@needs_dpkg
def test_its_name_tells_version_and_processor(package: Path) -> None:
    assert package.name.startswith("routewright_0.2.0~rc1_")
    assert sorted(package.parent.iterdir()) == [package]  # nothing is left of the work


@needs_dpkg
def test_the_command_leads_to_the_program(unpacked: Path) -> None:
    target = (unpacked / "usr/bin/routewright").readlink()
    assert target == Path("/opt/routewright/routewright")  # as Debian has it between folders of the root
    assert (unpacked / target.relative_to("/")).is_file()


@needs_dpkg
def test_links_of_the_tree_stay_links(unpacked: Path) -> None:
    assert (unpacked / "opt/routewright/_internal/libown.so").readlink() == Path("libown.so.1")


@needs_dpkg
def test_everybody_may_read_and_nobody_may_write(unpacked: Path) -> None:
    for path in unpacked.rglob("*"):
        if not path.is_symlink():
            mode = path.stat().st_mode & 0o777
            assert mode == (
                0o755 if path.is_dir() or (path.name == "routewright" and "opt" in path.parts) else 0o644
            ), path


@needs_dpkg
def test_licences_are_where_debian_looks_for_them(unpacked: Path) -> None:
    documents = unpacked / "usr/share/doc/routewright"
    notices = (documents / "third-party-notices.txt").readlink()
    assert (unpacked / notices.relative_to("/")).read_text() == "licences\n"
    assert "MIT" in (documents / "copyright").read_text()


@needs_dpkg
def test_sums_are_those_of_the_files(unpacked: Path) -> None:
    sums = unpacked / "DEBIAN/md5sums"
    assert "opt/routewright/routewright" in sums.read_text()
    subprocess.run(["md5sum", "--check", "--quiet", "--strict", str(sums)], cwd=unpacked, check=True)


@needs_dpkg
def test_there_are_no_scripts_of_maintainers(unpacked: Path) -> None:
    assert {path.name for path in (unpacked / "DEBIAN").iterdir()} == {"control", "md5sums"}


@needs_dpkg
def test_data_of_libraries_is_asked_for_where_they_are_brought_along() -> None:
    bare = fields_of(control_file("1", NEEDS, frozenset(), 10))
    brought = fields_of(control_file("1", NEEDS, frozenset({"libxkbcommon.so.0"}), 10))
    assert "xkb-data" not in bare["Depends"]
    assert "xkb-data" in brought["Depends"].split(", ")
    assert "libc6 (>= 2.36)" in bare["Depends"].split(", ")


@needs_dpkg
def test_an_unknown_library_ends_the_build() -> None:
    with pytest.raises(UnknownLibraryError, match=r"libnobody-has-this\.so\.7"):
        packages_of(["libnobody-has-this.so.7"])
    unknown = SystemLibraries(frozenset({"libc.so.6"}), frozenset({"libnobody-has-this.so.7"}), "2.36")
    assert "Suggests" not in fields_of(control_file("1", unknown, frozenset(), 10))


def test_newer_systems_can_fulfil_a_dependency_under_its_new_name() -> None:
    assert with_new_name("libglib2.0-0") == "libglib2.0-0 | libglib2.0-0t64"
    assert with_new_name("libxcb1") == "libxcb1"


def test_a_release_comes_after_its_candidates() -> None:
    assert debian_version("0.2.0") == "0.2.0"
    assert debian_version("0.2.0rc1") == "0.2.0~rc1"
    with pytest.raises(ValueError, match="no version"):
        debian_version("0.2.0.dev3+g123")


def test_size_counts_whole_kilobytes(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/one").write_bytes(b"x" * 1025)
    (tmp_path / "link").symlink_to("folder/one")
    assert installed_kilobytes(tmp_path) == 1 + 2 + 1

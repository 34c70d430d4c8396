"""Make the Debian package of a tree that PyInstaller built.

Usage::

    python packaging/debian/make_deb.py dist/routewright --version 0.2.0 --out dist

The program goes to ``/opt/routewright`` and stays as it is there: it writes only into the user's folders. There are no
maintainer scripts, since Debian's triggers bring menus, icons, kinds of files and manual pages up to date.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from debian.control_fields import architecture, control_file, debian_version, installed_kilobytes, maintainer
from desktop.share import write_share
from linux.laying_out import copy_tree, notices_in, set_modes
from linux.system_libraries import SystemLibraries, system_libraries

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_PROGRAM = Path("opt/routewright")
_SMALL, _QUICK = ("-Zxz", "-z6"), ("-Zzstd", "-z1")


def make_deb(
    tree: Path, out: Path, version: str, libraries: SystemLibraries | None = None, quick: bool = False
) -> Path:
    """Make the package and return its path.

    Parameters
    ----------
    tree
        Folder with the program ``routewright`` and its ``_internal``.
    out
        Folder for the package, made if it is not there.
    version
        Of the program.
    libraries
        What the tree needs of the system; looked up when None.
    quick
        Pack in seconds rather than minutes, and a third larger: for a trial on this machine.
    """
    libraries = system_libraries(tree) if libraries is None else libraries
    out.mkdir(parents=True, exist_ok=True)
    version = debian_version(version)
    package = out / f"routewright_{version}_{architecture()}.deb"
    with tempfile.TemporaryDirectory(prefix="deb-", dir=out) as folder:
        root = Path(folder)
        root.chmod(0o755)
        _lay_out(tree, root, version)
        set_modes(root)
        held = frozenset(path.name for path in tree.rglob("*.so*"))
        kilobytes = installed_kilobytes(root)
        sums = _md5sums(root)
        control = root / "DEBIAN"
        control.mkdir(mode=0o755)
        (control / "control").write_text(control_file(version, libraries, held, kilobytes), "utf-8")
        (control / "md5sums").write_text(sums, "utf-8")
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", *(_QUICK if quick else _SMALL), "--build", str(root), str(package)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return package


def _lay_out(tree: Path, root: Path, version: str) -> None:
    """Put every file where it will be on the system."""
    copy_tree(tree, root / _PROGRAM)
    command = root / "usr/bin/routewright"
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("/") / _PROGRAM / "routewright")
    write_share(root / "usr/share")
    documents = root / "usr/share/doc/routewright"
    documents.mkdir(parents=True)
    shutil.copyfile(_HERE / "copyright", documents / "copyright")
    notices = notices_in(root / _PROGRAM)
    if notices is not None:
        # One copy of a text of a megabyte will do.
        (documents / "third-party-notices.txt").symlink_to(Path("/") / notices.relative_to(root))
    (documents / "changelog.gz").write_bytes(gzip.compress(_changelog(version).encode(), mtime=0))
    overrides = root / "usr/share/lintian/overrides/routewright"
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(_HERE / "lintian-overrides", overrides)


def _md5sums(root: Path) -> str:
    """Return what `dpkg --verify` compares installed files with."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
    return "".join(f"{_digest(path)}  {path.relative_to(root).as_posix()}\n" for path in files)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _changelog(version: str) -> str:
    """Return the changelog that Debian asks for, with one entry: the program's own changes are told elsewhere."""
    built = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", datetime.now(UTC).timestamp())), UTC)
    return (
        f"routewright ({version}) unstable; urgency=medium\n\n"
        f"  * Routewright {version}, as its authors packaged it.\n\n"
        f" -- {maintainer()}  {format_datetime(built)}\n"
    )


def main() -> int:
    """Make the package that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make the Debian package of a tree that PyInstaller built.")
    parser.add_argument("tree", type=Path, metavar="TREE", help="folder with the program and its _internal")
    parser.add_argument("--out", type=Path, default=_ROOT / "dist", metavar="DIR", help="where the package goes")
    parser.add_argument("--version", required=True, metavar="VERSION", help="of the program, such as 0.2.0")
    parser.add_argument("--quick", action="store_true", help="pack in seconds, and a third larger: for a trial")
    chosen = parser.parse_args()
    print(make_deb(chosen.tree, chosen.out, chosen.version, quick=chosen.quick))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Make the archive of a tree that PyInstaller built, which runs from any folder of any newer Linux.

Usage::

    python packaging/portable/make_archive.py dist/routewright --version 0.2.0 --out dist
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from desktop.share import write_share
from linux.debian_packages import packages_of
from linux.laying_out import copy_tree, notices_in, set_modes
from linux.system_libraries import SystemLibraries, system_libraries

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]


def make_archive(tree: Path, out: Path, version: str, libraries: SystemLibraries | None = None) -> Path:
    """Make the archive and return its path.

    Parameters
    ----------
    tree
        Folder with the program ``routewright`` and its ``_internal``.
    out
        Folder for the archive, made if it is not there.
    version
        Of the program.
    libraries
        What the tree needs of the system; looked up when None.
    """
    libraries = system_libraries(tree) if libraries is None else libraries
    out.mkdir(parents=True, exist_ok=True)
    name = f"routewright-{version}-linux-{platform.machine()}"
    archive = out / f"{name}.tar.xz"
    with tempfile.TemporaryDirectory(prefix="archive-", dir=out) as folder:
        root = Path(folder) / name
        root.mkdir()
        copy_tree(tree, root / "routewright")
        for part in ("run", "install-for-me", "README.txt"):
            shutil.copy2(_HERE / part, root / part)
        shutil.copyfile(_ROOT / "LICENSE", root / "LICENSE")
        notices = notices_in(root / "routewright")
        if notices is not None:
            (root / "third-party-notices.txt").symlink_to(notices.relative_to(root))
        write_share(root / "share")
        packages = packages_of(libraries.required)
        (root / "system-libraries.txt").write_text(
            "".join(f"{library} {package}\n" for library, package in packages.items()), "utf-8"
        )
        (root / "glibc.txt").write_text(f"{libraries.glibc}\n", "utf-8")
        root.chmod(0o755)
        set_modes(root)
        _pack(root, archive)
    return archive


def _pack(folder: Path, archive: Path) -> None:
    """Pack a folder; whoever owns its files here means nothing elsewhere."""
    order = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner"]
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        order += [f"--mtime=@{epoch}", "--clamp-mtime"]
    subprocess.run(
        ["tar", *order, "-C", str(folder.parent), "-I", "xz -6 -T0", "-cf", str(archive), folder.name], check=True
    )


def main() -> int:
    """Make the archive that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make the archive of a tree that PyInstaller built.")
    parser.add_argument("tree", type=Path, metavar="TREE", help="folder with the program and its _internal")
    parser.add_argument("--out", type=Path, default=_ROOT / "dist", metavar="DIR", help="where the archive goes")
    parser.add_argument("--version", required=True, metavar="VERSION", help="of the program, such as 0.2.0")
    chosen = parser.parse_args()
    print(make_archive(chosen.tree, chosen.out, chosen.version))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Build what people install who have no Python: ``python packaging/build.py``, with a Python that has ``[installer]``.

The program is frozen into ``dist/routewright`` (on macOS ``dist/Routewright.app``), tries itself, and is packed as its
system has it: a Debian package and an archive, a setup, or a disk image. `make installer` sets up and runs this.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]  # this folder has the name of a distribution, so it is no package

from app import __version__  # noqa: E402
from freezing.kernels import compile_kernels, lay_out  # noqa: E402
from freezing.sizes import size_report  # noqa: E402
from freezing.stripping import strip_symbols  # noqa: E402

BUILD, DIST = ROOT / "build", ROOT / "dist"
PREPARED = BUILD / "prepared"
"""What `routewright.spec` takes besides the sources."""

KINDS = {"x86_64": ["x86-64-v3"], "amd64": ["x86-64-v3"], "arm64": ["apple-m1"], "aarch64": ["generic"]}
"""Kinds of processors that kernels are compiled for, by machine; all others compile theirs at the first start."""


def main() -> int:
    """Build, and return the exit code: that of the program when it tried itself and failed."""
    arguments = _arguments()
    if sys.prefix == sys.base_prefix:
        print("This needs a virtual environment with nothing else in it: make installer makes one.", file=sys.stderr)
        return 2
    times: dict[str, float] = {}
    shutil.rmtree(PREPARED, ignore_errors=True)
    with _timed("kernels", times):
        for kind in KINDS[platform.machine().lower()]:
            shelf = compile_kernels(ROOT, kind, BUILD / "kernels")
            lay_out(ROOT, shelf, PREPARED / "compiled" / kind)
    with _timed("wheel", times):
        _prepare_resources()
    with _timed("freeze", times):
        _run("PyInstaller", "--noconfirm", "--log-level=WARN", f"--distpath={DIST}", f"--workpath={BUILD / 'frozen'}",
             str(HERE / "routewright.spec"))  # fmt: skip
    tree = DIST / ("Routewright.app" if sys.platform == "darwin" else "routewright")
    with _timed("strip", times):
        strip_symbols(tree)
    with _timed("notices", times):
        _notices(tree, arguments.release)
    if not arguments.unpacked:
        with _timed("self-test", times):
            tried = subprocess.run([_program(tree), "--selftest", "full"], cwd=BUILD)
        if tried.returncode:
            return tried.returncode
        with _timed("packages", times):
            packages = _pack(tree)
    else:
        packages = []
    report = size_report(tree, packages) | {"seconds": {name: round(taken, 1) for name, taken in times.items()}}
    (DIST / f"routewright-{__version__}-build.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build the installers of this system.")
    parser.add_argument("--unpacked", action="store_true", help="freeze only: make no package and try nothing")
    parser.add_argument("--release", action="store_true", help="refuse what must not be published")
    return parser.parse_args()


def _prepare_resources() -> None:
    """Write what the program is told of its build, and the wheel for an environment of its own."""
    resources = PREPARED / "resources"
    addon = resources / "addon"
    addon.mkdir(parents=True)
    said = {"commit": _commit(), "built": datetime.now(UTC).date().isoformat()}
    (resources / "edition.json").write_text(json.dumps(said) + "\n")
    _run("pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(addon), str(ROOT))


def _notices(tree: Path, release: bool) -> None:
    """Write whose work is in the tree, into the tree; the bill of materials lies beside it."""
    third_party = _inside(tree) / "app" / "_resources" / "third-party"
    third_party.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(HERE / "notices"), str(tree), "--out", str(DIST)]
    subprocess.run([*command, "--release"] if release else command, check=True)
    shutil.move(DIST / "notices.txt", third_party / "notices.txt")


def _pack(tree: Path) -> list[Path]:
    if sys.platform == "win32":
        from windows.make_setup import make_setup

        return [make_setup(tree, DIST, __version__)]
    if sys.platform == "darwin":
        from macos.make_dmg import make_dmg

        return [make_dmg(tree, DIST, __version__)]
    from debian.make_deb import make_deb
    from linux.system_libraries import system_libraries
    from portable.make_archive import make_archive

    libraries = system_libraries(tree)
    return [make_deb(tree, DIST, __version__, libraries), make_archive(tree, DIST, __version__, libraries)]


def _program(tree: Path) -> Path:
    if sys.platform == "darwin":
        return tree / "Contents" / "MacOS" / "routewright"
    return tree / ("routewright-cli.exe" if sys.platform == "win32" else "routewright")


def _inside(tree: Path) -> Path:
    return tree / "Contents" / "Resources" if sys.platform == "darwin" else tree / "_internal"


def _commit() -> str:
    """Return which sources these are, with a plus where they were changed since; "" where git does not know."""
    said = subprocess.run(
        ["git", "describe", "--always", "--exclude=*", "--dirty=+"], cwd=ROOT, capture_output=True, text=True
    )
    return said.stdout.strip()


def _run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, check=True)


@contextmanager
def _timed(name: str, times: dict[str, float]) -> Iterator[None]:
    print(f"{name} ...", flush=True)
    started = time.perf_counter()
    yield
    times[name] = time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())

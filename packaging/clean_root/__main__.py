"""Install a package in a clean Debian root, use the program as people do, remove it, and tell what was seen.

``packaging/try_in_clean_root.sh`` calls it.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from clean_root.display import Display, TooLateError
from clean_root.first_steps import DAY, alone, as_joerg, day_in_the_window, install, selftest
from clean_root.full_disk import full_disk
from clean_root.report import Finding, write_report
from clean_root.root import JOERG, ROOT, CleanRoot, pack_root
from clean_root.starts import starts
from clean_root.upgrade import removal, upgrade

_TOOLS = {
    "debootstrap": "debootstrap",
    "unshare": "util-linux",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "dpkg-deb": "dpkg",
}


def main() -> int:
    """Try what the command line names."""
    chosen = _arguments()
    missing = [package for tool, package in _TOOLS.items() if shutil.which(tool) is None]
    if missing or os.geteuid() != 0:
        needs = f": apt-get install {' '.join(missing)}" if missing else " and has to be called by root"
        print(f"the trial needs a machine with Debian's tools{needs}", file=sys.stderr)
        return 2
    chosen.out.mkdir(parents=True, exist_ok=True)
    packed = pack_root(chosen.suite, chosen.cache)
    findings: list[Finding] = []
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="clean-root-") as folder, Display() as display:
        _take(findings, _fresh(Path(folder) / "fresh", packed, chosen.package, display, chosen.out))
        if chosen.older is not None:
            _take(findings, _upgraded(Path(folder) / "upgraded", packed, chosen, display))
    about = {
        "package": chosen.package.name,
        "older package": chosen.older.name if chosen.older else "none",
        "system": f"Debian {chosen.suite}, debootstrap --variant=minbase",
        "kernel": platform.release(),
        "cores": f"{os.cpu_count()}, of which others used {busy:.1f} when the trial began",
    }
    print(write_report(findings, about, chosen.out), end="")
    return 0 if all(one.ok for one in findings) else 1


Trial = Callable[[], Finding | list[Finding]]


def _fresh(folder: Path, packed: Path, package: Path, display: Display, out: Path) -> Iterable[tuple[str, Trial]]:
    """Yield the trials of a fresh installation, from the first start to the removal."""
    with CleanRoot(folder, packed) as root:
        before = root.files()
        yield "installation", lambda: install(root, package, "installation")
        yield "loneliness", lambda: alone(root)
        yield "first run", lambda: as_joerg(root, out)
        yield "full self-test", lambda: selftest(root, ROOT, "full", "the full self-test, by root", out)
        yield (
            "full self-test",
            lambda: selftest(root, JOERG, "full", "the full self-test, by somebody without rights", out),
        )
        yield "window", lambda: day_in_the_window(root, display, JOERG, out)
        days = list(root.path(JOERG.home).rglob(DAY))
        if days:
            yield "full disk", lambda: full_disk(root, display, JOERG, days[0], out)
        yield "starts", lambda: starts(root, display, JOERG)
        yield "removal", lambda: removal(root, JOERG, before)


def _upgraded(folder: Path, packed: Path, chosen: argparse.Namespace, display: Display) -> Iterable[tuple[str, Trial]]:
    """Yield the trials of an upgrade."""
    with CleanRoot(folder, packed) as root:
        yield "upgrade", lambda: upgrade(root, display, JOERG, chosen.older, chosen.package, chosen.out)


def _take(findings: list[Finding], trials: Iterable[tuple[str, Trial]]) -> None:
    """Take trials one after the other; what goes wrong in one of them keeps no other from being taken."""
    for name, trial in trials:
        print(f"trying: {name}", file=sys.stderr, flush=True)
        try:
            found = trial()
        except (TooLateError, OSError, RuntimeError) as error:
            found = Finding(name, ok=False, lines=[str(error)])
        findings += found if isinstance(found, list) else [found]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="try_in_clean_root.sh", description="Try a Debian package of Routewright in a clean root."
    )
    parser.add_argument("package", type=Path, metavar="DEB", help="what is tried")
    parser.add_argument("older", type=Path, nargs="?", metavar="OLDER_DEB", help="what it is to be installed over")
    parser.add_argument(
        "--out", type=Path, default=Path("out/clean-root"), metavar="DIR", help="for report and pictures"
    )
    parser.add_argument("--suite", default="bookworm", help="release of Debian (%(default)s)")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "routewright-clean-root"
    parser.add_argument("--cache", type=Path, default=cache, metavar="DIR", help="where the empty root is kept")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

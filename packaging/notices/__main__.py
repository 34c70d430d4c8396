"""Write the notice and the bill of materials of a frozen tree.

Usage::

    python packaging/notices dist/routewright --out dist

with the Python that the tree was frozen with. Writes ``notices.txt`` and ``routewright-VERSION.cdx.json`` into the
folder; or writes nothing, ends with 1 and says why, where something must not be handed on as it is.
"""

from __future__ import annotations

import argparse
import os
import sys
import sysconfig
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != HERE]
sys.path.insert(0, str(HERE.parent))

from notices.catalogue import read_catalogue  # noqa: E402
from notices.debian import packages  # noqa: E402
from notices.distributions import Distributions  # noqa: E402
from notices.distributor import DISTRIBUTOR  # noqa: E402
from notices.inventory import Stocktaking, with_digests  # noqa: E402
from notices.notice import notice  # noqa: E402
from notices.sbom import bill, faults, wheel_digests  # noqa: E402
from notices.tree import read_tree  # noqa: E402


def main() -> int:
    """Read the command line; return the exit code."""
    arguments = _arguments()
    tree = read_tree(arguments.tree)
    catalogue = read_catalogue()
    distributions = Distributions([Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")])
    system = packages(file for file in tree.files if file.native and "/" not in file.place)
    taken = Stocktaking(tree, catalogue, distributions, system).inventory()
    if arguments.wheels is not None:
        taken = with_digests(taken, wheel_digests(arguments.wheels.read_text(encoding="utf-8")))
    text = bill(taken.components, arguments.version, _now())
    problems = [*taken.problems, *faults(text)]
    if not DISTRIBUTOR:
        said = "packaging/notices/distributor.py names nobody who offers the sources of libraries under the LGPL."
        if arguments.release:
            problems.append(said)
        else:
            print(f"Warning: {said}", file=sys.stderr)
    if not problems:
        arguments.out.mkdir(parents=True, exist_ok=True)
        printed = notice(taken.components, catalogue, arguments.version, DISTRIBUTOR)
        (arguments.out / "notices.txt").write_text(printed, encoding="utf-8")
        (arguments.out / f"routewright-{arguments.version}.cdx.json").write_text(text, encoding="utf-8")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(taken.components)} parts in {len(tree.files)} files, {len(problems)} problems")
    return 1 if problems else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="packaging/notices", description=__doc__.splitlines()[0])
    parser.add_argument("tree", type=Path, help="folder that PyInstaller wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--version", default=_version(), help="of Routewright; otherwise that of the checkout")
    parser.add_argument("--wheels", type=Path, help="what `pip install --report` wrote, for the digests of wheels")
    parser.add_argument("--release", action="store_true", help="demand that somebody is named who offers the sources")
    return parser.parse_args()


def _version() -> str:
    lines = (HERE.parents[1] / "app" / "__init__.py").read_text(encoding="utf-8").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("__version__"))


def _now() -> datetime:
    """Return the time of the build, which one that is to come out the same again sets from outside."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)


if __name__ == "__main__":
    sys.exit(main())

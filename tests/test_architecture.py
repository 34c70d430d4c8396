"""What holds for the code as a whole: who imports whom, how versions are pinned, how large a file may grow."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import app
from app.resources import resource

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for folder in ("app", "solver") for path in (ROOT / folder).rglob("*.py"))
LARGEST_FILE = 400
GRAPHICS = ("PySide6", "shiboken6", "pyqtgraph")


def run_python(code: str) -> str:
    """Run code in a fresh interpreter and return what it printed."""
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=800, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def imported_by(code: str, *names: str) -> str:
    """Return which of the packages are loaded after the code has run."""
    return run_python(
        f"{code}\nimport sys; print(*sorted({{m.partition('.')[0] for m in sys.modules}} & set({names!r})))"
    )


def modules_below(package: str) -> list[str]:
    paths = (path.relative_to(ROOT).with_suffix("") for path in SOURCES)
    names = (".".join(path.parts).removesuffix(".__init__") for path in paths)
    return [name for name in names if name.startswith(package) and not name.endswith("__main__")]


def requirements() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["dev"]
    return {line.partition("==")[0]: line.partition("==")[2] for line in lines}


@pytest.mark.parametrize(
    ("package", "strangers"),
    [
        ("solver", (*GRAPHICS, "app", "pydantic", "shapely")),
        ("app.model", GRAPHICS),
        ("app.io", GRAPHICS),
        ("solver.problem", (*GRAPHICS, "app", "numba")),
    ],
)
def test_importing_all_of_a_package_loads_no_strangers(package: str, strangers: tuple[str, ...]) -> None:
    assert imported_by("import " + ", ".join(modules_below(package)), *strangers).strip() == ""


@pytest.mark.timeout(900)  # compiles the kernels if nothing has yet
def test_solving_on_the_command_line_loads_no_graphics(tmp_path: Path) -> None:
    arguments = ["app", "solve", str(resource("samples/helsinki")), "--seconds", "0.2", "--out", str(tmp_path)]
    code = (
        f"import sys; sys.argv = {arguments!r}\n"
        "from app.__main__ import main\n"
        "try:\n    code = main()\nexcept SystemExit as end:\n    code = end.code\n"
        "assert not code, code"
    )
    assert imported_by(code, *GRAPHICS).splitlines()[-1].strip() == ""
    assert (tmp_path / "routes.csv").is_file()


def test_every_dependency_has_an_exact_version_and_the_installed_one() -> None:
    pins = requirements()
    assert [name for name, version in pins.items() if not version] == []
    # What stands behind a plus tells builds of the same version apart: torch's for the CPU, say.
    assert {name: metadata.version(name).partition("+")[0] for name in pins} == pins


def test_constraints_pin_exactly_what_the_dependencies_pull_in() -> None:
    text = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    lines = text.partition("# What the group `installer` pulls in besides.")[0].splitlines()  # that is not installed
    constraints = {normal(line.partition("==")[0]) for line in lines if line and not line.startswith("#")}
    wanted, todo = set(), [normal(name) for name in requirements()]
    while todo:
        name = todo.pop()
        if name not in wanted:
            wanted.add(name)
            todo += [normal(line) for line in metadata.requires(name) or [] if applies(line)]
    assert wanted - {normal(name) for name in requirements()} == constraints


def normal(requirement: str) -> str:
    match = re.match(r"[\w.-]+", requirement)
    assert match is not None, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def applies(requirement: str) -> bool:
    """Return whether a requirement holds on Python 3.11 on Linux without extras."""
    from packaging.requirements import Requirement

    marker = Requirement(requirement).marker
    return marker is None or marker.evaluate({"extra": ""})


def test_the_version_is_the_one_that_is_installed() -> None:
    assert metadata.version("routewright") == app.__version__


def test_a_resource_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no such thing"):
        resource("no such thing")


def test_files_are_small_and_named_for_their_job() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > LARGEST_FILE} == {}
    assert [name for name in lengths if Path(name).stem in {"utils", "helpers", "misc", "common"}] == []


def test_the_map_draws_with_pyside_whatever_else_is_installed() -> None:
    code = "import os; os.environ.pop('PYQTGRAPH_QT_LIB', None); import app.map; import pyqtgraph"
    assert run_python(f"{code}; print(pyqtgraph.Qt.QT_LIB)").strip() == "PySide6"

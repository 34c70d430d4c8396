"""Trials of a fresh installation: nothing but what Debian has, the self-test, and a day in the window."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from clean_root.display import Display
from clean_root.hands import own_sample, program, save_as, solve
from clean_root.report import Finding
from clean_root.root import JOERG, ROOT, CleanRoot, Person, Said

PROGRAM = "/opt/routewright"
DAY = "day.routewright"
_TOOLS = ("python", "python3", "gcc", "cc", "c++", "clang", "tcc", "ld", "as", "make", "pip")
_MEGABYTE = 1e6


def install(root: CleanRoot, package: Path, trial: str) -> Finding:
    """Install the package as apt does, with what it asks for."""
    found = Finding(trial)
    root.refresh()
    dependencies = root.install_dependencies(package)
    said = root.install(package)
    found.expect(said.code == 0, f"apt installs {package.name}" + ("" if said.code == 0 else f": {said.err[-2000:]}"))
    kept = [path.stat() for path in root.path(PROGRAM).rglob("*") if path.is_file() and not path.is_symlink()]
    found.figures = {
        "package_mb": round(package.stat().st_size / _MEGABYTE, 1),
        "install_seconds": round(said.seconds, 1),
        "dependencies_seconds": round(dependencies.seconds, 1),
        "installed_mb": round(sum(one.st_size for one in kept) / _MEGABYTE, 1),
        "installed_files": len(kept),
    }
    return found


def alone(root: CleanRoot) -> Finding:
    """Look whether there is anything that the program could get help from."""
    found = Finding("no Python, no compiler, no network")
    there = [tool for tool in _TOOLS if root.run("sh", "-c", f"command -v {tool}").code == 0]
    found.expect(not there, f"none of {', '.join(_TOOLS)} is there" if not there else f"there is {', '.join(there)}")
    # The kernel lists all interfaces of the namespace below two lines of headings.
    interfaces = [line.split(":")[0].strip() for line in root.run("cat", "/proc/net/dev").out.splitlines()[2:]]
    found.expect(interfaces == ["lo"], f"of networks there is {', '.join(interfaces)}")
    writing = root.run("touch", f"{PROGRAM}/written", person=ROOT)
    found.expect(writing.code != 0, "not even root can write to the programs")
    return found


def selftest(root: CleanRoot, person: Person, extent: str, trial: str, out: Path) -> Finding:
    """Let the program test itself, and keep what it printed.

    Parameters
    ----------
    root, person
        Where, and who.
    extent
        "quick" or "full".
    trial
        What this is about.
    out
        Folder for the record.
    """
    found = Finding(trial)
    said = root.run("routewright", "--selftest", extent, person=person, limit=900)
    record = parsed(said)
    out.joinpath(f"selftest-{trial.replace(' ', '-')}.json").write_text(said.out, "utf-8")
    why = said.err.strip()[-1500:]
    found.expect(said.code == 0 and bool(record.get("ok")), f"it passes, with exit code {said.code}. {why}".strip())
    for line in times_of(record):
        found.note(line)
    found.figures = {"seconds": round(said.seconds, 1), "record": record}
    return found


def times_of(record: dict[str, Any]) -> list[str]:
    """Return the times in the record of a self-test that people wait for, as far as they are in it.

    Parameters
    ----------
    record
        As it printed it.
    """
    steps = record.get("steps", {})
    named = {
        "the window is there": ("start", "seconds"),
        "the engine is ready, counted from the start": ("engine", "since_start"),
        "first routes": ("solve", "first_routes"),
        "first routes of the next solve": ("solve_again", "first_routes"),
    }
    return [f"{name}: {steps[step][key]:.2f} s" for name, (step, key) in named.items() if key in steps.get(step, {})]


def parsed(said: Said) -> dict[str, Any]:
    """Return the object that a command printed; nothing where it printed none."""
    with suppress(json.JSONDecodeError):
        record = json.loads(said.out)
        return record if isinstance(record, dict) else {}
    return {}


def day_in_the_window(root: CleanRoot, display: Display, person: Person, out: Path) -> Finding:
    """Open the sample, solve it, save it, and look whether the plan is in the file."""
    found = Finding("the window: the sample is opened, solved and saved by the keys")
    home = root.path(person.home)
    with program(root, display, person, own_sample(root, person)) as window:
        display.save(out / "window-sample.png")
        solve(display, window)
        display.save(out / "window-solved.png")
        saved = save_as(display, window, home, DAY)
    exported = export(root, person, saved)
    found.expect(exported.code == 0, f"what it saved has a plan: {(exported.out + exported.err).strip()}")
    found.note("pictures: window-sample.png, window-solved.png")
    return found


def export(root: CleanRoot, person: Person, document: Path) -> Said:
    """Write the plan of a document into a folder that is taken away again; this fails where it has none."""
    inside = "/" + str(document.relative_to(root.folder))
    said = root.run("routewright", "export", inside, "--out", "/tmp/exported", "--formats", "csv", person=person)
    shutil.rmtree(root.path("/tmp/exported"), ignore_errors=True)
    return said


def as_joerg(root: CleanRoot, out: Path) -> list[Finding]:
    """Let somebody without rights test the program twice: when it has never run here, and again."""
    first = selftest(root, JOERG, "quick", "the first run, by somebody without rights", out)
    return [first, selftest(root, JOERG, "quick", "the second run, by somebody without rights", out)]

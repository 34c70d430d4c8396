"""Trials of what stays: the user's own over an upgrade, and nothing of the program after its removal."""

from __future__ import annotations

import hashlib
from pathlib import Path

from clean_root.display import Display
from clean_root.first_steps import DAY, PROGRAM, export, install
from clean_root.hands import SAMPLE, own_sample, program, save_as, solve
from clean_root.report import Finding
from clean_root.root import CleanRoot, Person

_WEIGHTS = ".local/share/routewright/policy/policy.safetensors"
_SETTINGS = ".config/routewright"
_OPT = "opt"
"""Debian takes this folder away with the last package that has something in it."""

_STATE = ("var/lib/apt", "var/lib/dpkg", "var/cache", "var/log", "var/lib/systemd", "etc/ld.so.cache")
"""Where Debian keeps account of packages, which is not the program's."""


def upgrade(root: CleanRoot, display: Display, person: Person, older: Path, newer: Path, out: Path) -> list[Finding]:
    """Work with an older program, install a newer one, and look whether everything of the user is there."""
    home = root.path(person.home)
    findings = [install(root, older, "the older program is installed")]
    found = Finding("an upgrade keeps documents, settings and trained weights")
    with program(root, display, person, own_sample(root, person)) as window:
        solve(display, window)
        day = save_as(display, window, home, DAY)
    found.note(_train(root, person))
    weights = home / _WEIGHTS
    before = {path: _digest(path) for path in (day, weights) if path.is_file()}
    settings = {path.name for path in (home / _SETTINGS).rglob("*") if path.is_file()}
    findings.append(install(root, newer, "the newer program is installed over it"))
    for path, digest in before.items():
        found.expect(path.is_file() and _digest(path) == digest, f"{path.relative_to(home)} is what it was")
    found.expect(weights in before, "there were weights trained by the older program")
    after = {path.name for path in (home / _SETTINGS).rglob("*") if path.is_file()}
    found.expect(bool(settings) and settings <= after, f"settings are there: {', '.join(sorted(after))}")
    exported = export(root, person, day)
    found.expect(exported.code == 0, f"the newer program reads the plan: {(exported.out + exported.err).strip()}")
    solved = root.run(
        "routewright", "solve", "/" + str(day.relative_to(root.folder)), "--init", "policy", "--seconds", "1",
        "--out", "/tmp/solved", person=person,
    )  # fmt: skip
    found.expect(solved.code == 0, f"and the weights: {solved.err.strip()[-400:] or solved.out.splitlines()[0]}")
    with program(root, display, person):  # it opens what was open the last time
        display.save(out / "window-after-upgrade.png")
        found.expect(display.has(DAY.split(".")[0]), "the window opens what was open the last time")
    left = _unowned(root)
    found.expect(not left, f"no file of the older program is left{': ' if left else ''}{', '.join(sorted(left)[:20])}")
    return [*findings, found]


def removal(root: CleanRoot, person: Person, before: frozenset[str]) -> Finding:
    """Purge the program, and look what is left.

    Parameters
    ----------
    root, person
        Where, and who used it.
    before
        All files before it was installed.
    """
    found = Finding("removal leaves nothing but the user's data")
    said = root.purge()
    found.expect(said.code == 0, f"apt purges it in {said.seconds:.1f} s {said.err.strip()[-400:]}".strip())
    left = sorted(root.files() - before)
    own = [path for path in left if f"/{path}/".startswith((f"{person.home}/", "/root/"))]
    ours = [path for path in left if path not in own and ("routewright" in path or path.startswith("opt"))]
    others = [path for path in left if path not in (*own, *ours) and not path.startswith(_STATE)]
    found.expect(not ours, f"of the program nothing is left{': ' if ours else ''}{', '.join(ours[:20])}")
    gone = sorted(path for path in before - root.files() if not path.startswith(_STATE) and path != _OPT)
    found.expect(not gone, f"nothing that was there before is gone{': ' if gone else ''}{', '.join(gone[:20])}")
    found.note(f"of the users {len(own)} files and folders are left, as they should be")
    found.note(f"other packages left {', '.join(others[:20]) or 'nothing'}")
    return found


def _train(root: CleanRoot, person: Person) -> str:
    """Train weights on the sample, as short as can be, and put them where weights in use lie."""
    folder = f"{person.home}/training"
    said = root.run(
        "routewright", "train", folder, "--from", SAMPLE, "--rollouts", "64", "--sizes", "10", person=person, limit=900
    )
    if said.code:
        return f"the older program could not train: {said.err.strip()[-400:]}"
    inside = f"{person.home}/{_WEIGHTS}"
    root.run(
        "sh", "-c", 'mkdir -p "$(dirname "$2")" && cp "$1/policy.safetensors" "$2"', "sh", folder, inside, person=person
    )
    return f"trained in {said.seconds:.0f} s"


def _unowned(root: CleanRoot) -> set[str]:
    """Return the program's files that no package knows."""
    listed = root.path("/var/lib/dpkg/info/routewright.list").read_text("utf-8").splitlines()
    here = {"/" + str(path.relative_to(root.folder)) for path in root.path(PROGRAM).rglob("*")}
    return here - set(listed)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

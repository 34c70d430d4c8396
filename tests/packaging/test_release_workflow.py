"""The workflow that makes a release; actionlint and shellcheck look at the rest (packaging/README.md)."""

from __future__ import annotations

import re
from pathlib import Path

WORKFLOW = (Path(__file__).resolve().parents[2] / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
JOBS = dict(re.findall(r"^  ([a-z-]+):\n((?:    .*\n|\n)+)", WORKFLOW.partition("\njobs:\n")[2], re.MULTILINE))
SYSTEMS = ("linux", "windows", "macos")


def test_each_system_is_built_and_tried_where_it_was_not_built() -> None:
    for system in SYSTEMS:
        assert "$STRICTLY" in JOBS[f"build-{system}"]
        assert f"needs: build-{system}\n" in JOBS[f"try-{system}"]
        assert "--selftest full" in JOBS[f"try-{system}"]
        assert "checkout" not in JOBS[f"try-{system}"]


def test_nothing_is_released_that_did_not_pass() -> None:
    (needs,) = re.findall(r"needs: \[(.*)\]", JOBS["draft"])
    assert {f"try-{system}" for system in SYSTEMS} <= set(needs.split(", "))
    assert "SHA256SUMS" in JOBS["draft"]


def test_a_dry_run_neither_signs_nor_releases() -> None:
    for name, job in JOBS.items():
        for step in re.split(r"\n      - ", job):
            if ("secrets." in step and "SIGN" in step) or "gh release" in step:
                assert "github.event_name == 'push'" in step, name


def test_actions_are_pinned_by_commit() -> None:
    used = re.findall(r"uses: (.*)", WORKFLOW)
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used)
    assert "cache" not in "".join(JOBS.values())


def test_only_the_draft_may_write() -> None:
    assert re.search(r"^permissions:\n  contents: read\n\n", WORKFLOW, re.MULTILINE)
    assert [name for name, job in JOBS.items() if "write #" in job] == ["draft"]

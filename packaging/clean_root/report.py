"""What the trials tell: one page to read, and the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Finding:
    """What one trial found.

    Parameters
    ----------
    trial
        What was tried.
    ok
        Whether all was as it should be.
    lines
        What was seen, a sentence each.
    figures
        What was measured.
    """

    trial: str
    ok: bool = True
    lines: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def expect(self, holds: bool, line: str) -> None:
        """Note something that should hold."""
        self.lines.append(line if holds else f"NOT AS IT SHOULD BE: {line}")
        self.ok = self.ok and holds

    def note(self, line: str) -> None:
        """Note something that can be either way."""
        self.lines.append(line)


def write_report(findings: Sequence[Finding], about: dict[str, str], out: Path) -> str:
    """Write ``report.json`` and ``report.txt``, and return the latter.

    Parameters
    ----------
    findings
        Of all trials.
    about
        What was tried, and on what.
    out
        Folder for the report.
    """
    fine = all(one.ok for one in findings)
    record = about | {
        "ok": fine,
        "trials": [{"trial": one.trial, "ok": one.ok, "lines": one.lines, "figures": one.figures} for one in findings],
    }
    (out / "report.json").write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", "utf-8")
    lines = [*(f"{name}: {value}" for name, value in about.items()), ""]
    for one in findings:
        lines += [f"{'fine ' if one.ok else 'WRONG'}  {one.trial}"]
        lines += [f"         {line}" for line in one.lines]
        lines += [f"         {name}: {value}" for name, value in one.figures.items() if not isinstance(value, dict)]
    lines += ["", "All is as it should be." if fine else "Not all is as it should be."]
    text = "\n".join(lines) + "\n"
    (out / "report.txt").write_text(text, "utf-8")
    return text

"""An answer as plain text, to be sent to somebody."""

from __future__ import annotations

from app.language import tr
from app.model.why.explanation import Bar, Explanation


def as_text(explanation: Explanation) -> str:
    """Return all that an answer says, a line for each sentence and each bar."""
    lines = [explanation.title, "", *map(str, explanation.short), *map(str, explanation.long)]
    for heading, bars in (
        (tr("Alternatives:"), explanation.alternatives),
        (tr("What would help:"), explanation.remedies),
        (tr("What the difference is made of:"), explanation.parts),
    ):
        if bars:
            lines += ["", heading, *map(_line, bars)]
    return "\n".join(lines) + "\n"


def _line(bar: Bar) -> str:
    text = f"- {bar.label.rstrip('.')}: {bar.number:+}"
    return text if not bar.broken else f"{text} ({' '.join(map(str, bar.broken))})"

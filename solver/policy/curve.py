"""The picture of a course: cost over rollouts, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from solver.policy.course import Mark

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 360, 56, 40, 38, 16
SERIES = (("greedy", "greedy", "#c8553d", ""), ("best", "best of eight", "#2d6a8e", ' stroke-dasharray="6 3"'))


def draw_curve(marks: Sequence[Mark], title: str) -> str:
    """Return an SVG picture of how a course went; the classical start is the line at 1, and stages begin at lines.

    Parameters
    ----------
    marks
        At least one.
    title
        Written above.
    """
    values = [1.0, *(value for mark in marks for value in (mark.greedy, mark.best))]
    low, high = min(values) - 0.01, max(values) + 0.01
    longest = max(mark.rollouts for mark in marks) or 1

    def place(rollouts: float, ratio: float) -> tuple[float, float]:
        x = LEFT + rollouts / longest * (WIDTH - LEFT - RIGHT)
        return x, TOP + (high - ratio) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [_text(LEFT, 18, title, bold=True)]
    for tick in range(5):
        ratio, rollouts = low + (high - low) * tick / 4, longest * tick / 4
        (_, y), (x, _) = place(0, ratio), place(rollouts, low)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#e6e6e6"/>')
        parts.append(_text(LEFT - 6, y + 4, f"{ratio:.3f}", anchor="end"))
        parts.append(_text(x, HEIGHT - BOTTOM + 16, f"{rollouts:,.0f}", anchor="end" if tick == 4 else "middle"))
    y = place(0, 1.0)[1]
    parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#555555" stroke-dasharray="2 3"/>')
    for last, next_ in pairwise(marks):
        if last.stage != next_.stage:
            x = place(last.rollouts, low)[0]
            parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#999999"/>')
            parts.append(_text(x, TOP - 5, next_.stage))
    for number, (name, label, colour, dash) in enumerate(SERIES):
        path = "L".join("{:.1f} {:.1f}".format(*place(mark.rollouts, getattr(mark, name))) for mark in marks)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.8"{dash}/>')
        x = WIDTH - RIGHT - 130
        parts.append(f'<path d="M{x} {TOP + 12 + 16 * number}h24" stroke="{colour}" stroke-width="1.8"{dash}/>')
        parts.append(_text(x + 30, TOP + 16 + 16 * number, label))
    parts.append(_text(WIDTH / 2, HEIGHT - 6, "rollouts; cost over that of the classical start", anchor="middle"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>{"".join(parts)}</svg>\n'
    )


def _text(x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="11" text-anchor="{anchor}"{weight}>{escape(text)}</text>'

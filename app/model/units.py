"""Times as people write them, in one place so that every sentence, table and file says the same."""

from __future__ import annotations

from app.language import tr
from app.model.scenario import DAY


def clock(seconds: int) -> str:
    """Return a time of day, such as ``08:05``, or ``08:05 +1`` on the next day; seconds show when there are any."""
    days, rest = divmod(seconds, DAY)
    text = f"{rest // 3600:02}:{rest // 60 % 60:02}"
    if rest % 60:
        text += f":{rest % 60:02}"
    return f"{text} {days:+}" if days else text


def span(seconds: int) -> str:
    """Return a length of time, such as ``2 h 05 min``, ``12 min`` or ``40 s``."""
    if seconds < 60:
        return tr("{seconds} s", seconds=seconds)
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=hours, minutes=f"{minutes:02}")

"""What a document holds and when something happened, in the words that all dialogs about files use."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

from app.language import tr, trn
from app.model.plan import Plan
from app.model.scenario import Scenario
from app.model.variants import Variants
from app.model.words import COUNTED

_COUNTED = {
    "customers": COUNTED["customers"],
    "vehicles": lambda number: trn("{number} vehicle type", "{number} vehicle types", number),
    "depots": COUNTED["depots"],
    "profiles": COUNTED["profiles"],
    "zones": COUNTED["zones"],
}


def contents(scenario: Scenario, plan: Plan | None = None) -> str:
    """Return how many of each there are, such as ``312 customers, 3 vehicle types``; "" for an empty scenario."""
    parts = [said(len(table)) for kind, said in _COUNTED.items() if (table := getattr(scenario, kind))]
    if plan is not None and plan.routes:
        parts.append(COUNTED["routes"](len(plan.routes)))
    return ", ".join(parts)


def whole_contents(variants: Variants) -> str:
    """Return what the present variant holds, and how many variants there are if there are several."""
    state, count = variants.state, len(variants.items)
    parts = [trn("{number} variant", "{number} variants", count)] if count > 1 else []
    return ", ".join([*parts, contents(state.scenario, state.plan)]).removesuffix(", ")


def moment(when: datetime, *, seconds: bool = False, today: date | None = None) -> str:
    """Return a time of the past as the user's own system writes it, in words for the last two days.

    Parameters
    ----------
    when
        In local time.
    seconds
        Whether minutes are not enough to tell it from others.
    today
        The present day when left out.
    """
    locale = QLocale()
    moment = QDateTime.fromMSecsSinceEpoch(round(when.timestamp() * 1000))
    pattern = locale.timeFormat(QLocale.FormatType.ShortFormat)
    clock = locale.toString(moment.time(), pattern.replace("mm", "mm:ss") if seconds else pattern)
    days = ((today or date.today()) - when.date()).days
    if days == 0:
        return tr("today, {time}", time=clock)
    if days == 1:
        return tr("yesterday, {time}", time=clock)
    return f"{_day(moment.date())}, {clock}"


def timestamp(when: datetime) -> str:
    """Return a day and a time as the user's own system writes them."""
    moment = QDateTime.fromMSecsSinceEpoch(round(when.timestamp() * 1000))
    return f"{_day(moment.date())}, {QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)}"


def _day(day: QDate) -> str:
    """Return a day as the user's own system writes it; where that is no country's, Qt would leave out what parts it."""
    if QLocale().language() is QLocale.Language.C:
        return day.toString(Qt.DateFormat.ISODate)
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)

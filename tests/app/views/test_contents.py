"""What a document holds, and when something happened, in words."""

import re
from datetime import date, datetime

from PySide6.QtCore import QLocale

from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario
from app.views.contents import contents, moment, timestamp

NOON = datetime(2026, 3, 1, 12, 34, 56)


def test_what_is_not_there_is_not_named(scenario):
    text = contents(scenario, Plan((PlannedRoute("van", ("C1",), 1),)))
    assert [part.split()[0] for part in text.split(", ")] == ["6", "2", "2", "1", "1", "1"]
    assert len(contents(scenario, Plan()).split(", ")) == 5
    assert contents(Scenario()) == ""


def test_the_last_two_days_are_words(qapp):
    today, yesterday, earlier = (moment(NOON, today=date(2026, 3, day)) for day in (1, 2, 3))
    assert len({today.partition(",")[0], yesterday.partition(",")[0], earlier.partition(",")[0]}) == 3
    assert "2026" in earlier or "26" in earlier
    assert all("34" in text and "56" not in text for text in (today, yesterday, earlier))
    assert "56" in moment(NOON, seconds=True)


def test_the_parts_of_a_date_are_parted_wherever_the_program_runs(qapp):
    before = QLocale()
    try:
        for locale in (QLocale.c(), QLocale("de_DE"), QLocale("en_US"), QLocale("fi_FI")):
            QLocale.setDefault(locale)
            day = timestamp(NOON).partition(",")[0]
            assert re.fullmatch(r"\d+([./-])\d+\1\d+", day)
            assert moment(NOON, today=date(2026, 3, 3)).startswith(day)
    finally:
        QLocale.setDefault(before)

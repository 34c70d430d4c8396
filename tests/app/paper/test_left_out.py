"""Who is in no route stands on paper, too: once, with what there is to know, and why where that is wanted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSizeF

from app.model.evaluation import Evaluation
from app.model.scenario import Scenario
from app.paper.left_out import left_out
from app.paper.left_out_pages import LeftOutPages
from app.paper.manifest import Row
from app.paper.options import PaperOptions
from app.paper.pages import FOOT
from app.paper.press import manifests_pdf
from app.paper.sheet import Sheet
from app.paper.stop_list import HEAD
from app.plan_files import chosen
from tests.app.paper.days import full_day
from tests.app.paper.test_drawing import pages_of

A4 = Sheet.of(QSizeF(595, 842))
pytestmark = pytest.mark.usefixtures("qapp")


def rows_of(scenario: Scenario, evaluation: Evaluation, *, why: bool = True) -> tuple[Row, ...]:
    return tuple(left_out(scenario, evaluation, why=why))


def test_each_who_is_in_no_route_has_a_row_and_a_reason_where_that_is_wanted() -> None:
    scenario, evaluation = full_day()
    assert evaluation.unserved
    for why in (True, False):
        rows = rows_of(scenario, evaluation, why=why)
        names = [scenario.customers[one.customer].name or one.customer for one in evaluation.unserved]
        assert [row.name for row in rows] == names
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        for row, one in zip(rows, evaluation.unserved, strict=True):
            assert row.why == (" ".join(one.reasons) if why else "")
            assert not row.time


def test_who_has_to_be_served_is_told_from_who_need_not() -> None:
    scenario, evaluation = full_day()
    said = {row.details != plain.details for row, plain in zip(*_required_and_not(scenario, evaluation), strict=True)}
    assert said == {True}


def _required_and_not(scenario: Scenario, evaluation: Evaluation) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    def with_all(required: bool) -> Evaluation:
        return replace(evaluation, unserved=tuple(replace(one, required=required) for one in evaluation.unserved))

    return rows_of(scenario, with_all(True)), rows_of(scenario, with_all(False))


@pytest.mark.parametrize("number", [1, 2, 90])
def test_the_list_breaks_over_pages_and_loses_nobody(number: int) -> None:
    row = rows_of(*full_day())[0]
    laid_out = LeftOutPages.lay_out([row] * number, "Day", A4, "today")
    room = A4.area.height() - FOOT - HEAD
    assert sum(len(page) for page in laid_out.pages) == number
    assert all(sum(box.height for box in page) <= room for page in laid_out.pages)
    assert (len(laid_out.pages) > 1) is (number > 20)
    assert not {"time", "done", "code"} & laid_out.columns.spans.keys()


def test_a_pdf_ends_with_them_but_not_that_of_some_routes() -> None:
    scenario, evaluation = full_day()
    some = chosen(evaluation, [route.number for route in evaluation.routes])
    whole, part = (pages_of(manifests_pdf(scenario, one, PaperOptions())) for one in (evaluation, some))
    assert whole == part + 1

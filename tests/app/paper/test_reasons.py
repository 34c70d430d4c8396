"""What drives are for, on manifests: only where it is asked for, for the routes that are driven, and stoppable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.io.navigation import Codes
from app.io.progress import StoppedError, unheard
from app.model.compile import compile_scenario
from app.model.patch import State
from app.model.plan import Plan
from app.model.why.legs import legs_of
from app.paper.manifest import manifest_of
from app.paper.options import PaperOptions
from app.paper.press import manifests_pdf
from app.paper.reasons import Reasons
from solver.explain.intention import Intention
from tests.app.paper.days import PLAN, full_day

pytestmark = pytest.mark.usefixtures("qapp")


def test_each_stop_says_why_where_that_is_wanted() -> None:
    scenario, evaluation = full_day()
    reasons = Reasons(scenario, PLAN)
    for index, route in enumerate(evaluation.routes):
        words = reasons.of(route, unheard, 0, 1)
        legs = legs_of(compile_scenario(scenario), State(scenario, PLAN), index)
        assert list(words) == ["" if leg.intention is Intention.PLAN else leg.words for leg in legs]
        manifest = manifest_of(scenario, evaluation, route, Codes.NONE, words)
        said = [row.why for row in manifest.rows if row.number]
        assert all(one in text and bool(one) is bool(text) for one, text in zip(words, said, strict=True))
        assert not any(row.why for row in manifest.rows if not row.number)
        assert not any(row.why for row in manifest_of(scenario, evaluation, route, Codes.NONE).rows)


def test_a_route_of_another_plan_has_no_reasons() -> None:
    scenario, evaluation = full_day()
    assert Reasons(scenario, Plan()).of(evaluation.routes[0], unheard, 0, 1) == ()


def test_it_is_drawn_and_can_be_stopped_at_each_stop() -> None:
    scenario, evaluation = full_day()
    options = PaperOptions(why=True)
    told: list[tuple[int, int]] = []
    with_reasons = manifests_pdf(scenario, evaluation, options, lambda *parts: told.append(parts), PLAN)
    assert with_reasons.startswith(b"%PDF-")
    assert len(with_reasons) > len(manifests_pdf(scenario, evaluation, replace(options, why=False), unheard, PLAN))
    stops = sum(len(route.visits) for route in evaluation.routes)
    assert len(told) >= stops + len(evaluation.routes)

    def stop(done: int, total: int) -> None:
        calls.append(done)
        if len(calls) == 2:
            raise StoppedError

    calls: list[int] = []
    with pytest.raises(StoppedError):
        manifests_pdf(scenario, evaluation, options, stop, PLAN)
    assert calls == [0, 0]

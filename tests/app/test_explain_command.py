"""``explain``: questions as arguments and as sentences, answers as text and as JSON, and what is said where none is."""

from __future__ import annotations

import json
import subprocess
import sys
import types
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.__main__ import main
from app.io import save_document, write_scenario
from app.io.document import save_variants
from app.io.export import stops_csv
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.variants import Variant, Variants
from solver.problem import Problem, Solution
from tests.app.model.states import small_state

STATE = small_state()

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Replace the engine by one that leaves every plan as it is; return what it was asked."""
    asked: list[dict[str, Any]] = []

    def solve(problem: Problem, **budget: Any) -> SimpleNamespace:
        asked.append(budget | {"problem": problem})
        return SimpleNamespace(solution=budget["initial"] or Solution(()))

    module = types.ModuleType("solver.genetic")
    module.solve = solve  # type: ignore[attr-defined]
    module.warm_up = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "solver.genetic", module)
    monkeypatch.setattr("app.explain_command.use_kernel_cache", lambda: None)
    return asked


@pytest.fixture
def document(tmp_path: Path) -> str:
    save_document(tmp_path / "day.routewright", STATE.scenario, STATE.plan)
    return str(tmp_path / "day.routewright")


def record(capsys: Captured, *arguments: str) -> dict[str, Any]:
    assert main(["explain", *arguments, "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "asked",
    [
        ["--question", "leg", "--to", "C2"],
        ["--question", "leg", "--route", "bike/1"],
        ["--question", "route", "--route", "bike/1"],
        ["--question", "route", "--customer", "C4"],
        ["--question", "next", "--after", "C1", "--instead", "C4"],
        ["--question", "next", "--route", "van", "--instead", "C2"],
        ["--question", "vehicle", "--customer", "C4"],
        ["--question", "vehicle", "--customer", "C4", "--resolved"],
        ["--question", "unassigned", "--customer", "C3"],
        ["--question", "cost", "--kinds", "window,zone", "--most", "2"],
        ["--question", "why is Aalto here"],
        ["--question", "why is C3 unassigned?"],
    ],
)
def test_each_question_has_an_answer(document: str, capsys: Captured, asked: list[str]) -> None:
    found = record(capsys, document, *asked)
    assert found["title"]
    assert found["short"]
    assert found["plans"]["now"]["routes"] == [
        {"vehicle": route.vehicle, "number": route.number, "stops": list(route.stops)} for route in STATE.plan.routes
    ]
    assert main(["explain", document, *asked]) == 0
    text = capsys.readouterr().out
    assert found["title"] in text
    assert all(sentence["text"] in text for sentence in found["short"])


def test_what_has_changed_is_asked_with_an_earlier_plan(document: str, tmp_path: Path, capsys: Captured) -> None:
    earlier = Plan((PlannedRoute("bike", ("C1", "C2", "C4"), 1),))
    save_document(tmp_path / "earlier.routewright", STATE.scenario, earlier)
    found = record(capsys, document, "--question", "changed", "--before", str(tmp_path / "earlier.routewright"))
    (moved,) = (one for one in found["short"] if "number" in one["numbers"])
    assert moved["numbers"]["number"]["value"] == 1
    spoken = record(capsys, document, "--question", "what changed", "--before", str(tmp_path / "earlier.routewright"))
    assert spoken == found


def test_a_plan_may_come_from_the_files_of_solve(tmp_path: Path, capsys: Captured) -> None:
    write_scenario(STATE.scenario, tmp_path / "day")
    evaluation = evaluate(STATE.scenario, compile_scenario(STATE.scenario), STATE.plan)
    (tmp_path / "stops.csv").write_bytes(stops_csv(STATE.scenario, evaluation))
    asked = [str(tmp_path / "day"), str(tmp_path / "stops.csv"), "--question", "vehicle", "--customer", "C4"]
    assert record(capsys, *asked)["plans"]["now"]["routes"][1]["stops"] == ["C4"]


def test_searches_take_the_time_and_the_seed_that_are_asked_for(
    document: str, engine: list[dict[str, Any]], capsys: Captured
) -> None:
    asked = ["--question", "next", "--after", "C1", "--instead", "C4"]
    record(capsys, document, *asked, "--seconds", "0.1", "--seed", "7")
    assert {(one["seconds"], one["seed"]) for one in engine} == {(0.1, 7)}
    engine.clear()
    record(capsys, document, *asked)
    assert {one["seconds"] for one in engine} == {1.0}


def test_an_answer_without_searches_needs_no_engine(
    document: str, engine: list[dict[str, Any]], capsys: Captured
) -> None:
    record(capsys, document, "--question", "vehicle", "--customer", "C4")
    assert not engine


def test_a_variant_can_be_chosen(tmp_path: Path, capsys: Captured) -> None:
    other = State(STATE.scenario, Plan((PlannedRoute("van", ("C4", "C2"), 1),)))
    save_variants(tmp_path / "day.routewright", Variants((Variant("one", STATE), Variant("two", other)), 0))
    asked = [str(tmp_path / "day.routewright"), "--question", "vehicle", "--customer", "C2"]
    assert record(capsys, *asked)["plans"]["now"]["routes"][0]["vehicle"] == "bike"
    assert record(capsys, *asked, "--variant", "two")["plans"]["now"]["routes"][0]["vehicle"] == "van"
    assert main(["explain", *asked, "--variant", "three"]) == 2


@pytest.mark.parametrize(
    "asked",
    [
        ["--question", "leg"],
        ["--question", "leg", "--to", "C9"],
        ["--question", "leg", "--route", "cart/1"],
        ["--question", "next", "--after", "C1"],
        ["--question", "next", "--after", "C1", "--instead", "C9"],
        ["--question", "vehicle"],
        ["--question", "vehicle", "--customer", "C3"],
        ["--question", "unassigned", "--customer", "C1"],
        ["--question", "unassigned", "--customer", "C9"],
        ["--question", "changed"],
        ["--question", "changed", "--before", "none.csv"],
        ["--question", "assign C3 to the van"],
        ["--question", "who are you"],
        ["--question", "vehicle", "--customer", "C4", "--variant", "two"],
    ],
)
def test_what_makes_no_question_is_refused_in_words(document: str, capsys: Captured, asked: list[str]) -> None:
    assert main(["explain", document, *asked]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert said.err
    assert "Traceback" not in said.err


def test_a_scenario_without_a_plan_is_refused(tmp_path: Path, capsys: Captured) -> None:
    write_scenario(STATE.scenario, tmp_path / "day")
    assert main(["explain", str(tmp_path / "day"), "--question", "cost"]) == 2
    assert capsys.readouterr().err
    assert main(["explain", str(tmp_path / "none"), "--question", "cost"]) == 2


def test_an_interrupt_ends_it(document: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["solver.genetic"], "solve", interrupted)
    assert main(["explain", document, "--question", "cost"]) == 130
    assert not capsys.readouterr().out


def test_no_qt_is_loaded(document: str) -> None:
    code = (
        "import sys; from app.__main__ import main; "
        f"main(['explain', {document!r}, '--question', 'vehicle', '--customer', 'C4']); "
        "sys.exit(any(name.startswith(('PySide6', 'numba')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60).returncode == 0

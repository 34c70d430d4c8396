from dataclasses import replace

from app.io.route_text import routes_text
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.plan import Plan, PlannedRoute
from tests.app.io.scenarios import full_scenario

PLAN = Plan((PlannedRoute("van", ("c1", "c3")), PlannedRoute("bike", ("c4",))))


def test_a_route_is_told_stop_by_stop_with_places_to_paste() -> None:
    scenario = full_scenario()
    evaluation = evaluate(scenario, compile_scenario(scenario), PLAN)
    van, bike = routes_text(scenario, evaluation.routes).split("\n\nCargo ")
    assert van.index("Hub") < van.index("1. Café Åström (c1)") < van.index("2. =SUM(A1) (c3)") < van.rindex("Hub")
    assert "60.16500,24.93500" in van
    assert "+358 40; ring" in van
    assert "08:00–10:00" in van
    assert "10\u202fkg" in van
    assert bike.startswith("bike 1")
    assert "1. c4" in bike  # no name


def test_names_and_notes_of_several_lines_stay_on_theirs() -> None:
    scenario = full_scenario()
    ring = replace(scenario.customers["c1"], name="Café\nÅström", notes="ring\r\n\r\ntwice\u2028please")
    scenario = replace(scenario, customers=dict(scenario.customers) | {"c1": ring})
    evaluation = evaluate(scenario, compile_scenario(scenario), PLAN)
    lines = routes_text(scenario, evaluation.routes[:1]).split("\n")
    assert any("Café Åström (c1)" in line for line in lines)
    assert any(line.strip() == "ring twice please" for line in lines)

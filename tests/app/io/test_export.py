import csv
import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io import write_geojson, write_routes_csv, write_stops_csv
from app.io.cells import FORMULA
from app.io.export import geojson, routes_csv, stops_csv
from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, Unserved, evaluate
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Scenario, Settings, TravelSource
from tests.app.io.scenarios import full_scenario, scenarios
from tests.app.model.fake_roads import on_roads

PLAN = Plan((PlannedRoute("van", ("c1", "c3")), PlannedRoute("bike", ("c4",))))


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    figures = evaluate(full_scenario(), compile_scenario(full_scenario()), PLAN)
    return replace(figures, unserved=(Unserved("c2", False, ("=No vehicle", "has room.")),))


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_routes_have_the_figures_of_the_window(tmp_path: Path, evaluation: Evaluation) -> None:
    write_routes_csv(tmp_path / "routes.csv", full_scenario(), evaluation)
    van, bike = rows(tmp_path / "routes.csv")
    assert (van["route"], van["vehicle"], van["stops"], van["end depot"]) == ("1", "van", "2", "hub")
    assert bike["end depot"] == ""  # it ends at its last customer
    assert float(van["distance km"]) == pytest.approx(evaluation.routes[0].distance_km, abs=1e-6)
    assert float(van["cost"]) == pytest.approx(evaluation.routes[0].cost, abs=1e-6)
    assert (van["load kg"], van["capacity m3"]) == ("10", "6.5")


def test_stops_come_in_order_and_the_unserved_last_with_their_reason(tmp_path: Path, evaluation: Evaluation) -> None:
    write_stops_csv(tmp_path / "stops.csv", full_scenario(), evaluation)
    table = rows(tmp_path / "stops.csv")
    assert [(row["route"], row["stop"], row["customer"]) for row in table] == [
        ("1", "1", "c1"),
        ("1", "2", "c3"),
        ("2", "1", "c4"),
        ("", "", "c2"),
    ]
    assert table[0]["arrival"] < table[0]["departure"] < table[1]["arrival"]
    assert table[3]["unserved because"] == "'=No vehicle has room."
    assert [(row["vehicle"], row["label"]) for row in table] == [
        *((route.vehicle, route.label) for route in evaluation.routes for _ in route.visits),
        ("", ""),
    ]
    assert table[1]["name"] == "'=SUM(A1)"
    assert table[1]["notes"] == "'+358 40; ring"
    assert None not in table[3].values()


def test_stops_say_what_is_locked(tmp_path: Path) -> None:
    plan = replace(PLAN, locks={"c1": Lock.DRIVEN, "c3": Lock.PLACE})
    figures = evaluate(full_scenario(), compile_scenario(full_scenario()), plan)
    write_stops_csv(tmp_path / "stops.csv", full_scenario(), figures)
    assert [row["lock"] for row in rows(tmp_path / "stops.csv")] == [
        "driven",
        "place",
        *[""] * len(figures.unserved),
        "",
    ]


@given(scenarios(), st.data())
def test_no_cell_would_be_run_by_a_spreadsheet(scenario: Scenario, data: st.DataObject) -> None:
    vehicle = data.draw(st.sampled_from(list(scenario.vehicles)))
    plan = Plan((PlannedRoute(vehicle, tuple(scenario.customers)[:2]),))
    figures = evaluate(scenario, compile_scenario(scenario), plan)
    for table in (routes_csv(scenario, figures), stops_csv(scenario, figures)):
        for row in csv.reader(StringIO(table.decode("utf-8-sig"), newline="")):
            for cell in row:
                assert cell[:1] not in FORMULA or not cell or re.fullmatch(r"-[\d.:e-]+", cell)


def test_geojson_has_longitude_first(tmp_path: Path, evaluation: Evaluation) -> None:
    write_geojson(tmp_path / "plan.geojson", full_scenario(), evaluation)
    collection = json.loads((tmp_path / "plan.geojson").read_text("utf-8"))
    kinds = [(one["properties"]["kind"], one["geometry"]["type"]) for one in collection["features"]]
    assert kinds.count(("depot", "Point")) == 2
    assert kinds.count(("route", "LineString")) == 2
    assert kinds.count(("stop", "Point")) == 3
    assert kinds.count(("unserved", "Point")) == 1
    van, bike = (
        one["geometry"]["coordinates"] for one in collection["features"] if one["properties"]["kind"] == "route"
    )
    assert van == [[24.94, 60.17], [24.935, 60.165], [24.95, 60.18], [24.94, 60.17]]
    assert bike == [[24.9, 60.2], [24.92, 60.16]]


def test_geojson_follows_roads_and_says_whose_they_are() -> None:
    with on_roads(full_scenario()) as scenario:
        collection = json.loads(geojson(scenario, evaluate(scenario, compile_scenario(scenario), PLAN)))
    assert collection["attribution"] == "© OpenStreetMap contributors"
    van, bike = (
        one["geometry"]["coordinates"] for one in collection["features"] if one["properties"]["kind"] == "route"
    )
    assert van[0] == van[-1] == [24.94, 60.17]
    assert len(van) > 4
    assert len(bike) > 2


def test_a_plane_says_so(tmp_path: Path) -> None:
    write_geojson(tmp_path / "a.geojson", Scenario(settings=Settings(travel=TravelSource.PLANE)), Evaluation())
    assert json.loads((tmp_path / "a.geojson").read_text("utf-8"))["plane"] is True

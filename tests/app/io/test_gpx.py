from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.io.gpx import gpx
from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, evaluate
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario, TravelSource
from tests.app.io.gpx_schema import check_gpx, named, text_of
from tests.app.io.scenarios import full_scenario, scenarios
from tests.app.model.fake_roads import on_roads

PLAN = Plan((PlannedRoute("van", ("c1", "c3")), PlannedRoute("bike", ("c4",))))


def figures(scenario: Scenario, plan: Plan) -> Evaluation:
    return evaluate(scenario, compile_scenario(scenario), plan)


def test_each_vehicle_has_a_route_from_start_to_end() -> None:
    scenario = full_scenario()
    root = check_gpx(gpx(scenario, figures(scenario, PLAN)))
    van, bike = named(root, "rte")
    points = [(point.get("lat"), point.get("lon")) for point in named(van, "rtept")]
    assert points == [
        ("60.1700000", "24.9400000"),
        ("60.1650000", "24.9350000"),
        ("60.1800000", "24.9500000"),
        ("60.1700000", "24.9400000"),
    ]
    assert len(named(bike, "rtept")) == 2  # it ends at its last customer
    assert (text_of(van, "number"), text_of(bike, "number")) == ("1", "2")


def test_depots_and_stops_are_waypoints_with_their_notes() -> None:
    scenario = full_scenario()
    root = check_gpx(gpx(scenario, figures(scenario, PLAN)))
    kinds = [text_of(point, "type") for point in named(root, "wpt")]
    assert kinds == ["depot", "depot", "stop", "stop", "stop"]
    assert [text_of(point, "cmt") for point in named(root, "wpt")][3] == "+358 40; ring"


def test_the_last_meridian_is_the_first_one() -> None:
    scenario = full_scenario()
    customers = dict(scenario.customers) | {"c1": replace(scenario.customers["c1"], lon=180.0)}
    scenario = replace(scenario, customers=customers)
    root = check_gpx(gpx(scenario, figures(scenario, PLAN)))
    assert named(root, "wpt")[2].get("lon") == "-180.0000000"


def test_along_roads_there_are_tracks_and_whose_roads_they_are() -> None:
    with on_roads(full_scenario()) as scenario:
        root = check_gpx(gpx(scenario, figures(scenario, PLAN)))
    van, bike = named(root, "trk")
    assert (text_of(van, "name"), text_of(van, "number")) == (text_of(named(root, "rte")[0], "name"), "1")
    points = [(point.get("lat"), point.get("lon")) for point in named(named(van, "trkseg")[0], "trkpt")]
    assert len(points) > len(named(named(root, "rte")[0], "rtept"))
    assert points[0] == ("60.1700000", "24.9400000")
    assert len(named(named(bike, "trkseg")[0], "trkpt")) > 2
    author = named(named(root, "metadata")[0], "copyright")[0].get("author")
    assert author == "© OpenStreetMap contributors"


def test_as_the_crow_flies_there_are_none() -> None:
    root = check_gpx(gpx(full_scenario(), figures(full_scenario(), PLAN)))
    assert named(root, "trk") == []
    assert named(named(root, "metadata")[0], "copyright") == []


@given(scenarios().filter(lambda one: one.settings.travel is not TravelSource.PLANE), st.data())
def test_whatever_the_names_are_it_follows_the_schema(scenario: Scenario, data: st.DataObject) -> None:
    vehicle = data.draw(st.sampled_from(list(scenario.vehicles)))
    plan = Plan((PlannedRoute(vehicle, tuple(scenario.customers)),))
    root = check_gpx(gpx(scenario, figures(scenario, plan)))
    assert len(named(root, "rte")) == bool(scenario.customers)

"""What a manifest says."""

from dataclasses import replace
from itertools import pairwise

from app.io.navigation import Codes
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Zone
from app.paper.manifest import manifest_of
from tests.app.io.scenarios import full_scenario
from tests.app.model.fake_roads import on_roads
from tests.app.paper.days import full_day, long_day


def test_rows_are_the_start_the_stops_and_the_end() -> None:
    scenario, evaluation = full_day()
    van = manifest_of(scenario, evaluation, evaluation.routes[0], Codes.PLACES)
    assert [row.number for row in van.rows] == [0, 1, 2, 0]
    assert [row.name for row in van.rows] == ["Hub", "Café Åström", "=SUM(A1)", "Hub"]
    assert [row.link for row in van.rows] == [
        "",
        "geo:60.16500,24.93500",
        "geo:60.18000,24.95000",
        "geo:60.17000,24.94000",
    ]
    assert van.rows[1].windows == ("08:00–10:00",)
    assert van.rows[2].notes == "+358 40; ring"
    assert van.places == ((60.17, 24.94), (60.165, 24.935), (60.18, 24.95), (60.17, 24.94))


def test_windows_are_those_that_the_vehicle_finds() -> None:
    scenario, evaluation = full_day()
    place = scenario.customers["c1"]
    ring = tuple((place.lat + a, place.lon + b) for a, b in ((-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0)))
    zone = Zone("z", ring=ring, hours={"van": ((6 * 3600, 9 * 3600),)})
    scenario = replace(scenario, zones={"z": zone})
    van, bike = (manifest_of(scenario, evaluation, route, Codes.NONE) for route in evaluation.routes[:2])
    assert van.rows[1].windows == ("08:00–09:00",)
    assert van.rows[2].windows == ("06:00–09:00",)
    assert not any("09:00" in window for row in bike.rows for window in row.windows)


def test_an_open_route_ends_at_its_last_stop() -> None:
    scenario, evaluation = full_day()
    bike = manifest_of(scenario, evaluation, evaluation.routes[1], Codes.PLACES)
    assert [row.number for row in bike.rows] == [0, 1]
    assert len(bike.places) == 2


def test_what_is_loaded_and_returned_is_the_sum_over_the_stops() -> None:
    scenario, evaluation = long_day(4)
    manifest = manifest_of(scenario, evaluation, evaluation.routes[0], Codes.NONE)
    assert manifest.rows[0].bring == ("10",)
    assert manifest.rows[-1].collect == ("4",)
    assert [row.bring for row in manifest.rows[1:-1]] == [(str(number),) for number in range(1, 5)]


def test_a_driver_gets_the_address_but_not_every_column_of_a_file() -> None:
    extra = (("Address", "Mannerheimintie 12"), ("Puhelin", "+358 40"), ("Batch", "77"), ("City", " "))
    scenario, evaluation = long_day(3, extra=extra)
    details = manifest_of(scenario, evaluation, evaluation.routes[0], Codes.NONE).rows[3].details
    assert details == "C3 · Address: Mannerheimintie 12 · Puhelin: +358 40"


def test_lateness_and_broken_rules_are_told() -> None:
    scenario = full_scenario()
    early = replace(scenario.customers["c3"], windows=((6 * 3600, 6 * 3600 + 60),))
    customers = dict(scenario.customers) | {"c3": early}
    scenario = replace(scenario, customers=customers)
    plan = Plan((PlannedRoute("bike", ("c4",), 1), PlannedRoute("van", ("c1", "c3"), 1)))
    evaluation = evaluate(scenario, compile_scenario(scenario), plan)
    bike, van = (manifest_of(scenario, evaluation, route, Codes.NONE) for route in evaluation.routes)
    assert [bool(row.alert) for row in van.rows] == [False, False, True, False]
    assert len(van.warnings) == 1
    assert not bike.warnings


def test_stages_take_in_the_way_back() -> None:
    scenario, evaluation = long_day(12)
    manifest = manifest_of(scenario, evaluation, evaluation.routes[0], Codes.STAGES)
    assert [(stage.first, stage.last) for stage in manifest.stages] == [(1, 10), (11, 13)]
    assert not any(row.link for row in manifest.rows)


def test_a_plane_has_no_places_that_a_phone_could_find() -> None:
    scenario, evaluation = long_day(3, plane=True)
    for codes in Codes:
        manifest = manifest_of(scenario, evaluation, evaluation.routes[0], codes)
        assert not manifest.stages
        assert not any(row.link for row in manifest.rows)


def test_the_way_is_along_roads_where_travel_is() -> None:
    scenario, evaluation = full_day()
    straight = manifest_of(scenario, evaluation, evaluation.routes[0], Codes.NONE)
    assert straight.legs == tuple(pairwise(straight.places))
    with on_roads(scenario) as by_road:
        manifest = manifest_of(by_road, evaluation, evaluation.routes[0], Codes.NONE)
    assert len(manifest.legs) == len(straight.legs)
    assert all(len(leg) > 2 for leg in manifest.legs)

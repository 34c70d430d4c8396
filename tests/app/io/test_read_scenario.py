import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.io import ReadResult, RowIssue, write_issues_csv
from app.io.read_scenario import read_files
from app.io.write_scenario import scenario_files
from app.model.scenario import DAY, Access, TravelSource
from app.model.validate import issues_of
from tests.app.io.scenarios import full_scenario

DEPOTS = "id,lat,lon\nhub,60.17,24.94\n"
VEHICLES = "id,capacity kg\nvan,100\n"
CUSTOMERS = "id,lat,lon,demand kg\n1,60.1,24.9,5\n2,60.2,24.8,7.5\n"


def read(**files: str | bytes) -> ReadResult:
    """Read a small scenario with some files replaced, or left out when None."""
    given: dict[str, str | bytes] = {"depots": DEPOTS, "vehicles": VEHICLES, "customers": CUSTOMERS} | files
    return read_files({f"{k}.csv": v.encode() if isinstance(v, str) else v for k, v in given.items() if v is not None})


def places(result: ReadResult) -> list[tuple[str, int, str]]:
    return [(issue.file, issue.row, issue.column) for issue in result.issues]


def test_a_small_scenario_takes_what_is_left_out_from_its_neighbours() -> None:
    result = read()
    assert result.complete
    assert result.scenario is not None
    van = result.scenario.vehicles["van"]
    assert (van.start_depot, van.end_depot, van.capacity) == ("hub", "hub", (100.0,))
    assert result.scenario.settings.dimensions == ("kg",)
    assert result.scenario.depots["hub"].hours == (0, DAY)
    assert result.scenario.customers["2"].demand == (7.5,)


ENCODINGS: list[Callable[[str], bytes]] = [
    lambda text: text.encode(),
    lambda text: text.encode("utf-8-sig"),
    lambda text: text.encode("cp1252"),
    lambda text: text.encode("utf-16"),
    lambda text: text.encode("utf-16-le"),
    lambda text: text.encode("utf-16-be"),
]


@pytest.mark.parametrize("encode", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_newline(encode: Callable[[str], bytes], delimiter: str, newline: str) -> None:
    text = 'id,name,lat,lon\n1,Café Åström – Ö,60.1,24.9\n2,"a, b; c\td",60.2,24.8\n'
    quoted = text.replace('"a, b; c\td"', "@")
    table = quoted.replace(",", delimiter).replace("@", '"a, b; c\td"').replace("\n", newline)
    result = read(customers=encode(table))
    assert result.complete
    assert result.scenario is not None
    assert [one.name for one in result.scenario.customers.values()] == ["Café Åström – Ö", "a, b; c\td"]


def test_a_decimal_comma() -> None:
    table = "id;lat;lon;demand kg;service min\n1;60,17;24,94;2,5;1,5\n2;60;24;3;\n"
    result = read(customers=table)
    assert result.complete
    assert result.scenario is not None
    first = result.scenario.customers["1"]
    assert (first.lat, first.lon, first.demand, first.service) == (60.17, 24.94, (2.5,), 90)


def test_one_file_has_one_decimal_sign() -> None:
    table = "id;lat;lon;demand kg\n1;60,17;24,94;2,5\n2;60,2;24,8;1.200\n"
    assert places(read(customers=table)) == [("customers.csv", 3, "demand kg")]


def test_the_delimiter_that_excel_declares() -> None:
    result = read(customers="sep=;\r\nid;lat;lon\r\n1;60;24\r\n2;x;24\r\n")
    assert places(result) == [("customers.csv", 4, "lat")]


def test_all_bad_rows_are_listed_and_the_good_ones_make_a_scenario() -> None:
    table = (
        "id,lat,lon,demand kg,windows,required,profile\n"
        "1,60.1,24.9,5,08:00-10:00,yes,\n"
        "2,abc,24.9,-3,08:00-10:00,yes,\n"  # the latitude; the load is not looked at in a row that cannot be read
        "3,60.1,24.9,-3,,yes,\n"
        '4,60.1,24.9,1,"10:00-08:00",yes,\n'
        "5,60.1,24.9,1,morning,perhaps,\n"
        ",60.1,24.9,1,,,\n"
        "1,60.1,24.9,1,,,\n"
        "6,60.1,24.9,1,,,nobody\n"
        "7,60.1\n"
        "8,99,24.9,1,,,\n"
        '9,60.1,24.9,1,"08:00"x,,\n'
        "10,60.1,24.9,1,08:00-09:00|08:30-10:00,,\n"
    )
    result = read(customers=table)
    assert places(result) == [
        ("customers.csv", 3, "lat"),
        ("customers.csv", 4, "demand"),
        ("customers.csv", 5, "windows"),
        ("customers.csv", 6, "windows"),
        ("customers.csv", 6, "required"),
        ("customers.csv", 7, "id"),
        ("customers.csv", 8, "id"),
        ("customers.csv", 9, "profile"),
        ("customers.csv", 10, ""),
        ("customers.csv", 11, "lat"),
        ("customers.csv", 12, ""),
        ("customers.csv", 13, "windows"),
    ]
    assert not result.complete
    assert result.scenario is not None
    assert list(result.scenario.customers) == ["1"]
    assert {issue.value for issue in result.issues} >= {"abc", "morning", "perhaps", "nobody", "99"}


def test_what_follows_from_a_bad_row_is_listed_too() -> None:
    result = read(
        depots="id,lat,lon\nhub,60,24\nyard,100,24\n",
        vehicles="id,capacity kg,start depot\nvan,1,hub\nbike,1,yard\n",
        profiles="id,vehicle,access\np,bike,forbidden\np,van,preferred\n",
        zones='id,forbidden vehicles,polygon\nz,van|bike,"POLYGON ((24 60, 25 60, 25 61, 24 60))"\n',
    )
    assert places(result) == [
        ("depots.csv", 3, "lat"),
        ("vehicles.csv", 3, "start depot"),
        ("profiles.csv", 2, "vehicle"),
        ("zones.csv", 2, "forbidden vehicles"),
    ]
    assert result.scenario is not None
    assert list(result.scenario.vehicles) == ["van"]
    assert list(result.scenario.profiles["p"].rules) == ["van"]
    assert result.scenario.zones["z"].forbidden == {"van"}


def test_hours_of_zones_are_read_and_what_is_wrong_in_them_leaves_the_zone() -> None:
    ring = '"POLYGON ((24 60, 25 60, 25 61, 24 60))"'
    result = read(
        depots="id,lat,lon\nhub,60,24\n",
        vehicles="id,capacity kg\nvan,1\nbike,1\n",
        zones=f"id,vehicle hours,polygon\na,van=06:00-11:00;18:00-20:00|bike=5:00-6:00,{ring}\nb,,{ring}\n"
        f"c,van 06:00-11:00,{ring}\nd,van=06:00-11:00|bike=11:00-06:00|tram=05:00-06:00,{ring}\n",
    )
    assert places(result) == [("zones.csv", 4, "vehicle hours")] + [("zones.csv", 5, "vehicle hours")] * 2
    assert result.scenario is not None
    assert {key: dict(zone.hours) for key, zone in result.scenario.zones.items()} == {
        "a": {"van": ((21600, 39600), (64800, 72000)), "bike": ((18000, 21600),)},
        "b": {},
        "d": {"van": ((21600, 39600),)},
    }


def test_rows_are_counted_as_lines_of_the_file() -> None:
    table = 'id,lat,lon,notes\n\n1,60,24,"two\nlines"\n\n2,x,24,\n'
    assert places(read(customers=table)) == [("customers.csv", 6, "lat")]


def test_a_quotation_mark_left_open_is_found_where_it_opens() -> None:
    result = read(customers='id,lat,lon,notes\n1,60,24,"open\n2,60,24,\n3,60,24,\n')
    assert places(result) == [("customers.csv", 2, "")]


@pytest.mark.parametrize("kind", ["depots", "vehicles", "customers"])
@pytest.mark.parametrize("content", [None, "", "\n\n", "name\nx\n"])
def test_an_indispensable_file_that_is_not_there_or_empty(kind: str, content: str | None) -> None:
    result = read(**{kind: content})  # type: ignore[arg-type]
    assert not result.complete
    assert {issue.file for issue in result.issues} >= {f"{kind}.csv"}
    assert result.scenario is None or content == "name\nx\n"


def test_headers_are_understood_in_other_spellings() -> None:
    result = read(customers="ID,Latitude,LONGITUDE,Demand (kg),Service_Min,Time windows\n1,60,24,3,5,480-600\n")
    assert result.complete
    assert result.scenario is not None
    one = result.scenario.customers["1"]
    assert (one.demand, one.service, one.windows) == ((3.0,), 300, ((28800, 36000),))


def test_a_column_that_means_nothing_is_kept_for_customers_and_refused_elsewhere() -> None:
    result = read(
        customers="id,lat,lon,door code\n1,60,24,4412\n2,60,24,\n",
        vehicles="id,capacity kg,fixed cots\nvan,1,5\n",
    )
    assert places(result) == [("vehicles.csv", 1, "fixed cots")]
    assert result.scenario is not None
    assert result.scenario.customers["1"].extra == (("door code", "4412"),)
    assert result.scenario.customers["2"].extra == ()


def test_a_load_of_no_dimension_and_a_column_twice() -> None:
    result = read(
        settings="setting,value\ndimension,kg\n", customers="id,lat,lon,demand m3,demand kg,demand kg\n1,60,24,1,1,1\n"
    )
    assert places(result) == [("customers.csv", 1, "demand m3"), ("customers.csv", 1, "demand kg")]


def test_settings() -> None:
    table = (
        "setting,value\nname,Monday\nDimension,kg\ndetour,1.5\ntravel,Great Circle\nfoo,1\ndetour,2\nsolve seconds,-1\n"
    )
    result = read(settings=table)
    assert [issue.row for issue in result.issues] == [6, 7, 8]
    assert result.scenario is not None
    settings = result.scenario.settings
    assert (settings.name, settings.detour, settings.solve_seconds) == ("Monday", 1.5, 10.0)


def test_profiles_in_long_format() -> None:
    table = (
        "id,name,vehicle,access,weight,service factor\np,Shops,van,Preferred,2.5,0.5\nq,,,,,\np,,van,,,\np,Other,x,,,\n"
    )
    result = read(profiles=table)
    assert places(result) == [("profiles.csv", 4, "vehicle"), ("profiles.csv", 5, "name")]
    assert result.scenario is not None
    rule = result.scenario.profiles["p"].rule("van")
    assert (rule.access, rule.weight, rule.service_factor) == (Access.PREFERRED, 2.5, 0.5)
    assert result.scenario.profiles["q"].rules == {}


def test_a_matrix_makes_the_travel_and_its_rows_may_have_any_order() -> None:
    matrix = "id,hub,1,2\n2,7,8,0\nhub,0,1,2\n1,4,0,6.4\n"
    result = read(distance=matrix, duration="id;2;1;hub\nhub;1;2;0\n1;3;0;4\n2;0;5;6\n")
    assert result.complete
    assert result.scenario is not None
    assert result.scenario.settings.travel is TravelSource.MATRIX
    assert result.scenario.matrix is not None
    assert result.scenario.matrix.ids == ("hub", "1", "2")
    np.testing.assert_array_equal(result.scenario.matrix.distance, [[0, 1, 2], [4, 0, 6], [7, 8, 0]])
    np.testing.assert_array_equal(result.scenario.matrix.duration, [[0, 2, 1], [4, 0, 3], [6, 5, 0]])


@pytest.mark.parametrize(
    ("matrix", "row"),
    [
        ("id,hub,1,2\nhub,0,1,2\n1,1,0,x\n2,1,1,0\n", 3),
        ("id,hub,1,2\nhub,0,1,2\n1,1,0,-5\n2,1,1,0\n", 3),
        ("id,hub,1,2\nhub,0,1,2\n1,1,0\n2,1,1,0\n", 3),
        ("id,hub,1,2\nhub,0,1,2\n1,1,0,1\n", 0),
        ("id,hub,1,1\nhub,0,1,2\n1,1,0,1\n", 1),
        ("id,hub,1,2\nhub,0,1,2\n1,1,0,1\n1,1,1,0\n", 4),
        ("", 1),
    ],
)
def test_a_matrix_with_faults(matrix: str, row: int) -> None:
    result = read(distance=matrix)
    assert ("distance.csv", row) in {(issue.file, issue.row) for issue in result.issues}


def test_a_place_without_travel_is_left_out() -> None:
    result = read(distance="id,hub,1\nhub,0,1\n1,1,0\n")
    assert [(issue.file, issue.value) for issue in result.issues] == [("distance.csv", "2")]
    assert result.scenario is not None
    assert list(result.scenario.customers) == ["1"]


def test_binary_rubbish_is_no_text() -> None:
    assert read(customers=b"\xff\xfe\x00\xd8\x00").scenario is None
    assert read(customers=b"id,lat,lon\n\x81\x8d,1,1\n").scenario is None


def test_a_formula_comes_back_as_text() -> None:
    files = scenario_files(full_scenario())
    assert b",'=SUM(A1)," in files["customers.csv"]
    result = read_files(files)
    assert result.scenario is not None
    assert result.scenario.customers["c3"].name == "=SUM(A1)"


def test_issues_can_be_exported(tmp_path: Path) -> None:
    issues = (RowIssue("customers.csv", 3, "lat", "=cmd()", "a number"), RowIssue("zones.csv", 0, "", "", "text"))
    write_issues_csv(tmp_path / "issues.csv", issues)
    with open(tmp_path / "issues.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [["customers.csv", "3", "lat", "'=cmd()", "a number"], ["zones.csv", "", "", "", "text"]]
    assert str(issues[0]) == "customers.csv, row 3, column lat: found '=cmd()', expected a number."


def test_only_the_columns_in_bold_are_needed() -> None:
    result = read(vehicles="id\nvan\n", customers="id,lat,lon\n1,60.1,24.9\n")
    assert result.issues == ()
    assert result.scenario is not None
    assert result.scenario.vehicles["van"].capacity == (0.0,)
    assert issues_of(result.scenario) == []


def test_a_table_without_a_usable_row_is_told_in_one_phrase() -> None:
    result = read(vehicles="id,start depot\nvan,nowhere\n")
    assert str(RowIssue("vehicles.csv", 0, "", "", "at least one vehicle")) in [str(one) for one in result.issues]

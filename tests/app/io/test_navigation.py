import re
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from app.io.navigation import STAGE, coordinates, directions_link, place_link, stages

places = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(places)
def test_a_place_is_a_geo_uri_within_a_metre(place: tuple[float, float]) -> None:
    match = re.fullmatch(r"geo:(-?\d{1,2}\.\d{5}),(-?\d{1,3}\.\d{5})", place_link(place))
    assert match is not None
    assert abs(float(match[1]) - place[0]) <= 0.5e-5 + 1e-12
    assert abs(float(match[2]) - place[1]) <= 0.5e-5 + 1e-12
    assert "-0.00000" not in place_link(place)
    assert len(place_link(place)) <= 26  # what the smallest code with room for every place on earth holds


@given(places)
def test_directions_begin_where_the_phone_is_and_fit_beside_a_stop(place: tuple[float, float]) -> None:
    link = directions_link(place)
    assert parse_qs(urlsplit(link).query, strict_parsing=True) == {"api": ["1"], "destination": [coordinates(place)]}
    assert len(link) <= 84  # what a code of 37 modules a side holds


@given(st.lists(places, max_size=35))
def test_stages_lead_through_every_place_in_order(tour: list[tuple[float, float]]) -> None:
    through: list[str] = []
    expected = 1
    for stage in stages(tour):
        assert stage.first == expected
        assert stage.last - stage.first < STAGE
        expected = stage.last + 1
        query = parse_qs(urlsplit(stage.link).query, strict_parsing=True)
        assert "origin" not in query  # the way begins where the phone is
        ways = query.get("waypoints", [""])[0].split("|")
        assert len(ways) <= STAGE - 1
        through += [*filter(None, ways), *query["destination"]]
    assert [f"geo:{place}" for place in through] == [place_link(place) for place in tour]

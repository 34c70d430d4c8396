from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.tiles.grid import Tile
from app.map.tiles.sources import OnlineSource, host_of, url_problem, zooms_fit

GOOD = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    "url",
    [
        GOOD,
        "http://localhost:8080/{z}/{x}/{y}",
        "https://{s}.example.org/{z}/{x}/{y}.jpg?key=abc",
        "https://example.org/tms/{z}/{x}/{-y}.png",
        "https://example.org/?z={z}&x={x}&y={y}",
    ],
)
def test_addresses_that_can_be_used(url: str) -> None:
    assert url_problem(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/{z}/{x}/{y}.png",
        "file:///etc/{z}/{x}/{y}",
        "ftp://example.org/{z}/{x}/{y}",
        "javascript:alert({z}{x}{y})",
        "https:///{z}/{x}/{y}",
        "https://[::1/{z}/{x}/{y}",
        "https://example.org:port/{z}/{x}/{y}",
        "https://me:secret@example.org/{z}/{x}/{y}",
        "https://tiles.org\\@evil.org/{z}/{x}/{y}",
        "https://tiles.org\\.evil.org/{z}/{x}/{y}",
        "https://{x}.example.org/{z}/{x}/{y}",
        "https://example.org/{z}/{x}.png",
        "https://example.org/{z}/{x}/{y}/{-y}.png",
        "https://example.org/{z}/{x}/{y}{r}.png",
        "https://example.org/{z}/{x}/{y}/{0.__class__}",
        "https://example.org/{z}/{x}/{y}/{.png",
        "https://exam ple.org/{z}/{x}/{y}.png",
        "https://example.org/{z}/{x}/{y}.png\nHost: evil",
    ],
)
def test_addresses_that_cannot(url: str) -> None:
    assert url_problem(url)


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert isinstance(url_problem(text), str)
    assert isinstance(url_problem(f"https://{text}/{{z}}/{{x}}/{{y}}"), str)


@given(st.text())
def test_what_can_be_used_can_be_filled_in(text: str) -> None:
    url = f"https://example.org/{text}/{{z}}/{{x}}/{{y}}"
    if not url_problem(url):
        assert "{" not in OnlineSource(url, "me").address(Tile(3, 4, 5))


def test_placeholders_are_filled_in() -> None:
    tile = Tile(5, 18, 9)
    assert OnlineSource(GOOD, "me").address(tile) == "https://tiles.example.org/5/18/9.png"
    assert OnlineSource("http://h/{z}/{x}/{-y}", "me").address(tile) == "http://h/5/18/22"
    hosts = {OnlineSource("http://{s}.h/{z}/{x}/{y}", "me").address(Tile(5, x, 9))[7] for x in range(3)}
    assert hosts == {"a", "b", "c"}


def test_the_server_is_named_without_what_else_an_address_holds() -> None:
    assert host_of("https://{s}.tiles.example.org:8080/secret/{z}/{x}/{y}?key=1") == "tiles.example.org"
    assert host_of("nonsense") == ""
    assert host_of("https://[::1") == ""


@pytest.mark.parametrize(("zooms", "fit"), [((0, 19), True), ((5, 5), True), ((6, 5), False), ((0, 23), False)])
def test_zooms_have_to_be_in_order(zooms: tuple[int, int], fit: bool) -> None:
    assert zooms_fit(zooms) is fit

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.camera import Camera
from app.map.furniture import BAR_PIXELS, LEAST_WIDTH, coordinates_text, length_text, lines_of, scale_bar
from app.map.ground import round_step
from app.map.projection import Mercator, Plane


@given(st.floats(-1e7, 1e7), st.floats(0.02, 1e5))
def test_scale_bar_is_round_and_fits(y: float, scale: float) -> None:
    metres, pixels = scale_bar(Camera(0, y, scale, 800, 600), Mercator())
    assert BAR_PIXELS / 2.5 - 0.01 <= pixels <= BAR_PIXELS + 0.01
    assert float(f"{metres:e}".split("e")[0]) in (1, 2, 5)


def test_scale_bar_is_true_at_its_latitude() -> None:
    y = float(Mercator().to_map(60.0, 0.0)[1])
    metres, pixels = scale_bar(Camera(0, y, 20.0, 800, 600), Mercator())
    assert metres / pixels == pytest.approx(10.0)  # the cosine of 60 degrees is a half


@pytest.mark.parametrize(("metres", "text"), [(0.5, "0.5 m"), (200.0, "200 m"), (1000.0, "1 km"), (50_000.0, "50 km")])
def test_lengths_have_their_unit(metres: float, text: str) -> None:
    assert length_text(metres) == text


def test_coordinates_say_their_hemisphere() -> None:
    assert coordinates_text(60.5, -24.25, Mercator()).split() == ["60.50000°", "N", "24.25000°", "W"]
    assert coordinates_text(-1.0, 2.0, Mercator()).split() == ["1.00000°", "S", "2.00000°", "E"]
    assert coordinates_text(7.0, 3.0, Plane()).split() == ["x", "3.0", "y", "7.0"]


@pytest.mark.parametrize(("least", "step"), [(1.0, 1.0), (1.1, 2.0), (30.0, 50.0), (0.06, 0.1), (0.0, 1.0)])
def test_steps_are_round(least: float, step: float) -> None:
    assert round_step(least) == pytest.approx(step)


@given(st.text(alphabet="ab ·", max_size=60), st.floats(0, 400))
def test_an_attribution_is_never_cut_only_wrapped(text: str, width: float) -> None:
    lines = lines_of(text, width, lambda line: 8.0 * len(line))
    assert " ".join(lines).split() == text.split()
    assert all(8.0 * len(line) <= max(width, LEAST_WIDTH) or " " not in line for line in lines)

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPalette

from app.map.palette import DARK, LIGHT, route_colour
from app.map.theme import DARK_THEME, LIGHT_THEME, MapTheme, blended

# Machado, Oliveira and Fernandes (2009), severity 1.0, linear RGB
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}


def lab(colour: str, vision: str) -> NDArray[np.float64]:
    """Return CIE L*a*b* of a colour as these eyes see it."""
    srgb = np.array(QColor(colour).getRgbF()[:3])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISION[vision] @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ seen / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("vision", "apart"), [("normal", 20.0), ("protanopia", 8.5), ("deuteranopia", 8.5)])
def test_any_two_colours_can_be_told_apart(palette: tuple[str, ...], vision: str, apart: float) -> None:
    seen = {colour: lab(colour, vision) for colour in palette}
    distances = {pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])) for pair in itertools.combinations(seen, 2)}
    closest = min(distances, key=distances.__getitem__)
    assert distances[closest] >= apart, f"{closest}: {distances[closest]:.1f}"


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("vision", list(VISION))
def test_neighbours_in_the_list_differ_much(palette: tuple[str, ...], vision: str) -> None:
    for a, b in itertools.pairwise([*palette, palette[0]]):
        assert np.linalg.norm(lab(a, vision) - lab(b, vision)) >= 22.0, (a, b)


@pytest.mark.parametrize("theme", [LIGHT_THEME, DARK_THEME], ids=["light", "dark"])
def test_colours_stand_out_from_land_and_sea(theme: MapTheme) -> None:
    for colour in [*(c.name() for c in theme.route_colours), theme.unserved, theme.unplanned, theme.ink]:
        for ground in (theme.land, theme.sea):
            assert np.linalg.norm(lab(colour, "normal") - lab(ground, "normal")) >= 25.0, (colour, ground)


def test_indices_beyond_the_palette_start_over() -> None:
    assert route_colour(len(LIGHT)) == route_colour(0)
    assert route_colour(3, dark=True).name() == DARK[3]


def test_theme_follows_the_window_colour() -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#202020"))
    assert MapTheme.of(palette) is DARK_THEME
    palette.setColor(QPalette.ColorRole.Window, QColor("#f0f0f0"))
    assert MapTheme.of(palette) is LIGHT_THEME


def test_blend_is_opaque_and_in_between() -> None:
    blend = blended("#000000", "#ffffff", 0.25)
    assert blend.alpha() == 255
    assert blend.lightnessF() == pytest.approx(0.75, abs=0.01)

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPalette

from app.map.palette import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, PATTERNS, route_colour, route_pattern
from app.map.theme import CONTRAST_DARK_THEME, CONTRAST_LIGHT_THEME, DARK_THEME, LIGHT_THEME, MapTheme, blended

# Machado, Oliveira and Fernandes (2009), severity 1.0, linear RGB
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
PALETTES = {"light": LIGHT, "dark": DARK, "contrast light": CONTRAST_LIGHT, "contrast dark": CONTRAST_DARK}
THEMES = {
    "light": LIGHT_THEME,
    "dark": DARK_THEME,
    "contrast light": CONTRAST_LIGHT_THEME,
    "contrast dark": CONTRAST_DARK_THEME,
}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.1."""

    def luminance(colour: str) -> float:
        srgb = np.array(QColor(colour).getRgbF()[:3])
        linear = np.where(srgb <= 0.03928, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: str, vision: str) -> NDArray[np.float64]:
    """Return CIE L*a*b* of a colour as these eyes see it."""
    srgb = np.array(QColor(colour).getRgbF()[:3])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISION[vision] @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ seen / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize(
    ("vision", "apart"), [("normal", 20.0), ("protanopia", 8.5), ("deuteranopia", 8.5), ("tritanopia", 8.0)]
)
def test_any_two_colours_can_be_told_apart(palette: tuple[str, ...], vision: str, apart: float) -> None:
    seen = {colour: lab(colour, vision) for colour in palette}
    distances = {pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])) for pair in itertools.combinations(seen, 2)}
    closest = min(distances, key=distances.__getitem__)
    assert distances[closest] >= apart, f"{closest}: {distances[closest]:.1f}"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("vision", list(VISION))
def test_neighbours_in_the_list_differ_much(palette: tuple[str, ...], vision: str) -> None:
    for a, b in itertools.pairwise([*palette, palette[0]]):
        assert np.linalg.norm(lab(a, vision) - lab(b, vision)) >= 22.0, (a, b)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_colours_stand_out_from_land_and_sea(theme: MapTheme) -> None:
    for colour in [*(c.name() for c in theme.route_colours), theme.unserved, theme.unplanned, theme.ink]:
        for ground in (theme.land, theme.sea):
            assert np.linalg.norm(lab(colour, "normal") - lab(ground, "normal")) >= 25.0, (colour, ground)


@pytest.mark.parametrize("theme", [CONTRAST_LIGHT_THEME, CONTRAST_DARK_THEME], ids=["light", "dark"])
def test_with_high_contrast_texts_and_symbols_of_the_map_have_it(theme: MapTheme) -> None:
    for ground in (theme.land, theme.sea, theme.halo):
        for text in (theme.ink, theme.muted, theme.disc_ink):
            assert contrast(text, ground) >= 7.0, (text, ground)
        for symbol in (*theme.routes, theme.accent, theme.unserved, theme.unplanned, theme.depot, theme.zone):
            assert contrast(symbol, ground) >= 4.5, (symbol, ground)


@pytest.mark.parametrize("theme", [LIGHT_THEME, DARK_THEME], ids=["light", "dark"])
def test_texts_of_the_map_can_be_read(theme: MapTheme) -> None:
    for text, grounds in ((theme.ink, (theme.land, theme.sea, theme.halo)), (theme.muted, (theme.halo, theme.land))):
        for ground in grounds:
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(theme.zone, theme.halo) >= 4.5  # names of zones stand on a halo


def test_indices_beyond_the_palette_start_over() -> None:
    assert route_colour(len(LIGHT)) == route_colour(0)
    assert route_colour(3, DARK).name() == DARK[3]


def test_neighbours_differ_in_pattern_and_so_do_routes_of_one_colour() -> None:
    looks = [(route_colour(index).name(), route_pattern(index)) for index in range(len(LIGHT) * len(PATTERNS))]
    assert len(set(looks)) == len(looks)
    for one, other in itertools.pairwise(looks):
        assert one[0] != other[0]
        assert one[1] != other[1]


@pytest.mark.parametrize(
    ("window", "text", "theme"),
    [
        ("#202020", "#e0e0e0", DARK_THEME),
        ("#f0f0f0", "#202020", LIGHT_THEME),
        ("#000000", "#ffffff", CONTRAST_DARK_THEME),
        ("#ffffff", "#000000", CONTRAST_LIGHT_THEME),
    ],
)
def test_theme_follows_the_window(window: str, text: str, theme: MapTheme) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(window))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
    assert MapTheme.of(palette) is theme


def test_blend_is_opaque_and_in_between() -> None:
    blend = blended("#000000", "#ffffff", 0.25)
    assert blend.alpha() == 255
    assert blend.lightnessF() == pytest.approx(0.75, abs=0.01)

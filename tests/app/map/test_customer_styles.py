"""Classes of customers look different to everybody: in shape or size, and in colours that every eye tells apart."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from app.map.customer_styles import BAD_TO_WORSE, LITTLE_TO_MUCH, SHAPES, left_out, marker_of, nothing_to_tell
from app.map.theme import DARK_THEME, LIGHT_THEME, MapTheme
from app.model.colouring import ColourClass, Tone
from tests.app.map.test_palette import VISION, lab

THEMES = pytest.mark.parametrize("theme", [LIGHT_THEME, DARK_THEME], ids=["light", "dark"])


@THEMES
@pytest.mark.parametrize("crowded", [False, True])
def test_many_categories_differ_and_neighbours_do_in_shape(theme: MapTheme, crowded: bool) -> None:
    markers = [marker_of(ColourClass("", Tone.CATEGORY, place), theme, crowded=crowded) for place in range(84)]
    looks = {(one.symbol, one.fill.name()) for one in markers if one.fill is not None}
    assert len(looks) == 84
    for near in zip(*(markers[shift:] for shift in range(len(SHAPES))), strict=False):
        assert len({one.symbol for one in near}) == len(SHAPES)


@THEMES
@pytest.mark.parametrize("tone", [Tone.STEP, Tone.ALARM])
@pytest.mark.parametrize("of", [1, 2, 3, 5])
def test_steps_grow(theme: MapTheme, tone: Tone, of: int) -> None:
    steps = [marker_of(ColourClass("", tone, place, of), theme) for place in range(of)]
    assert all(b.size - a.size >= 1.0 for a, b in pairwise(steps))
    assert len({one.fill.name() for one in steps if one.fill is not None}) == min(of, 3 if tone is Tone.ALARM else 5)


@pytest.mark.parametrize("vision", list(VISION))
@pytest.mark.parametrize("dark", [False, True])
def test_neighbouring_steps_differ_in_lightness_for_every_eye(vision: str, dark: bool) -> None:
    for ramp in (LITTLE_TO_MUCH[dark], BAD_TO_WORSE[dark]):
        lightness = [lab(colour, vision)[0] for colour in ramp]
        steps = np.diff(lightness)
        assert (np.sign(steps) == np.sign(steps[0])).all()
        assert np.abs(steps).min() >= 8.0, (ramp, lightness)


@THEMES
def test_kinds_of_classes_are_told_apart_without_colour(theme: MapTheme) -> None:
    kinds = [
        marker_of(ColourClass("", Tone.CALM), theme),
        marker_of(ColourClass("", Tone.ALARM, 0, 3), theme),
        marker_of(ColourClass("", Tone.NONE), theme),
        left_out(theme),
    ]
    for a, b in combinations(kinds, 2):
        assert (a.symbol, a.fill is None) != (b.symbol, b.fill is None)
    assert kinds[2] == nothing_to_tell(theme)

"""Texts of the timeline, in every appearance of the window around it."""

from __future__ import annotations

import pytest

from app.map.contrast import contrast
from app.timeline.theme import TimelineTheme
from app.views.colours import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Colours
from app.views.theme import palette


@pytest.mark.parametrize(("colours", "least"), [(LIGHT, 4.5), (DARK, 4.5), (CONTRAST_LIGHT, 7.0), (CONTRAST_DARK, 7.0)])
def test_texts_of_the_timeline_can_be_read(colours: Colours, least: float, qapp: object) -> None:
    theme = TimelineTheme.of(palette(colours))
    for ground in (theme.ground, theme.stripe, theme.header, theme.chosen):
        for text in (theme.ink, theme.muted, theme.late):
            assert contrast(text, ground) >= least

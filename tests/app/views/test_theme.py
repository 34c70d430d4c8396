"""Appearances whose texts can be read, and icons that follow them."""

import functools
import itertools

import pytest
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.views.actions import APPEARANCE, MENUS, SUBMENUS
from app.views.colours import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Appearance, colours_of
from app.views.theme import svg_of, tinted


def contrast(one, other):
    """Contrast ratio as WCAG 2.1 defines it."""

    def luminance(name):
        parts = QColor(name).getRgbF()[:3]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    *itertools.product(["text"], ["window", "base", "alternate", "raised", "hover", "selection"]),
    *itertools.product(["muted"], ["window", "base", "alternate", "raised", "hover"]),
    *itertools.product(["error"], ["base", "error_base"]),
    *itertools.product(["on_accent"], ["accent", "accent_hover"]),
]
"""Which text stands on what."""
SYMBOLS = [
    *itertools.product(["accent", "error", "warning"], ["window", "base", "raised"]),
    *itertools.product(["border"], ["window", "base", "alternate", "raised"]),
]
"""Lines, rings and icons, and what they stand on."""


@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_texts_can_be_read(text, ground):
    for colours, least in ((LIGHT, 4.5), (DARK, 4.5), (CONTRAST_LIGHT, 7.0), (CONTRAST_DARK, 7.0)):
        assert contrast(getattr(colours, text), getattr(colours, ground)) >= least, colours


@pytest.mark.parametrize(("symbol", "ground"), SYMBOLS)
@pytest.mark.parametrize("colours", [CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark"])
def test_with_high_contrast_lines_and_icons_have_it(colours, symbol, ground):
    assert contrast(getattr(colours, symbol), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_the_system_decides_where_nothing_else_is_chosen(dark):
    of = functools.partial(colours_of, Appearance.SYSTEM, dark=dark)
    assert of(contrast=False) is (DARK if dark else LIGHT)
    assert of(contrast=True) is (CONTRAST_DARK if dark else CONTRAST_LIGHT)
    assert colours_of(Appearance.LIGHT, dark=dark, contrast=True) is LIGHT


@pytest.mark.parametrize("appearance", list(Appearance))
def test_every_appearance_can_be_chosen(appearance, theme):
    theme.apply(appearance)
    assert theme.appearance is appearance
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == theme.colours.window
    assert f"appearance_{appearance.value}" in {command.name for command in APPEARANCE}


def test_icons_follow_the_appearance(theme, qtbot):
    action = QAction()
    theme.bind(action, "save")
    light = action.icon().pixmap(20, 20).toImage()
    with qtbot.waitSignal(theme.changed):
        theme.apply(Appearance.DARK)
    assert theme.dark
    assert action.icon().pixmap(20, 20).toImage() != light


def test_every_command_has_the_icon_that_it_names(qapp):
    commands = [one for _, _, menu in MENUS for one in menu] + [one for menu in SUBMENUS.values() for one in menu]
    for name in {command.icon for command in commands if command.icon}:
        image = tinted(svg_of(name), QColor("#ff0000"), 20).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), name

"""Two appearances whose texts can be read, and icons that follow them."""

import pytest
from PySide6.QtGui import QAction, QColor

from app.views.actions import MENUS, SUBMENUS
from app.views.colours import DARK, LIGHT, Appearance
from app.views.theme import svg_of, tinted


def contrast(one, other):
    """Contrast ratio as WCAG 2.1 defines it."""

    def luminance(name):
        parts = QColor(name).getRgbF()[:3]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_texts_can_be_read(colours):
    for text, ground in (
        ("text", "window"),
        ("text", "base"),
        ("text", "selection"),
        ("muted", "window"),
        ("muted", "base"),
        ("error", "base"),
        ("error", "error_base"),
        ("on_accent", "accent"),
        ("accent", "base"),
    ):
        assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5, (text, ground)


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

"""Sentences that lead somewhere have the colour of links in light and in dark."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.model.why.facts import say
from app.views.colours import Appearance
from app.views.theme import Theme
from app.views.why.sentences import Sentences


def test_links_follow_the_appearance(qtbot: QtBot, theme: Theme) -> None:
    said = say("Aalto would leave the van.", (("customers", "C1"),))
    shown, made_so = Sentences("shown"), Sentences("made_so")
    qtbot.addWidget(shown)
    qtbot.addWidget(made_so)
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        theme.apply(appearance)
        if appearance is Appearance.LIGHT:
            shown.resize(400, 40)
            shown.show_sentences([said])
            shown.show()
        qtbot.wait(10)
    made_so.resize(400, 40)
    made_so.show_sentences([said])
    made_so.show()
    assert shown.grab().toImage() == made_so.grab().toImage()

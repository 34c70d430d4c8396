from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from app.map.tiles.sources import OnlineSource
from app.views.base_map.choice import BaseMapChoice, BaseMapKind
from app.views.base_map.dialog import OnlineDialog

URL = "https://tiles.example.org/{z}/{x}/{y}.png"
AGREED = BaseMapChoice(BaseMapKind.SHIPPED, None, OnlineSource(URL, "© makers", (2, 17)), URL, 50)
Widget = TypeVar("Widget", bound=QWidget)


class Form:
    """The parts of a dialog that is shown."""

    def __init__(self, choice: BaseMapChoice, qtbot: QtBot) -> None:
        self.dialog = OnlineDialog(choice)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.url = self.part(QLineEdit, "url")
        self.attribution = self.part(QLineEdit, "attribution")
        self.least, self.greatest = self.part(QSpinBox, "least_zoom"), self.part(QSpinBox, "greatest_zoom")
        self.cache = self.part(QSpinBox, "cache")
        self.agree = self.part(QCheckBox, "agree")
        self.use = self.part(QPushButton, "use")
        self.problem = self.part(QLabel, "problem")

    def part(self, kind: type[Widget], name: str) -> Widget:
        found = self.dialog.findChild(kind, f"online_{name}")
        assert isinstance(found, kind)
        return found


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[BaseMapChoice], Form]:
    return lambda choice: Form(choice, qtbot)


def test_it_cannot_be_used_before_it_is_complete_and_agreed_to(
    shown: Callable[[BaseMapChoice], Form], qtbot: QtBot
) -> None:
    form = shown(BaseMapChoice())
    assert not form.use.isEnabled()
    assert not form.agree.isEnabled()
    assert not form.problem.text()
    qtbot.keyClicks(form.url, "tiles.example.org")
    assert form.problem.text()
    form.url.clear()
    qtbot.keyClicks(form.url, URL)
    assert form.agree.isEnabled()
    assert not form.agree.isChecked()
    qtbot.keyClicks(form.attribution, "© makers")
    assert not form.problem.text()
    assert not form.use.isEnabled()
    qtbot.keyClick(form.attribution, Qt.Key.Key_Return)
    form.dialog.accept()
    assert form.dialog.isVisible()
    qtbot.keyClick(form.agree, Qt.Key.Key_Space)
    assert form.use.isEnabled()
    qtbot.keyClick(form.dialog, Qt.Key.Key_Return)
    assert form.dialog.result() == QDialog.DialogCode.Accepted
    choice = form.dialog.choice
    assert choice.kind is BaseMapKind.ONLINE
    assert choice.online == OnlineSource(URL, "© makers")
    assert choice.may_ask


def test_another_address_has_to_be_agreed_to_anew(shown: Callable[[BaseMapChoice], Form], qtbot: QtBot) -> None:
    form = shown(AGREED)
    assert form.agree.isChecked()
    assert form.use.isEnabled()
    form.url.setText(URL.replace("tiles", "other"))
    assert not form.agree.isChecked()
    assert not form.use.isEnabled()
    assert not form.dialog.choice.may_ask
    form.url.setText(URL)
    assert form.agree.isChecked()


def test_makers_have_to_be_named_and_zooms_in_order(shown: Callable[[BaseMapChoice], Form]) -> None:
    form = shown(AGREED)
    form.attribution.setText("  ")
    assert not form.use.isEnabled()
    assert form.problem.text()
    form.attribution.setText("© makers")
    form.least.setValue(18)
    assert not form.use.isEnabled()
    form.greatest.setValue(19)
    assert form.use.isEnabled()


def test_it_begins_with_what_was_chosen_and_returns_it(shown: Callable[[BaseMapChoice], Form]) -> None:
    form = shown(AGREED)
    form.cache.setValue(75)
    choice = form.dialog.choice
    assert (choice.online, choice.agreed, choice.cache_megabytes) == (AGREED.online, URL, 75)


def test_every_field_can_be_reached_by_the_keyboard(shown: Callable[[BaseMapChoice], Form], qtbot: QtBot) -> None:
    form = shown(AGREED)
    form.url.setFocus()
    for field in (form.attribution, form.least, form.greatest, form.cache, form.agree):
        qtbot.keyClick(form.dialog.focusWidget(), Qt.Key.Key_Tab)
        assert form.dialog.focusWidget() in (field, *field.findChildren(QLineEdit))


def test_an_address_without_encryption_is_called_that(shown: Callable[[BaseMapChoice], Form]) -> None:
    form = shown(AGREED)
    agreement = form.part(QLabel, "agreement")
    before = agreement.text()
    form.url.setText(URL.replace("https", "http"))
    assert len(agreement.text()) > len(before)

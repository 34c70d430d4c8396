"""Naming a language model, and agreeing to what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.model_address import Patience
from app.views.language_model.choice import ModelChoice, store_choice, stored_choice
from app.views.language_model.dialog import ModelDialog
from tests.app.jobs.model_server import ModelServer

Widget = TypeVar("Widget", bound=QWidget)


class Form:
    """The parts of a dialog that is shown."""

    def __init__(self, choice: ModelChoice, key: str, qtbot: QtBot) -> None:
        self.dialog = ModelDialog(choice, key, Patience(total=500))
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.address, self.name = self.part(QLineEdit, "address"), self.part(QLineEdit, "name")
        self.key, self.agree = self.part(QLineEdit, "key"), self.part(QCheckBox, "agree")
        self.use, self.test, self.off = (self.part(QPushButton, name) for name in ("use", "test", "off"))
        self.problem, self.result = self.part(QLabel, "problem"), self.part(QLabel, "result")

    def part(self, kind: type[Widget], name: str) -> Widget:
        found = self.dialog.findChild(kind, f"model_{name}")
        assert isinstance(found, kind)
        return found


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., Form]:
    return lambda choice, key="": Form(choice, key, qtbot)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    made = ModelServer()
    yield made
    made.close()


def test_it_is_off_at_first(shown: Callable[..., Form]) -> None:
    assert not ModelChoice().on
    form = shown(ModelChoice())
    assert not form.agree.isChecked()
    assert not form.use.isEnabled()
    assert not form.test.isEnabled()
    assert form.off.isHidden()
    form.dialog.accept()
    assert form.dialog.isVisible()


def test_it_takes_a_name_and_an_agreement(shown: Callable[..., Form]) -> None:
    form = shown(ModelChoice())
    form.agree.setChecked(True)
    assert not form.use.isEnabled()
    form.name.setText("small")
    assert form.use.isEnabled()
    form.use.click()
    assert form.dialog.result() == QDialog.DialogCode.Accepted
    assert form.dialog.choice.on


def test_another_address_is_agreed_to_anew_and_gets_no_older_key(shown: Callable[..., Form]) -> None:
    choice = ModelChoice("https://here.example.org/v1", "small", "https://here.example.org/v1")
    form = shown(choice, "secret")
    assert form.agree.isChecked()
    form.address.setText("https://there.example.org/v1")
    assert not form.agree.isChecked()
    assert not form.use.isEnabled()
    assert form.key.text() == ""
    form.address.setText("nowhere")
    assert form.problem.text()
    assert not form.agree.isEnabled()


def test_it_can_be_turned_off_and_the_address_stays(shown: Callable[..., Form]) -> None:
    choice = ModelChoice("https://here.example.org/v1", "small", "https://here.example.org/v1")
    form = shown(choice)
    form.off.click()
    assert form.dialog.result() == QDialog.DialogCode.Accepted
    assert not form.dialog.choice.on
    assert form.dialog.choice.address == choice.address


def test_a_trial_sends_a_greeting_and_shows_the_answer(
    shown: Callable[..., Form], server: ModelServer, qtbot: QtBot
) -> None:
    form = shown(ModelChoice(server.address, "small"))
    assert server.seen == []
    form.agree.setChecked(True)
    form.test.click()
    qtbot.waitUntil(form.test.isEnabled)
    assert "ready" in form.result.text()
    (seen,) = server.seen
    assert [one["content"] for one in seen.body["messages"]] == ["say: ready"]
    server.answers = server.never
    form.test.click()
    qtbot.waitUntil(lambda: form.result.property("error") is True)


def test_a_trial_ends_with_the_dialog(shown: Callable[..., Form], server: ModelServer, qtbot: QtBot) -> None:
    form = shown(ModelChoice(server.address, "small", server.address))
    server.answers = server.never
    form.test.click()
    qtbot.waitUntil(lambda: bool(server.seen))
    form.dialog.reject()
    assert not form.dialog._tester.busy


def test_the_choice_is_kept_and_no_key_with_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert stored_choice(settings) == ModelChoice()
    choice = ModelChoice("https://here.example.org/v1", "small", "https://here.example.org/v1")
    store_choice(settings, choice)
    assert stored_choice(settings) == choice
    assert "key" not in " ".join(settings.allKeys())
    settings.setValue("language_model/address", "https://there.example.org/v1")
    assert not stored_choice(settings).on  # whoever changes the file has agreed to nothing

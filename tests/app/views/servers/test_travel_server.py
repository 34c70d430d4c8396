"""Naming a server for travel, agreeing to it, and what the window tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.io.servers.exchange import Answer
from app.jobs.servers.http_client import Limits
from app.jobs.servers.server_travel import Phase
from app.model.scenario import ServerKind, TravelSource
from app.model.server_travel import told_of
from app.model.travel_table import TravelTable, use_table
from app.views.servers.agreement import MOST, Agreement
from app.views.servers.travel_desk import TravelServerDesk
from app.views.servers.travel_dialog import TravelServerDialog
from app.views.theme import Theme
from tests.app.conftest import MakeController
from tests.app.io.servers.stub_router import StubRouter
from tests.app.jobs.servers.stub_server import StubServer, serving

LIMITS = Limits(total=500)


@pytest.fixture(autouse=True)
def table() -> Iterator[TravelTable]:
    made = TravelTable()
    former = use_table(made)
    yield made
    use_table(former)


@pytest.fixture
def server() -> Iterator[StubServer]:
    with serving(StubRouter().answer) as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def agreement(settings: QSettings) -> Agreement:
    return Agreement(settings, "travel")


class Form:
    """The dialog and its fields.

    Parameters
    ----------
    dialog
        The dialog.
    """

    def __init__(self, dialog: QWidget) -> None:
        def of(kind: type[Any], name: str) -> Any:
            return dialog.findChild(kind, f"travel_server_{name}")

        self.kind: QComboBox = of(QComboBox, "kind")
        self.address: QLineEdit = of(QLineEdit, "address")
        self.agree: QCheckBox = of(QCheckBox, "agree")
        self.test: QPushButton = of(QPushButton, "test")
        self.use: QPushButton = of(QPushButton, "use")
        self.withdraw: QPushButton = of(QPushButton, "withdraw")
        self.problem: QLabel = of(QLabel, "problem")
        self.result: QLabel = of(QLabel, "result")
        self.profiles: QLabel = of(QLabel, "profiles")


@pytest.fixture
def dialog(qtbot: QtBot, scenario: Any, agreement: Agreement) -> TravelServerDialog:
    made = TravelServerDialog(scenario, agreement, LIMITS)
    qtbot.addWidget(made)
    made.show()
    return made


def test_agreements_are_kept_for_one_address_and_one_purpose(settings: QSettings) -> None:
    one = Agreement(settings, "travel")
    assert not one.holds("http://a")
    one.give("http://a")
    one.give("http://b")
    assert Agreement(settings, "travel").holds("http://a")
    assert not Agreement(settings, "addresses").holds("http://a")
    assert not one.holds("http://a/other")
    assert not one.holds("")
    one.withdraw("http://a")
    assert not one.holds("http://a")
    assert one.holds("http://b")
    one.withdraw("http://b")
    assert not one.holds("http://b")
    for number in range(MOST + 1):
        one.give(f"http://{number}")
    assert not one.holds("http://0")
    assert one.holds(f"http://{MOST}")


@pytest.mark.parametrize("value", [7, [3, None], {"a": 1}, ""])
def test_settings_that_make_no_sense_are_no_agreement(settings: QSettings, value: object) -> None:
    settings.setValue("servers/travel", value)
    assert not Agreement(settings, "travel").holds("7")


def test_nothing_can_be_used_or_tried_before_it_is_agreed_to(dialog: TravelServerDialog, server: StubServer) -> None:
    form = Form(dialog)
    assert not form.use.isEnabled()
    form.address.setText(server.address)
    assert not form.use.isEnabled()
    assert not form.test.isEnabled()
    form.agree.setChecked(True)
    assert form.use.isEnabled()
    assert form.test.isEnabled()
    assert form.use.isDefault()
    form.address.setText(server.address + "1")
    assert not form.agree.isChecked()
    assert not form.use.isEnabled()
    assert not server.seen


def test_what_is_no_address_is_told(dialog: TravelServerDialog) -> None:
    form = Form(dialog)
    for text in ("localhost", "ftp://localhost", "http://user:key@localhost", "http://"):
        form.address.setText(text)
        assert form.problem.text()
        assert not form.agree.isEnabled()
    form.address.clear()
    assert not form.problem.text()


def test_accepted_it_is_a_setting_of_the_scenario(qtbot: QtBot, dialog: TravelServerDialog) -> None:
    form = Form(dialog)
    form.kind.setCurrentIndex(form.kind.findData("valhalla"))
    form.address.setText(" http://localhost:8002/ ")
    form.agree.setChecked(True)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(form.address, Qt.Key.Key_Return)
    chosen = dialog.settings
    assert chosen.travel is TravelSource.SERVER
    assert (chosen.server, chosen.server_kind) == ("http://localhost:8002", ServerKind.VALHALLA)


def test_it_says_what_kinds_of_travel_are_asked_for(dialog: TravelServerDialog) -> None:
    form = Form(dialog)
    before = form.profiles.text()
    form.kind.setCurrentIndex(form.kind.findData("valhalla"))
    assert "driving" in before
    assert "auto" in form.profiles.text()


@pytest.mark.parametrize("how", ["well", "garbage", "island", "never"])
def test_a_trial_tells_how_it_went(qtbot: QtBot, dialog: TravelServerDialog, server: StubServer, how: str) -> None:
    if how == "garbage":
        server.answer = lambda _: Answer(200, b"<html>")
    elif how == "island":
        server.answer = StubRouter(cut=lambda start, end: start != end).answer
    elif how == "never":
        server.handle = server.never
    form = Form(dialog)
    form.address.setText(server.address)
    form.agree.setChecked(True)
    form.test.click()
    asking = form.result.text()
    assert asking
    qtbot.waitUntil(lambda: form.result.text() not in ("", asking), timeout=5000)
    assert bool(form.result.property("error")) is (how != "well")
    assert form.test.isEnabled()


@pytest.fixture
def desk(
    qtbot: QtBot, make_controller: MakeController, scenario: Any, settings: QSettings, theme: Theme
) -> Iterator[TravelServerDesk]:
    window = QWidget()
    qtbot.addWidget(window)
    made = TravelServerDesk(make_controller(scenario), settings, theme, window, LIMITS)
    qtbot.addWidget(made.notice)
    yield made
    made.close()


def opened(desk: TravelServerDesk) -> TravelServerDialog:
    desk.choose()
    (dialog,) = desk._window.findChildren(TravelServerDialog)
    return dialog


def test_a_server_that_was_named_and_agreed_to_tells_all_travel_as_one_edit(
    qtbot: QtBot, desk: TravelServerDesk, server: StubServer
) -> None:
    dialog = opened(desk)
    form = Form(dialog)
    form.address.setText(server.address)
    form.agree.setChecked(True)
    form.use.click()
    qtbot.waitUntil(lambda: desk.travel.phase is Phase.TOLD, timeout=5000)
    session = desk._session
    assert told_of(session.scenario).complete
    assert desk.notice.isHidden()
    assert session.stack.count() == 1
    session.undo()
    qtbot.waitUntil(lambda: desk.travel.phase is Phase.OFF, timeout=5000)


def test_a_document_that_names_a_server_has_to_be_agreed_to_first(
    qtbot: QtBot, desk: TravelServerDesk, server: StubServer
) -> None:
    session = desk._session
    named = replace(session.scenario.settings, travel=TravelSource.SERVER, server=server.address)
    said: list[str] = []
    desk.said.connect(said.append)
    session.load(replace(session.scenario, settings=named), saved=True)
    qtbot.waitUntil(lambda: desk.travel.phase is Phase.NOT_AGREED, timeout=5000)
    assert not desk.notice.isHidden()
    assert len(said) == 1
    assert not server.seen
    desk.notice.click()
    (dialog,) = desk._window.findChildren(TravelServerDialog)
    form = Form(dialog)
    assert form.address.text() == server.address
    form.agree.setChecked(True)
    form.use.click()
    qtbot.waitUntil(lambda: desk.travel.phase is Phase.TOLD, timeout=5000)


def test_an_agreement_can_be_taken_back(qtbot: QtBot, desk: TravelServerDesk, server: StubServer) -> None:
    form = Form(opened(desk))
    assert form.withdraw.isHidden()
    form.address.setText(server.address)
    form.agree.setChecked(True)
    form.use.click()
    qtbot.waitUntil(lambda: desk.travel.phase is Phase.TOLD, timeout=5000)
    qtbot.waitUntil(lambda: not desk._window.findChildren(TravelServerDialog))
    form = Form(opened(desk))
    form.withdraw.click()
    assert not desk.agreement.holds(server.address)
    assert desk._session.scenario.settings.server == server.address


def test_a_failure_is_told_once_and_the_button_tries_again(
    qtbot: QtBot, desk: TravelServerDesk, server: StubServer
) -> None:
    server.answer = lambda _: Answer(403)
    said: list[str] = []
    desk.said.connect(said.append)
    desk.agreement.give(server.address)
    session = desk._session
    named = replace(session.scenario.settings, travel=TravelSource.SERVER, server=server.address)
    session.load(replace(session.scenario, settings=named), saved=True)
    qtbot.waitUntil(lambda: desk.travel.phase is Phase.FAILED, timeout=5000)
    assert len(said) == 1
    assert desk.notice.toolTip()
    assert desk.notice.accessibleName()
    server.answer = StubRouter().answer
    desk.notice.click()
    qtbot.waitUntil(lambda: desk.travel.phase is Phase.TOLD, timeout=5000)
    assert desk.notice.isHidden()


def test_asking_again_asks_for_everything_or_says_why_not(
    qtbot: QtBot, desk: TravelServerDesk, server: StubServer
) -> None:
    with qtbot.waitSignal(desk.said):
        desk.ask_again()
    desk.agreement.give(server.address)
    session = desk._session
    named = replace(session.scenario.settings, travel=TravelSource.SERVER, server=server.address)
    session.load(replace(session.scenario, settings=named), saved=True)
    qtbot.waitUntil(lambda: desk.travel.phase is Phase.TOLD, timeout=5000)
    before = len(server.seen)
    desk.ask_again()
    qtbot.waitUntil(lambda: len(server.seen) > before and desk.travel.phase is Phase.TOLD, timeout=5000)

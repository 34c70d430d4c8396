"""Answers in a model's words, and questions that it reads: the program's own words are always there first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.jobs.key_file import read_key
from app.model.plan import Plan, PlannedRoute
from app.model.why.questions import WhyVehicle
from app.views.language_model import desk
from app.views.language_model.choice import ModelChoice, store_choice
from app.views.language_model.desk import LanguageModelDesk
from app.views.language_model.dialog import ModelDialog
from app.views.main_window import MainWindow
from app.views.why.card import Card
from tests.app.jobs.model_server import ModelServer, Request, reply
from tests.solver import fake_engine

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))
MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    made = ModelServer()
    yield made
    made.close()


@pytest.fixture
def make_window(qtbot: QtBot, theme, tmp_path, scenario, monkeypatch) -> Iterator[MakeWindow]:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(desk, "AFTER", 20)
    made: list[MainWindow] = []

    def make(choice: ModelChoice) -> MainWindow:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        store_choice(settings, choice)
        window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
        made.append(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.session.load(scenario, PLAN, saved=True)
        qtbot.waitUntil(lambda: not window.controller.evaluations.busy)
        return window

    yield make
    for window in made:
        window.end()


def agreed(server: ModelServer) -> ModelChoice:
    return ModelChoice(server.address, "small", server.address)


def asked(window: MainWindow, qtbot: QtBot) -> Card:
    """Ask about the second stop, and wait for the program's own words."""
    window.selection.set([("customers", "C2")])
    window.actions_by_name["why_here"].trigger()
    card: Card = window.why.dock.cards[0]
    qtbot.waitUntil(lambda: card.explanation is not None and isinstance(card.explanation.question, WhyVehicle))
    assert card.explanation is not None
    assert card.short.accessibleName() == "\n".join(map(str, card.explanation.short))
    return card


def echoed(request: Request) -> None:
    """Say the first sentence of the answer: nothing but the truth."""
    facts = json.loads(request.server.owner.seen[-1].body["messages"][1]["content"])
    request.send(reply("<think>1, 2, 3</think>" + facts["answer"][0]))


def test_words_that_hold_take_the_place_of_the_programs(
    make_window: MakeWindow, server: ModelServer, qtbot: QtBot
) -> None:
    server.answers = echoed
    window = make_window(agreed(server))
    card = asked(window, qtbot)
    qtbot.waitUntil(lambda: not card.wording.isHidden())
    assert card.explanation is not None
    assert card.short.accessibleName() == str(card.explanation.short[0])
    card.wording.click()
    assert card.short.accessibleName() == "\n".join(map(str, card.explanation.short))


@pytest.mark.parametrize(
    "said", ["It would cost 99.99 € more.", "Zorg has to be served first.", "{}", "", "ready " * 10_000]
)
def test_words_that_do_not_hold_are_never_shown(
    make_window: MakeWindow, server: ModelServer, qtbot: QtBot, said: str
) -> None:
    server.says(said)
    window = make_window(agreed(server))
    card = asked(window, qtbot)
    own = card.short.accessibleName()
    qtbot.waitUntil(lambda: bool(server.seen))
    qtbot.waitUntil(lambda: window.language_model._asked is not None and not window.language_model._asked.busy)
    qtbot.wait(50)
    assert card.wording.isHidden()
    assert card.short.accessibleName() == own


def test_a_server_that_never_answers_holds_nothing_up(
    make_window: MakeWindow, server: ModelServer, qtbot: QtBot
) -> None:
    server.answers = server.never
    window = make_window(agreed(server))
    card = asked(window, qtbot)
    qtbot.waitUntil(lambda: bool(server.seen))
    assert card.wording.isHidden()
    window.selection.set([("customers", "C4")])
    qtbot.waitUntil(lambda: card.explanation is not None and card.explanation.question == WhyVehicle("C4"))


@pytest.mark.parametrize("choice", ["never", "elsewhere"])
def test_nothing_is_sent_before_it_is_agreed_to(
    make_window: MakeWindow, server: ModelServer, qtbot: QtBot, choice: str
) -> None:
    told = "" if choice == "never" else server.address.replace("127.0.0.1", "localhost")
    window = make_window(ModelChoice(server.address, "small", told))
    asked(window, qtbot)
    window.language_model.interpret("how come")
    qtbot.wait(150)
    assert server.seen == []


def test_agreeing_and_turning_off(make_window: MakeWindow, server: ModelServer, qtbot: QtBot) -> None:
    server.answers = echoed
    window = make_window(ModelChoice(server.address))
    card = asked(window, qtbot)
    window.actions_by_name["language_model"].trigger()
    dialog = window.findChild(ModelDialog)
    assert dialog is not None
    dialog._model.setText("small")
    dialog._key.setText("secret")
    dialog._agree.setChecked(True)
    dialog._use.click()
    qtbot.waitUntil(lambda: not card.wording.isHidden())
    assert server.seen[-1].headers["authorization"] == "Bearer secret"
    assert read_key(desk._key_path()) == "secret"
    seen = len(server.seen)
    window.actions_by_name["language_model"].trigger()
    dialog = next(one for one in window.findChildren(ModelDialog) if one.isVisible())
    dialog._turn_off.click()
    window.selection.set([("customers", "C4")])
    qtbot.wait(200)
    assert len(server.seen) == seen


def typed(window: MainWindow, qtbot: QtBot, text: str) -> None:
    window.actions_by_name["type_command"].trigger()
    qtbot.waitUntil(lambda: not window.phrases._sorting.busy)
    window.phrases.line.line.setText(text)
    qtbot.keyClick(window.phrases.line.line, Qt.Key.Key_Return)


def test_a_question_that_is_not_understood_is_read_and_put_into_the_line(
    make_window: MakeWindow, server: ModelServer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.says('{"question": "why", "customer": "shop 2"}')
    window = make_window(agreed(server))
    questions: list[object] = []
    monkeypatch.setattr(window.why.searcher, "ask", questions.append)
    typed(window, qtbot, "how on earth does shop 2 get its things?")
    qtbot.waitUntil(lambda: window.phrases.line.line.text() == "why is Shop 2 there")
    assert questions == []  # whoever typed it says whether that was meant
    qtbot.keyClick(window.phrases.line.line, Qt.Key.Key_Return)
    assert questions == [WhyVehicle("C2")]
    assert server.seen[0].body["messages"][1]["content"] == "how on earth does shop 2 get its things?"


@pytest.mark.parametrize("said", ['{"question": "why", "customer": "shop 3"}', "unassign shop 2", "[]"])
def test_a_reading_that_makes_no_sense_does_nothing(
    make_window: MakeWindow, server: ModelServer, qtbot: QtBot, said: str
) -> None:
    server.says(said)
    window = make_window(agreed(server))
    typed(window, qtbot, "how about shop 2?")
    line = window.phrases.line
    qtbot.waitUntil(lambda: bool(server.seen) and not window.language_model._model.busy)
    assert line.line.text() == "how about shop 2?"
    assert line.word.property("error") is True
    assert window.session.plan == PLAN


def test_what_fails_is_said_once(make_window: MakeWindow, server: ModelServer, qtbot: QtBot) -> None:
    server.answers = lambda request: request.send(b"", 500)
    window = make_window(agreed(server))
    said: list[str] = []
    window.language_model.said.connect(said.append)
    asked(window, qtbot)
    qtbot.waitUntil(lambda: len(said) == 1)
    window.selection.set([("customers", "C4")])
    qtbot.waitUntil(lambda: len(server.seen) > 1 and not window.language_model._model.busy)
    assert len(said) == 1
    typed(window, qtbot, "how about shop 2?")
    qtbot.waitUntil(
        lambda: window.phrases.line.word.property("error") is True and "500" in window.phrases.line.word.text()
    )


def test_it_is_not_made_before_it_is_asked(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(ModelChoice())
    asked(window, qtbot)
    made: LanguageModelDesk = window.language_model
    assert made._asked is None

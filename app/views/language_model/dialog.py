"""The form that names a language model, says what it is told, and asks whether that is agreed to."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.jobs.language_model import LanguageModel
from app.jobs.model_address import USUAL_ADDRESS, Patience, address_problem, host_of, is_at_home
from app.language import sentences, tr
from app.views.language_model.choice import ModelChoice
from app.views.server_form import LONGEST, answer_buttons, form_layout, lay_out, paragraph, say, trial_layout

INTRODUCTION = tr(
    "A language model can put answers into other words, and read questions that the program does not understand. "
    "It may run on this computer or anywhere else: any server will do that has the interface of OpenAI. "
    "What it says is checked, and everything works without it."
)
AGREEMENT = tr(
    "{server} is told: each answer beside the map as it stands there, with the names of customers and vehicles, times, "
    "distances and costs in it; and each question that you type and the program does not understand. Tables, "
    "coordinates, notes and files are never sent. Nothing is sent before you agree, and nothing once it is turned off."
)
AT_HOME = tr("That is this computer, so nothing leaves it unless that program passes it on.")
UNSAFE = tr("The connection is not encrypted: others on the way can read all of it, the key too.")
GREETING = ({"role": "user", "content": "say: ready"},)
"""What is sent to try it out."""

WIDTH = 580


class ModelDialog(QDialog):
    """Nothing is sent before the user has agreed, and a trial tells the server nothing about any plan.

    Parameters
    ----------
    choice, key
        What it begins with.
    patience
        What a server is given when it is tried out.
    """

    def __init__(
        self, choice: ModelChoice, key: str, patience: Patience | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("model_dialog")
        self.setWindowTitle(tr("Language Model"))
        self.finished.connect(self._on_finished)
        self._choice, self._off = choice, False
        self._tester = LanguageModel(patience, self)
        self._tester.replied.connect(lambda _, said: self._on_tested(tr("It answers: {text}", text=said.strip()[:80])))
        self._tester.failed.connect(lambda _, why: self._on_tested(why, error=True))
        self._address = _line("model_address", choice.address, tr("Where the server is, up to and with the version"))
        self._address.setPlaceholderText(USUAL_ADDRESS)
        self._model = _line("model_name", choice.model, tr("What the model is called there"))
        self._model.setPlaceholderText("llama3.2")
        self._key = _line("model_key", key, tr("Kept in a file that only you can read, and sent to this server only"))
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        self._key.setPlaceholderText(tr("only if the server asks for one"))
        self._agree, self._agreement = QCheckBox(), paragraph("model_agreement", muted=True)
        self._agree.setObjectName("model_agree")
        self._problem, self._result = paragraph("model_problem", error=True), paragraph("model_result")
        self._test = QPushButton(tr("&Test"))
        self._test.setObjectName("model_test")
        self._test.setToolTip(tr("Send a greeting and wait for the answer"))
        self._use = QPushButton(tr("&Use This Model"))
        self._use.setObjectName("model_use")
        self._turn_off = QPushButton(tr("Turn &Off"), self)
        self._turn_off.hide()
        self._turn_off.setObjectName("model_off")
        self._lay_out()
        self._agree.setChecked(choice.on)
        self._address.textChanged.connect(self._on_address)
        self._model.textChanged.connect(self._show)
        self._agree.toggled.connect(self._show)
        self._test.clicked.connect(self._on_test)
        self._turn_off.clicked.connect(self._on_turn_off)
        self._show()

    @property
    def choice(self) -> ModelChoice:
        """What the form says, when it was accepted."""
        address = self._address.text().strip()
        agreed = self._agree.isChecked() and not self._off
        return ModelChoice(address, self._model.text().strip(), address if agreed else "")

    @property
    def key(self) -> str:
        """The key, when it was accepted."""
        return self._key.text().strip()

    def accept(self) -> None:
        """Close, if all is said and agreed to."""
        if self._use.isEnabled() or self._off:
            super().accept()

    def _lay_out(self) -> None:
        form = form_layout()
        form.addRow(tr("&Address"), self._address)
        form.addRow(tr("&Model"), self._model)
        form.addRow(tr("&Key"), self._key)
        lay_out(
            self,
            WIDTH,
            paragraph("model_introduction", INTRODUCTION),
            form,
            (self._agree, self._agreement, self._problem),
            answer_buttons(self, self._use, self._turn_off if self._choice.on else None),
            trial_layout(self._test, self._result),
        )

    def _on_address(self) -> None:
        """Ask anew: whoever has agreed to one server has not agreed to another, nor is the key for that one."""
        same = self._address.text().strip() == self._choice.address
        self._agree.setChecked(same and self._choice.on)
        if not same:
            self._key.clear()
        self._show()

    def _show(self) -> None:
        self._tester.close()
        address = self._address.text().strip()
        problem = address_problem(address)
        server = tr("the server") if problem else host_of(address)
        self._agree.setText(tr("&I agree that this is sent to {server}", server=server.replace("&", "&&")))
        self._agree.setEnabled(not problem)
        where = AT_HOME if is_at_home(address) else UNSAFE if address.startswith("http:") else ""
        self._agreement.setText(sentences(AGREEMENT.format(server=server), where))
        self._problem.setText(problem if address else "")
        ready = not problem and bool(self._model.text().strip()) and self._agree.isChecked()
        self._use.setEnabled(ready)
        self._use.setDefault(ready)
        self._test.setEnabled(ready)
        self._result.setText("")

    def _on_test(self) -> None:
        self._test.setEnabled(False)
        say(self._result, tr("Asking…"))
        self._tester.ask(self.choice.server(self.key), GREETING, "test")

    def _on_tested(self, text: str, *, error: bool = False) -> None:
        self._test.setEnabled(True)
        say(self._result, text, error=error)

    def _on_turn_off(self) -> None:
        self._off = True
        self.accept()

    def _on_finished(self) -> None:
        self._tester.close()
        self.deleteLater()


def _line(name: str, text: str, tip: str) -> QLineEdit:
    edit = QLineEdit(text)
    edit.setObjectName(name)
    edit.setMaxLength(LONGEST)
    edit.setToolTip(tip)
    return edit

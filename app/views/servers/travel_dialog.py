"""The form that names a server for travel, says what it learns, and asks whether that is agreed to."""

from __future__ import annotations

from dataclasses import replace
from time import time

import numpy as np
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.io.servers.exchange import Fault, said, server_of
from app.io.servers.fetch import Journey, Part
from app.io.servers.plan import blocks
from app.jobs.model_address import address_problem, is_at_home
from app.jobs.servers.course_runner import CourseRunner
from app.jobs.servers.http_client import Limits
from app.jobs.servers.server_travel import APIS
from app.language import listing, sentences, tr
from app.model.scenario import Scenario, ServerKind, Settings, TravelSource
from app.model.server_travel import all_asked, asked_for, places_of
from app.views.server_form import LONGEST, answer_buttons, form_layout, lay_out, paragraph, say, trial_layout
from app.views.servers.agreement import Agreement
from app.views.tables.cells import shown_number
from solver.problem import UNREACHABLE

EXAMPLES = {ServerKind.OSRM: "http://localhost:5000", ServerKind.VALHALLA: "http://localhost:8002"}
"""Where programs of these kinds listen on the user's own computer."""
NAMES = {ServerKind.OSRM: "OSRM", ServerKind.VALHALLA: "Valhalla"}
INTRODUCTION = tr(
    "A server of OSRM or Valhalla can tell how far it is by road and how long it takes. It may run on this computer or "
    "anywhere else; its owner says what use is allowed. What it has told is kept, and only what is missing is asked."
)
AGREEMENT = tr(
    "{server} learns the address of this computer and the coordinates of all depots and customers, also of those that "
    "are added later. Names, times, loads and plans are never sent. Nothing is sent before you agree."
)
AT_HOME = tr("That is this computer, so nothing leaves it.")
UNSAFE = tr("The connection is not encrypted: others on the way can read all of it.")
PROFILES = tr("It is asked for {profiles}.")
WIDTH = 580


class TravelServerDialog(QDialog):
    """Nothing is sent before the user has agreed.

    Parameters
    ----------
    scenario
        Whose travel it is.
    agreement
        What has been agreed to; the dialog only reads it.
    limits
        What a server is given when it is tried out.

    Attributes
    ----------
    withdrawn
        Whether the server is not to be asked any more; then nothing else was chosen.
    """

    def __init__(
        self, scenario: Scenario, agreement: Agreement, limits: Limits | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("travel_server_dialog")
        self.setWindowTitle(tr("Travel from a Server"))
        self.finished.connect(self._on_finished)
        self._scenario, self._agreement, self.withdrawn = scenario, agreement, False
        self._tester = CourseRunner(limits or Limits(total=10_000), parent=self)
        self._tester.stepped.connect(self._on_told)
        self._tester.ended.connect(self._on_tested)
        self._told: Part | None = None
        settings = scenario.settings
        self._kind = QComboBox()
        self._kind.setObjectName("travel_server_kind")
        self._kind.setToolTip(tr("What the server speaks"))
        for kind in ServerKind:
            self._kind.addItem(NAMES[kind], kind.value)
        self._kind.setCurrentIndex(self._kind.findData(settings.server_kind.value))
        self._address = QLineEdit(settings.server)
        self._address.setObjectName("travel_server_address")
        self._address.setMaxLength(LONGEST)
        self._address.setToolTip(tr("Where the server is, up to the name of the service, which is not a part of it"))
        self._profiles = paragraph("travel_server_profiles", muted=True)
        self._agree, self._agreed = QCheckBox(), paragraph("travel_server_agreement", muted=True)
        self._agree.setObjectName("travel_server_agree")
        self._problem, self._result = paragraph("travel_server_problem", error=True), paragraph("travel_server_result")
        self._test = QPushButton(tr("&Test"))
        self._test.setObjectName("travel_server_test")
        self._test.setToolTip(tr("Ask for the way between two places of the scenario"))
        self._use = QPushButton(tr("&Use This Server"))
        self._use.setObjectName("travel_server_use")
        self._withdraw = QPushButton(tr("&Do Not Ask It"), self)
        self._withdraw.setObjectName("travel_server_withdraw")
        self._withdraw.setToolTip(tr("Take the agreement back; what the server has told already stays in use"))
        self._withdraw.hide()
        self._lay_out()
        self._agree.setChecked(agreement.holds(settings.server))
        self._kind.currentIndexChanged.connect(self._show)
        self._address.textChanged.connect(self._on_address)
        self._agree.toggled.connect(self._show)
        self._test.clicked.connect(self._on_test)
        self._withdraw.clicked.connect(self._on_withdraw)
        self._show()

    @property
    def settings(self) -> Settings:
        """The settings of the scenario with what the form says, when it was accepted."""
        server, kind = self._address.text().strip().rstrip("/"), ServerKind(self._kind.currentData())
        return replace(self._scenario.settings, travel=TravelSource.SERVER, server=server, server_kind=kind)

    def accept(self) -> None:
        """Close, if all is said and agreed to."""
        if self._use.isEnabled() or self.withdrawn:
            super().accept()

    def _lay_out(self) -> None:
        kind = QHBoxLayout()
        kind.addWidget(self._kind)
        kind.addStretch(1)
        form = form_layout()
        caption = QLabel(tr("&Kind"))
        caption.setBuddy(self._kind)
        form.addRow(caption, kind)
        form.addRow(tr("&Address"), self._address)
        withdraw = self._withdraw if self._agreement.holds(self._scenario.settings.server) else None
        lay_out(
            self,
            WIDTH,
            paragraph("travel_server_introduction", INTRODUCTION),
            form,
            (self._profiles, self._agree, self._agreed, self._problem),
            answer_buttons(self, self._use, withdraw),
            trial_layout(self._test, self._result),
        )

    def _on_address(self) -> None:
        """Ask anew: whoever has agreed to one server has not agreed to another."""
        self._agree.setChecked(self._agreement.holds(self.settings.server))
        self._show()

    def _show(self) -> None:
        self._tester.stop()
        settings, typed = self.settings, self._address.text().strip()
        self._address.setPlaceholderText(EXAMPLES[settings.server_kind])
        problem = address_problem(settings.server)
        server = tr("the server") if problem else server_of(settings.server)
        asked = all_asked(replace(self._scenario, settings=settings))
        self._profiles.setText(PROFILES.format(profiles=listing([one.profile for one in asked])) if asked else "")
        self._agree.setText(tr("&I agree that {server} is asked for travel", server=server.replace("&", "&&")))
        self._agree.setEnabled(not problem)
        where = AT_HOME if is_at_home(settings.server) else UNSAFE if typed.startswith("http:") else ""
        self._agreed.setText("" if problem else sentences(AGREEMENT.format(server=server), where))
        self._problem.setText(problem if typed else "")
        ready = not problem and self._agree.isChecked()
        self._use.setEnabled(ready)
        self._use.setDefault(ready)
        self._test.setEnabled(ready and bool(self._scenario.vehicles) and len(places_of(self._scenario)) > 1)
        say(self._result, "")

    def _on_test(self) -> None:
        self._test.setEnabled(False)
        say(self._result, tr("Asking…"))
        settings, self._told = self.settings, None
        asked = asked_for(settings, next(iter(self._scenario.vehicles.values())))
        places = places_of(self._scenario)[:2]
        journey = Journey(APIS[settings.server_kind], asked.address, asked.profile, places, time, pauses=())
        self._tester.run(journey.course(blocks(np.ones((2, 2), dtype=np.bool_))))

    def _on_told(self, part: Part) -> None:
        self._told = part

    def _on_tested(self, fault: Fault | None) -> None:
        self._test.setEnabled(True)
        if fault is not None or self._told is None:
            say(self._result, said(fault or Fault.GARBAGE, self.settings.server), error=True)
            return
        metres, seconds = (int(values[0, -1]) for values in (self._told.table.distance, self._told.table.duration))
        if metres >= UNREACHABLE:
            say(self._result, tr("It answers, and knows no way between the first two places."), error=True)
            return
        say(
            self._result,
            tr(
                "It answers: from the first place to the second it is {distance} km, in {minutes} min.",
                distance=shown_number(round(metres / 1000, 2)),
                minutes=shown_number(round(seconds / 60, 1)),
            ),
        )

    def _on_withdraw(self) -> None:
        self.withdrawn = True
        self.accept()

    def _on_finished(self) -> None:
        self._tester.stop()
        self.deleteLater()

"""The form that names a server for addresses, says what it learns, and asks whether that is agreed to."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.io.servers.exchange import server_of
from app.jobs.model_address import address_problem, is_at_home
from app.language import sentences, tr
from app.views.server_form import LONGEST, answer_buttons, form_layout, lay_out, paragraph
from app.views.servers.agreement import Agreement
from app.views.servers.travel_dialog import AT_HOME, UNSAFE

EXAMPLE = "https://nominatim.example.org"
PURPOSE = "addresses"
"""What is agreed to."""
INTRODUCTION = tr(
    "A server that speaks as Nominatim does can tell where addresses are. It may run on this computer or anywhere "
    "else; its owner says what use is allowed. It is asked once a second at most, and what it has told is kept."
)
AGREEMENT = tr(
    "{server} learns the address of this computer and the addresses of the customers that were not found here: street, "
    "house number, postcode and city. Names, times and loads are never sent. Nothing is sent before you agree."
)
WIDTH = 560


class AddressServer:
    """The server for addresses that the user has named, as it is kept from one start to the next.

    Parameters
    ----------
    settings
        Where it is kept.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings, self.agreement = settings, Agreement(settings, PURPOSE)

    @property
    def address(self) -> str:
        """Of the server; "" where none was named."""
        return str(self._settings.value("addresses/server", "") or "")

    @property
    def may_ask(self) -> bool:
        """Whether the user has agreed to it."""
        return self.agreement.holds(self.address)

    def use(self, address: str) -> None:
        """Keep a server that was agreed to."""
        self._settings.setValue("addresses/server", address)
        self.agreement.give(address)


class AddressServerDialog(QDialog):
    """Nothing is sent before the user has agreed.

    Parameters
    ----------
    server
        The one of last time; the dialog only reads it.
    """

    def __init__(self, server: AddressServer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("address_server_dialog")
        self.setWindowTitle(tr("Addresses from a Server"))
        self.finished.connect(self.deleteLater)
        self._agreement = server.agreement
        self._line = QLineEdit(server.address)
        self._line.setObjectName("address_server_address")
        self._line.setMaxLength(LONGEST)
        self._line.setPlaceholderText(EXAMPLE)
        self._line.setToolTip(tr("Where the server is, up to the word “search”, which is not a part of it"))
        self._agree = QCheckBox()
        self._agree.setObjectName("address_server_agree")
        self._agreed = paragraph("address_server_agreement", muted=True)
        self._problem = paragraph("address_server_problem", error=True)
        self._use = QPushButton(tr("&Ask This Server"))
        self._use.setObjectName("address_server_use")
        form = form_layout()
        form.addRow(tr("A&ddress"), self._line)
        lay_out(
            self,
            WIDTH,
            paragraph("address_server_introduction", INTRODUCTION),
            form,
            (self._agree, self._agreed, self._problem),
            answer_buttons(self, self._use),
        )
        self._agree.setChecked(self._agreement.holds(self.address))
        self._line.textChanged.connect(self._on_address)
        self._agree.toggled.connect(self._show)
        self._show()

    @property
    def address(self) -> str:
        """What the form says."""
        return self._line.text().strip().rstrip("/")

    def accept(self) -> None:
        """Close, if all is said and agreed to."""
        if self._use.isEnabled():
            super().accept()

    def _on_address(self) -> None:
        """Ask anew: whoever has agreed to one server has not agreed to another."""
        self._agree.setChecked(self._agreement.holds(self.address))
        self._show()

    def _show(self) -> None:
        problem = address_problem(self.address)
        name = tr("the server") if problem else server_of(self.address)
        self._agree.setText(tr("&I agree that {server} is asked for addresses", server=name.replace("&", "&&")))
        self._agree.setEnabled(not problem)
        where = AT_HOME if is_at_home(self.address) else UNSAFE if self.address.startswith("http:") else ""
        self._agreed.setText("" if problem else sentences(AGREEMENT.format(server=name), where))
        self._problem.setText(problem if self.address else "")
        self._use.setEnabled(not problem and self._agree.isChecked())
        self._use.setDefault(self._use.isEnabled())

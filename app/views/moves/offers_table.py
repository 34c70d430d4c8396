"""Offers as a table: the vehicle, and what would change in cost, distance, time, lateness and rules."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.offers import Offer
from app.views.moves.differences import (
    explanation,
    kilometres_difference,
    money_difference,
    span_difference,
    verdict,
)
from app.views.tables.reading_model import Index, ReadingModel
from app.views.tables.reading_view import Selects, make_reading_view
from app.views.theme import Theme

TITLES = (tr("Vehicle"), tr("Cost"), tr("Distance"), tr("Time"), tr("Lateness"), tr("Rules"))
VEHICLE, RULES = 0, len(TITLES) - 1
WIDTHS = (200, 95, 90, 115, 115)
"""Pixels of the columns but the last, which takes what is left."""


class OffersTable(ReadingModel):
    """One row for each offer."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(TITLES, range(VEHICLE + 1, RULES), parent)
        self._theme = theme
        self._currency = ""
        self.offers: tuple[Offer, ...] = ()

    def set_offers(self, offers: tuple[Offer, ...], currency: str) -> None:
        """Show others."""
        self.beginResetModel()
        self.offers, self._currency = offers, currency
        self.endResetModel()

    def length(self) -> int:
        return len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        offer, column = self.offers[index.row()], index.column()
        proposal = offer.proposal
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (
                    _vehicle(offer),
                    money_difference(proposal.cost, self._currency),
                    kilometres_difference(proposal.distance_km),
                    span_difference(proposal.duration_s),
                    span_difference(proposal.lateness_s),
                    verdict(proposal),
                )[column]
            case Qt.ItemDataRole.DecorationRole if column == RULES:
                return self._theme.icon("warning" if proposal.causes else "check")
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.aligned(column)
            case Qt.ItemDataRole.ToolTipRole:
                return explanation(proposal) or None
            case _:
                return None


def offers_view(table: OffersTable) -> QTableView:
    """Return a view of a table of offers, of which one is chosen."""
    view = QTableView()
    view.setObjectName("offers_view")
    view.setAccessibleName(tr("Vehicles with what they would cost"))
    make_reading_view(view, table, Selects.SingleSelection)
    header = view.horizontalHeader()
    header.setSectionResizeMode(RULES, QHeaderView.ResizeMode.Stretch)
    for column, width in enumerate(WIDTHS):
        view.setColumnWidth(column, scaled(width))
    return view


def _vehicle(offer: Offer) -> str:
    if offer.route is None:
        return tr("{vehicle} · new route", vehicle=offer.label)
    return trn("{vehicle} · {number} stop", "{vehicle} · {number} stops", offer.stops, vehicle=offer.label)

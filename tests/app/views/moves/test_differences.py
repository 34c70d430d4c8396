"""Differences are told by a sign and words, and nothing changes quietly."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.model import moves
from app.model.compile import compile_scenario
from app.model.offers import assignments, ranked
from app.model.proposal import Pricing
from app.views.moves.differences import (
    MINUS,
    SAME,
    explanation,
    kilometres_difference,
    money_difference,
    span_difference,
    verdict,
)
from app.views.moves.offers_table import RULES, OffersTable
from tests.app.model.states import small_state


@pytest.mark.parametrize(
    ("more", "less", "same"),
    [
        (money_difference(1.5, "€"), money_difference(-1.5, "€"), money_difference(-0.001, "€")),
        (kilometres_difference(1.5), kilometres_difference(-1.5), kilometres_difference(0.01)),
        (span_difference(60), span_difference(-60), span_difference(0)),
    ],
)
def test_a_difference_has_its_sign(more: str, less: str, same: str) -> None:
    assert more[0] == "+"
    assert less[0] == MINUS
    assert more[1:] == less[1:]
    assert same == SAME


def test_what_is_broken_is_counted_and_spelled_out() -> None:
    state = small_state()
    pricing = Pricing(compile_scenario(state.scenario), state)
    harmless = pricing.proposal(moves.reverse_route(state, 1))
    broken = pricing.proposal(moves.move_stops(state, ["C1"], 1, 0))
    assert explanation(harmless) == ""
    assert all(one.text in explanation(broken) for one in broken.causes)
    assert verdict(harmless) != verdict(broken)


def test_the_table_tells_rules_by_symbol_and_words(theme, qtmodeltester) -> None:  # type: ignore[no-untyped-def]
    state = small_state()
    offers = ranked(assignments(Pricing(compile_scenario(state.scenario), state), ["C1"]))
    table = OffersTable(theme)
    table.set_offers(offers, "€")
    qtmodeltester.check(table)
    assert table.rowCount() == len(offers) > 1
    for row, offer in enumerate(offers):
        cell = table.index(row, RULES)
        assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
        assert cell.data() == verdict(offer.proposal)
        assert cell.data(Qt.ItemDataRole.ToolTipRole) == (explanation(offer.proposal) or None)
    with_new_rules = [bool(offer.proposal.causes) for offer in offers]
    assert with_new_rules == sorted(with_new_rules)

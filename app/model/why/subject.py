"""Whom a question about vehicles is asked of, and what its offers are called among the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from app.language import tr
from app.model.offers import Offer


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked about, and where it is.

    Parameters
    ----------
    customer, name
        Id, and what the user reads.
    route
        Index in the plan.
    vehicle
        What its vehicle is called.
    """

    customer: str
    name: str
    route: int
    vehicle: str


def name_of_offer(offer: Offer) -> str:
    """Return the name of the state that an offer leads to."""
    # By the route's place: where a plan has too many vehicles, two may be called the same.
    return f"on route {offer.route + 1}" if offer.route is not None else f"on another {offer.label}"


def called(offer: Offer) -> str:
    """Return what an offer's vehicle is called in a chart, where one may be a vehicle that stays at home so far."""
    return offer.label if offer.route is not None else tr("{vehicle} · not used yet", vehicle=offer.label)


def items_of(who: Subject) -> tuple[tuple[str, str], ...]:
    """Return what is selected to see whom a sentence is about."""
    return (("customers", who.customer),)

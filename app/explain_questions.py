"""The questions of ``explain`` as its arguments say them: one of some words with details, or a sentence."""

from __future__ import annotations

import argparse

from app.model.patch import State
from app.model.phrases.language import grammar
from app.model.phrases.lexicon import Lexicon
from app.model.phrases.telling import told
from app.model.phrases.understanding import Understood, understand
from app.model.phrases.wishes import AskChanged, AskNotNext, wish_of
from app.model.why.questions import (
    Binding,
    Question,
    Route,
    WhatChanged,
    WhatCosts,
    WhyLeg,
    WhyNotNext,
    WhyRoute,
    WhyUnassigned,
    WhyVehicle,
)

KINDS = ("leg", "route", "next", "vehicle", "unassigned", "cost", "changed")
"""The words."""


class AskedWrongError(ValueError):
    """What was asked makes no question; the text says why."""


def add_question_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--question`` and its details."""
    parser.add_argument(
        "--question",
        required=True,
        metavar="QUESTION",
        help="leg (why does a route go --to a customer, or home), route (what does --route cost, and what is each of "
        "its legs for), next (why does --instead not come next --after "
        "another), vehicle (why is --customer on its vehicle), unassigned (why is --customer in no route), cost (what "
        "does each constraint cost), changed (what has changed since --before); or a sentence, such as 'why is 17 "
        "unassigned'",
    )
    parser.add_argument("--customer", metavar="ID", help="whom the question is about")
    parser.add_argument("--route", metavar="VEHICLE/N", help="who drives; N counts the vehicles of a type from 1")
    parser.add_argument("--to", metavar="ID", help="customer that the leg leads to; home by default")
    parser.add_argument("--after", metavar="ID", help="customer that was served last; the depot by default")
    parser.add_argument("--instead", metavar="ID", help="customer that would come next")
    parser.add_argument("--before", metavar="PLAN", help="the earlier plan, as a document or a stops.csv")
    parser.add_argument("--resolved", action="store_true", help="vehicle: search anew for each vehicle")
    parser.add_argument("--kinds", type=_kinds, metavar="LIST", help=f"cost: some of {','.join(Binding)}")
    parser.add_argument("--most", type=int, default=20, metavar="N", help="cost: so many constraints; 20 by default")


def question_of(chosen: argparse.Namespace, state: State, before: State | None) -> Question:
    """Return the question that arguments ask.

    Parameters
    ----------
    chosen
        The arguments.
    state
        What is asked about.
    before
        What ``--before`` names.

    Raises
    ------
    AskedWrongError
        If something is missing or is not there.
    app.model.changes.EditRefusedError
        If a sentence asks about what is not there; its text says so.
    """
    match chosen.question:
        case "leg":
            return WhyLeg(_route(chosen.route, chosen.to, "--to", state), chosen.to)
        case "route":
            return WhyRoute(_route(chosen.route, chosen.customer, "--customer", state))
        case "next":
            instead = _needed(chosen.instead, "--instead")
            return WhyNotNext(_route(chosen.route, chosen.after, "--after", state), chosen.after, instead)
        case "vehicle":
            return WhyVehicle(_needed(chosen.customer, "--customer"), chosen.resolved)
        case "unassigned":
            return WhyUnassigned(_needed(chosen.customer, "--customer"))
        case "cost":
            return WhatCosts(chosen.kinds or frozenset(Binding), chosen.most)
        case "changed":
            return _changed(before)
    return _spoken(chosen.question, state, before)


def _spoken(text: str, state: State, before: State | None) -> Question:
    words = grammar()
    understood = understand(text, words, Lexicon(state, words.keywords))
    if not isinstance(understood, Understood):
        raise AskedWrongError(f"--question: {told(understood)} It may also be one of {', '.join(KINDS)}.")
    wish = wish_of(understood.meaning, understood.values, state)
    if isinstance(wish, AskChanged):
        return _changed(before)
    if isinstance(wish, AskNotNext):
        raise AskedWrongError(f"--question: {text!r} does not say after whom; 'why not A after B' does.")
    if not isinstance(wish, Question):
        raise AskedWrongError(f"--question: {text!r} is a command, and nothing is done here.")
    return wish


def _changed(before: State | None) -> WhatChanged:
    if before is None:
        raise AskedWrongError("--before: name the earlier plan.")
    return WhatChanged(before)


def _needed(value: str | None, name: str) -> str:
    if value is None:
        raise AskedWrongError(f"{name}: name a customer.")
    return value


def _route(named: str | None, customer: str | None, name: str, state: State) -> Route:
    """Return who drives: who is named, or who serves a customer."""
    drivers = {(route.vehicle, route.number): route.stops for route in state.plan.routes}
    if named is None:
        if customer is None:
            raise AskedWrongError(f"--route: name who drives, or {name} a customer.")
        found = [who for who, stops in drivers.items() if customer in stops]
        if not found:
            raise AskedWrongError(f"{name}: no route has a stop {customer!r}.")
        return found[0]
    vehicle, _, number = named.rpartition("/")
    asked = (vehicle, int(number)) if vehicle and number.isascii() and number.isdecimal() else (named, 1)
    if asked not in drivers:
        there = ", ".join(f"{kind}/{which}" for kind, which in drivers)
        raise AskedWrongError(f"--route: {named!r} does not drive; there are {there}.")
    return asked


def _kinds(text: str) -> frozenset[Binding]:
    names = {part.strip().casefold() for part in text.split(",") if part.strip()}
    if not names or not names <= {one.value for one in Binding}:
        raise argparse.ArgumentTypeError(f"{text!r}, expected some of {','.join(Binding)}")
    return frozenset(map(Binding, names))

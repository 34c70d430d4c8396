"""The one door to all answers."""

from __future__ import annotations

from app.model.patch import State
from app.model.why.changed import what_changed
from app.model.why.leg import why_leg
from app.model.why.next_stop import why_not_next
from app.model.why.prices import what_costs
from app.model.why.questions import (
    Question,
    WhatChanged,
    WhatCosts,
    WhyLeg,
    WhyNotNext,
    WhyRoute,
    WhyUnassigned,
    WhyVehicle,
)
from app.model.why.route import why_route
from app.model.why.searching import Answering
from app.model.why.unassigned import why_unassigned
from app.model.why.vehicle import why_vehicle
from solver.problem import Problem


def answer(question: Question, state: State, problem: Problem) -> Answering:
    """Return what answers a question; see `app.model.why.searching` for how it is run.

    Parameters
    ----------
    question
        What is asked.
    state
        Of which.
    problem
        What its scenario compiles to, without the locks of the plan.

    Raises
    ------
    app.model.changes.EditRefusedError
        When it is run, if what is asked about is not there (any more); the sentence is for the user.
    """
    match question:
        case WhyLeg():
            return why_leg(question, state, problem)
        case WhyRoute():
            return why_route(question, state, problem)
        case WhyNotNext():
            return why_not_next(question, state, problem)
        case WhyVehicle():
            return why_vehicle(question, state, problem)
        case WhyUnassigned():
            return why_unassigned(question, state, problem)
        case WhatCosts():
            return what_costs(question, state, problem)
        case WhatChanged():
            return what_changed(question, state, problem)
        case _:
            raise NotImplementedError(question)

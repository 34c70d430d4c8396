"""What the drives of a route are for, as its driver reads it. No Qt here."""

from __future__ import annotations

from app.io.progress import Progress
from app.model.compile import compile_scenario
from app.model.evaluation import RouteFigures
from app.model.patch import State
from app.model.plan import Plan
from app.model.scenario import Scenario
from app.model.why.legs import legs_of
from solver.explain.intention import Intention


class Reasons:
    """Finds them, route by route; nothing is searched for.

    Parameters
    ----------
    scenario, plan
        What is driven.

    Raises
    ------
    app.model.validate.ScenarioError
        If anything is wrong in the scenario.
    """

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self._state, self._problem = State(scenario, plan), compile_scenario(scenario)

    def of(self, route: RouteFigures, told: Progress, done: int, total: int) -> tuple[str, ...]:
        """Return what the drive to each stop is for, in a few words; nothing where the plan has no such route.

        It is "" where nothing speaks for the drive.

        Parameters
        ----------
        route
            Which.
        told
            Is told before each stop, so that it can stop this.
        done, total
            What it is told.

        Raises
        ------
        app.io.progress.StoppedError
            If ``told`` raises it.
        """
        stops = tuple(visit.customer for visit in route.visits)
        index = next((at for at, one in enumerate(self._state.plan.routes) if one.stops == stops), None)
        if index is None:
            return ()
        words = []
        for leg in legs_of(self._problem, self._state, index):
            told(done, total)
            # A driver should not be told to doubt the plan: that is for whoever makes it.
            words.append("" if leg.intention is Intention.PLAN else leg.words)
        return tuple(words)

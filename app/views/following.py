"""How a view keeps to the figures of the plan that is shown."""

from __future__ import annotations

from collections.abc import Callable

from app.jobs.solve_controller import SolveController
from app.model.evaluation import Evaluation


def follow_figures(controller: SolveController, show: Callable[[Evaluation | None], None]) -> None:
    """Show the figures of a controller's document from now on, while a search runs too.

    Parameters
    ----------
    controller
        Has the document.
    show
        Gets the figures, now if there are any already; None when there are none, since the scenario is not complete.
    """
    controller.evaluated.connect(show)
    controller.progressed.connect(show)
    if controller.evaluations.evaluation is not None:
        show(controller.evaluations.evaluation)

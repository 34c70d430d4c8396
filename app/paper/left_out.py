"""What the last pages of the manifests say: who is in no route, and why. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator

from app.language import tr
from app.model.amounts import loads
from app.model.evaluation import Evaluation
from app.model.scenario import Scenario
from app.paper.manifest import Row, details_of, windows_of


def left_out(scenario: Scenario, evaluation: Evaluation, *, why: bool) -> Iterator[Row]:
    """Yield a row for each customer in no route, in their order.

    Parameters
    ----------
    scenario, evaluation
        Who that is, and what there is to know of them.
    why
        Whether reasons are wanted.
    """
    dimensions = scenario.settings.dimensions
    for number, one in enumerate(evaluation.unserved, start=1):
        customer = scenario.customers[one.customer]
        details = details_of(scenario, customer)
        if one.required:
            details = " · ".join(filter(None, (tr("has to be served"), details)))
        yield Row(
            number=number,
            time="",
            timing=(),
            alert="",
            name=customer.name or customer.id,
            details=details,
            notes=customer.notes,
            windows=windows_of(customer),
            bring=tuple(loads(customer.demand, dimensions)),
            collect=tuple(loads(customer.pickup, dimensions)),
            why=" ".join(one.reasons) if why else "",
        )

"""Why a plan is as it is: reasons, each of which `solver.problem.check` confirms."""

from solver.explain.reason import ANY, Code, Reason
from solver.explain.unserved import reasons

__all__ = ["ANY", "Code", "Reason", "reasons"]

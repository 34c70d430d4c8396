"""Why a plan is as it is: reasons and intentions, each of which `solver.problem.check` confirms."""

from solver.explain.intention import Completion, Intention, LegIntention, intention_of
from solver.explain.reason import ANY, Code, Reason
from solver.explain.unserved import reasons

__all__ = ["ANY", "Code", "Completion", "Intention", "LegIntention", "Reason", "intention_of", "reasons"]

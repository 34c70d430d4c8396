"""The genetic search: islands whose individuals ruin and recreate, cross over, and exchange their best."""

from solver.genetic.solve import Progress, Result, solve
from solver.genetic.warming import PARTS, parts_for, warm_up

__all__ = ["PARTS", "Progress", "Result", "parts_for", "solve", "warm_up"]

"""The genetic search: islands whose individuals ruin and recreate, cross over, and exchange their best."""

from solver.genetic.solve import Progress, Result, solve, warm_up

__all__ = ["Progress", "Result", "solve", "warm_up"]

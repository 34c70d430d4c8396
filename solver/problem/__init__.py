"""The problem that the engine solves, solutions of it, and the plain `check` that says what they are worth."""

from solver.problem.check import Costs, Report, RouteReport, Rule, Violation, Visit, check
from solver.problem.fault import Fault, ProblemError
from solver.problem.limits import OPEN, UNLIMITED
from solver.problem.problem import Clients, Depots, Problem, Travel, VehicleTypes, make_problem
from solver.problem.solution import Route, Solution

__all__ = [
    "OPEN",
    "UNLIMITED",
    "Clients",
    "Costs",
    "Depots",
    "Fault",
    "Problem",
    "ProblemError",
    "Report",
    "Route",
    "RouteReport",
    "Rule",
    "Solution",
    "Travel",
    "VehicleTypes",
    "Violation",
    "Visit",
    "check",
    "make_problem",
]

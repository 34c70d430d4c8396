"""The problem that the engine solves, solutions of it, and the plain `check` that says what they are worth."""

from solver.problem.check import check, check_fleet, check_route, check_service
from solver.problem.fault import Fault, ProblemError
from solver.problem.hours import Hours
from solver.problem.limits import ALONE, ANY, OPEN, UNLIMITED, UNREACHABLE
from solver.problem.make import make_problem
from solver.problem.plane import PlaneMatrix
from solver.problem.problem import Problem
from solver.problem.records import Backhauls, Clients, Depots, Travel, VehicleTypes
from solver.problem.report import Costs, Report, RouteReport, Rule, TripReport, Violation, Visit
from solver.problem.solution import Route, Solution
from solver.problem.wishes import Locks, Objective, Published

__all__ = [
    "ALONE",
    "ANY",
    "OPEN",
    "UNLIMITED",
    "UNREACHABLE",
    "Backhauls",
    "Clients",
    "Costs",
    "Depots",
    "Fault",
    "Hours",
    "Locks",
    "Objective",
    "PlaneMatrix",
    "Problem",
    "ProblemError",
    "Published",
    "Report",
    "Route",
    "RouteReport",
    "Rule",
    "Solution",
    "Travel",
    "TripReport",
    "VehicleTypes",
    "Violation",
    "Visit",
    "check",
    "check_fleet",
    "check_route",
    "check_service",
    "make_problem",
]

"""What a dispatcher plans with, free of Qt.

- `app.model.scenario` and `app.model.plan`: the immutable things themselves.
- `app.model.changes`: every edit, as a pure function that returns a name and a `Patch`.
- `app.model.document`: the open document, which applies patches and tells its listeners what changed.
- `app.model.validate`: all that is wrong with a scenario, in plain sentences.
- `app.model.compile` (with `travel` and `zones`): from a scenario to the solver's `Problem`.
- `app.model.evaluation` (with `violations` and `reasons`): from a solution back to a plan and its figures.
"""

from app.model.changes import Edit, EditRefusedError
from app.model.compile import LOAD_SCALE, compile_scenario
from app.model.document import Change, Document
from app.model.evaluation import Evaluation, evaluate, evaluation_of, to_plan, to_solution
from app.model.patch import TABLES, Patch, StalePatchError, State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Profile, Scenario, Settings, Vehicle, Zone
from app.model.validate import Issue, ScenarioError, issues_of

__all__ = [
    "LOAD_SCALE",
    "TABLES",
    "Change",
    "Customer",
    "Depot",
    "Document",
    "Edit",
    "EditRefusedError",
    "Evaluation",
    "Issue",
    "Patch",
    "Plan",
    "PlannedRoute",
    "Profile",
    "Scenario",
    "ScenarioError",
    "Settings",
    "StalePatchError",
    "State",
    "Vehicle",
    "Zone",
    "compile_scenario",
    "evaluate",
    "evaluation_of",
    "issues_of",
    "to_plan",
    "to_solution",
]

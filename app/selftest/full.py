"""The steps of a full self-test that come after those of every one, in order."""

from __future__ import annotations

from app.selftest import commands
from app.selftest.roads_and_policy import import_roads, solve_by_policy, solve_on_roads
from app.selftest.stage import Stage
from app.selftest.step import Step

FULL: tuple[Step[Stage], ...] = (
    Step("policy", solve_by_policy, ("engine", "open")),
    Step("import_roads", import_roads, ("open",)),
    Step("solve_on_roads", solve_on_roads, ("engine", "import_roads")),
    Step("command_solve", commands.solve_sample),
    Step("command_vrplib", commands.solve_vrplib),
    Step("command_solomon", commands.solve_solomon),
    Step("command_export", commands.export_document, ("save",)),
    Step("command_explain", commands.explain_document, ("solve", "save")),
    Step("command_train", commands.train),
)

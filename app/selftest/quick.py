"""The steps of every self-test, in order."""

from __future__ import annotations

from app.selftest.day import check_plan, explain, open_sample, solve_again, solve_sample, start_engine, take_picture
from app.selftest.handing_out import EXPORTS, save
from app.selftest.stage import Stage
from app.selftest.step import Step

QUICK: tuple[Step[Stage], ...] = (
    Step("engine", start_engine),
    Step("open", open_sample),
    Step("solve", solve_sample, ("engine", "open")),
    Step("check", check_plan, ("solve",)),
    Step("picture", take_picture, ("open",)),
    Step("explain", explain, ("solve",)),
    *EXPORTS,
    Step("save", save, ("open",)),
    Step("solve_again", solve_again, ("engine", "open")),
)

"""What a planner does now and then: importing roads, and letting the learned policy build the first plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.io.networks import StoredNetwork
from app.model.road_changes import travel_by_roads
from app.resources import resource
from app.selftest.day import SHORT, check_plan, solve, start_over
from app.selftest.stage import Stage
from app.selftest.step import StepError
from app.selftest.waiting import Wait
from solver.init import Init

Facts = Mapping[str, Any]

MAP, SHIPPED = "roads/helsinki-centre.osm.pbf", "roads/helsinki-centre.json"
"""The map of the sample, and what is known of the network that was made of it."""

NAME = "Self-test"


def import_roads(stage: Stage) -> Facts:
    """Import the map of the sample, in the process that imports have."""
    job = stage.window.roads.job
    wait = Wait().on(job.finished).on(job.failed)
    job.start(resource(MAP), NAME)
    found = wait.result()
    if not isinstance(found, StoredNetwork):
        raise StepError(str(found))
    if found.id != json.loads(resource(SHIPPED).read_bytes())["id"]:
        raise StepError("the network is another one than the one that was made of the same map for the sample")
    return {"network": found.id, "segments": found.segments, "bytes": found.bytes}


def solve_on_roads(stage: Stage) -> Facts:
    """Travel by what was imported, and solve."""
    window = stage.window
    network = next(one for one in window.roads.store.listed() if one.name == NAME)
    start_over(stage)
    window.session.do(*travel_by_roads(window.session.state, network.id))
    facts = solve(stage, SHORT)
    return {**facts, **check_plan(stage)}


def solve_by_policy(stage: Stage) -> Facts:
    """Let the policy build the first plan."""
    controller = stage.window.controller
    start_over(stage)
    former, controller.init = controller.init, Init.POLICY
    try:
        facts = solve(stage, SHORT)
    finally:
        controller.init = former
    if facts["first_plan"] != Init.POLICY:
        raise StepError(f"the first plan was built by {facts['first_plan']}, not by the policy")
    return facts

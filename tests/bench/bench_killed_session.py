"""What two hundred ``kill -9`` cost: nothing that was saved, and how much of what was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.model.scenario import Depot, Scenario, Vehicle
from tests.app.views.test_killed_session import MAY_BE_MISSING, kill_again_and_again

TIMES = 200


@pytest.mark.timeout(600)
def test_two_hundred_kills(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    vehicles = {"van": Vehicle("van", "Van", 2, (100.0,), "D1", "D1")}
    scenario = Scenario({"D1": Depot("D1", "North", 60.2, 24.95)}, vehicles)
    killed = kill_again_and_again(TIMES, tmp_path, scenario, pytestconfig.rootpath)
    ages = sorted(round(age * 1000) for age in killed.ages) or [0]
    print(
        f"\n{TIMES} kills after {killed.edits} edits and {killed.saves} saves: nothing saved was lost; "
        f"{killed.recoveries} left a journal; {sum(killed.lost)} edits were missing after {len(killed.ages)} of the "
        f"kills, the oldest {ages[-1]} ms old, median {ages[len(ages) // 2]} ms"
    )
    assert max(killed.ages, default=0.0) <= MAY_BE_MISSING

"""How long files of ten thousand customers take."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.io import import_customers, load_document, preview, read_scenario, save_document, write_scenario
from app.model.plan import Plan
from app.model.scenario import Customer, Scenario
from tests.app.io.scenarios import full_scenario

CUSTOMERS = 10_000
MOST_SECONDS = 2.0


@pytest.fixture(scope="module")
def large() -> Scenario:
    places = np.random.default_rng(1).random((CUSTOMERS, 2))
    customers = {
        f"c{number}": Customer(
            f"c{number}",
            f"Customer {number}",
            60 + lat,
            24 + lon,
            (3.5, 0.1),
            (),
            300,
            ((28800, 36000), (50400, 54000)),
        )
        for number, (lat, lon) in enumerate(places.tolist())
    }
    return replace(full_scenario(), customers=customers)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_ten_thousand_customers_in_two_seconds(large: Scenario, tmp_path: Path) -> None:
    write_scenario(large, tmp_path / "day")
    taken = seconds(lambda: read_scenario(tmp_path / "day"))
    print(f"read a folder of {CUSTOMERS} customers: {taken:.2f} s")
    assert taken <= MOST_SECONDS


def test_ten_thousand_rows_that_are_all_wrong(large: Scenario, tmp_path: Path) -> None:
    write_scenario(large, tmp_path / "day")
    table = tmp_path / "day" / "customers.csv"
    table.write_text(table.read_text("utf-8-sig").replace(",60.", ",260."), "utf-8")
    taken = seconds(lambda: read_scenario(tmp_path / "day"))
    print(f"list {CUSTOMERS} bad rows: {taken:.2f} s")
    assert taken <= 2 * MOST_SECONDS


def test_a_document_and_a_bare_file(large: Scenario, tmp_path: Path) -> None:
    saved = seconds(lambda: save_document(tmp_path / "day.routewright", large, Plan()))
    loaded = seconds(lambda: load_document(tmp_path / "day.routewright"))
    write_scenario(large, tmp_path / "day")
    seen = preview(tmp_path / "day" / "customers.csv", ("kg", "m3"))
    imported = seconds(lambda: import_customers(seen, seen.mapping, replace(large, customers={})))
    print(f"save {saved:.2f} s, load {loaded:.2f} s, import {imported:.2f} s")
    assert max(saved, loaded, imported) <= MOST_SECONDS

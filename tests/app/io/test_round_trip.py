import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io import load_document, read_scenario, save_document, save_variants, write_scenario
from app.io.cells import FORMULA
from app.io.tables import decoded, rows_of
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Scenario, Settings, Vehicle
from app.model.validate import issues_of
from app.model.variants import Variant, Variants, free_name, plain_name
from tests.app.io.scenarios import full_scenario, scenarios


def assert_same(read: Scenario | None, written: Scenario) -> None:
    assert read == written
    for kind in ("depots", "vehicles", "customers", "profiles", "zones"):
        assert list(getattr(read, kind)) == list(getattr(written, kind))


@given(scenarios(), st.sampled_from(["day", "day.zip"]))
def test_export_then_import_gives_the_same_scenario(scenario: Scenario, name: str) -> None:
    assert issues_of(scenario) == []
    with tempfile.TemporaryDirectory() as folder:
        write_scenario(scenario, Path(folder) / name)
        result = read_scenario(Path(folder) / name)
    assert [str(issue) for issue in result.issues] == []
    assert_same(result.scenario, scenario)


@given(scenarios(), st.data())
def test_a_document_gives_back_scenario_and_plan(scenario: Scenario, data: st.DataObject) -> None:
    customers = data.draw(st.permutations(list(scenario.customers)))
    cut = data.draw(st.integers(0, len(customers)))
    vehicle = st.sampled_from(list(scenario.vehicles))
    plan = Plan(
        (
            PlannedRoute(data.draw(vehicle), tuple(customers[:cut])),
            PlannedRoute(data.draw(vehicle), tuple(customers[cut:])),
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        save_document(Path(folder) / "day.routewright", scenario, plan)
        loaded = load_document(Path(folder) / "day.routewright")
    assert loaded.issues == ()
    assert_same(loaded.scenario, scenario)
    assert loaded.plan == State(scenario, plan).plan


@st.composite
def documents(draw: st.DrawFn) -> Variants:
    """Draw variants that share some of what they hold, under hostile names."""
    first = draw(scenarios())
    count = draw(st.integers(1, 4))
    items: list[Variant] = []
    for _ in range(count):
        kept = {key: one for key, one in first.customers.items() if draw(st.booleans())}
        much_like = replace(first, customers=kept, matrix=None)
        scenario = draw(st.one_of(st.just(first), st.just(much_like), scenarios()))
        customers = draw(st.permutations(list(scenario.customers)))
        routes = (PlannedRoute(draw(st.sampled_from(list(scenario.vehicles))), tuple(customers)),)
        name = plain_name(draw(st.text()), [one.name for one in items]) or free_name([one.name for one in items])
        items.append(Variant(name, State(scenario, Plan(routes))))
    return Variants(tuple(items), draw(st.integers(0, count - 1)))


@given(documents())
def test_a_document_gives_back_its_variants(variants: Variants) -> None:
    with tempfile.TemporaryDirectory() as folder:
        save_variants(Path(folder) / "day.routewright", variants)
        loaded = load_document(Path(folder) / "day.routewright")
    assert loaded.variants == variants
    for there, here in zip(loaded.variants.items, variants.items, strict=True):
        assert_same(there.state.scenario, here.state.scenario)


@given(scenarios())
def test_no_text_cell_starts_as_a_formula(scenario: Scenario) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_scenario(scenario, Path(folder) / "day.zip")
        with zipfile.ZipFile(Path(folder) / "day.zip") as archive:
            for name in set(archive.namelist()) - {"distance.csv", "duration.csv"}:
                for row in rows_of(decoded(archive.read(name)), ","):
                    for cell in row.cells:
                        # A negative number is no formula.
                        number = cell.replace("e-", "").removeprefix("-").replace(".", "").isdigit()
                        assert number or not cell.startswith(tuple(FORMULA))


def test_every_field_survives_a_document_that_cannot_be_solved_yet(tmp_path: Path) -> None:
    unfinished = Scenario(
        vehicles={
            "v": Vehicle("v", profile=""),
            "w": Vehicle("w", capacity=(1.0,), start_depot="gone", end_depot=None),
        },
        customers={"c": Customer("c", lat=500.0, profile="gone", windows=((9, 3),), service=-60)},
        settings=Settings("", "", ()),
    )
    for scenario in (unfinished, Scenario()):
        save_document(tmp_path / "day.routewright", scenario, Plan())
        loaded = load_document(tmp_path / "day.routewright")
        assert loaded.issues == ()
        if scenario is unfinished:
            assert loaded.scenario is not None
            assert loaded.scenario.customers == unfinished.customers
        else:
            assert_same(loaded.scenario, scenario)


def test_the_same_scenario_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_scenario(full_scenario(), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("name", ["day", "day.zip"])
def test_writing_again_replaces_what_was_there(tmp_path: Path, name: str) -> None:
    write_scenario(full_scenario(), tmp_path / name)
    smaller = Scenario(full_scenario().depots, full_scenario().vehicles, settings=full_scenario().settings)
    write_scenario(smaller, tmp_path / name)
    assert_same(read_scenario(tmp_path / name).scenario, smaller)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]

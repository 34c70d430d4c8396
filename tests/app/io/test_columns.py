"""Whoever adds a field to the model learns here that files must carry it too."""

from dataclasses import fields

import pytest

from app.io.columns import COLUMNS, LOADS, ROAD_FILES, SETTINGS
from app.model.scenario import Customer, Depot, ProfileRule, Settings, Vehicle, Zone
from app.model.traffic import Traffic
from solver.roads.modes import Mode

SPLIT = {("depots", "hours"): ("opens", "closes"), ("vehicles", "shift"): ("shift_start", "shift_end")}


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("depots", Depot),
        ("vehicles", Vehicle),
        ("customers", Customer),
        ("profiles", ProfileRule),
        ("zones", Zone),
        ("modes", Mode),
        ("traffic", Traffic),
    ],
)
def test_every_field_of_an_item_has_a_column(kind: str, item: type) -> None:
    columns = {column.key for column in COLUMNS[kind]} | set(LOADS.get(kind, ())) | {"extra"}
    for field in fields(item):
        assert set(SPLIT.get((kind, field.name), (field.name,))) <= columns


def test_every_setting_has_a_row_or_a_file() -> None:
    in_rows = {column.key for column in SETTINGS.values()}
    assert in_rows | set(ROAD_FILES) == {field.name for field in fields(Settings)}
    assert not in_rows & set(ROAD_FILES)


def test_headers_are_all_different() -> None:
    for columns in COLUMNS.values():
        names = [name for column in columns for name in (column.header, *column.aliases)]
        assert len(set(names)) == len(names)

"""The bill of materials holds the same parts, follows its schema, and comes out the same again."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from notices.component import Component
from notices.sbom import bill, faults, wheel_digests
from tests.packaging.notices.fakes import component

MADE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PARTS = (
    component("numbers", "MIT OR Apache-2.0", purl="pkg:pypi/numbers@1.0", sha256="ab" * 32, files=("a.so", "b.so")),
    component("Geo", "LGPL-2.1-only", source="https://geo/src", linked_in=True),
    Component("nameless", "", "LicenseRef-public-domain", "https://example.org/x"),
)


def test_parts_come_back_as_they_went_in() -> None:
    numbers, geo, nameless = json.loads(bill(PARTS, "1.2.3", MADE))["components"]
    assert (numbers["name"], numbers["version"], numbers["purl"]) == ("numbers", "1.0", "pkg:pypi/numbers@1.0")
    assert numbers["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert numbers["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    assert [place["location"] for place in numbers["evidence"]["occurrences"]] == ["a.so", "b.so"]
    assert {"type": "source-distribution", "url": "https://geo/src"} in geo["externalReferences"]
    assert "version" not in nameless


def test_the_program_depends_on_every_part() -> None:
    written = json.loads(bill(PARTS, "1.2.3", MADE))
    assert written["metadata"]["component"]["version"] == "1.2.3"
    assert written["dependencies"][0]["dependsOn"] == [part["bom-ref"] for part in written["components"]]


def test_the_same_parts_make_the_same_bill_and_others_another() -> None:
    assert bill(PARTS, "1.2.3", MADE) == bill(PARTS, "1.2.3", MADE)
    numbers = [json.loads(bill(parts, "1.2.3", MADE))["serialNumber"] for parts in (PARTS, PARTS[:2])]
    assert len(set(numbers)) == 2


def test_it_follows_its_schema() -> None:
    pytest.importorskip("cyclonedx", reason="comes with the group `installer`; each build checks it as well")
    text = bill(PARTS, "1.2.3", MADE)
    assert faults(text) == []
    assert faults(text.replace('"library"', '"book"', 1)) != []


def test_digests_are_read_from_what_pip_reports() -> None:
    archive = {"archive_info": {"hashes": {"sha256": "cd"}}}
    items = [
        {"metadata": {"name": "PySide6_Essentials", "version": "6"}, "download_info": archive},
        {"metadata": {"name": "routewright", "version": "1"}, "download_info": {"dir_info": {"editable": True}}},
    ]
    assert wheel_digests(json.dumps({"install": items})) == {"pkg:pypi/pyside6-essentials@6": "cd"}

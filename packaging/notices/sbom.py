"""The same as a bill of materials that programs read: CycloneDX 1.6."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from notices.component import Component
from notices.distributions import normal

_SPACE = uuid.UUID("6f6c1a3e-0c2f-4f51-9d0b-0d9b7f1c3a55")
"""Of serial numbers, so that the same parts always get the same one."""


def bill(components: Iterable[Component], version: str, made: datetime) -> str:
    """Return the bill as JSON.

    Parameters
    ----------
    components
        All parts.
    version
        Of Routewright.
    made
        When the package was built.
    """
    listed = [_component(number, one) for number, one in enumerate(components, start=1)]
    root = {
        "type": "application",
        "bom-ref": "routewright",
        "name": "Routewright",
        "version": version,
        "licenses": [{"expression": "MIT"}],
        "purl": f"pkg:generic/routewright@{version}",
    }
    serial = uuid.uuid5(_SPACE, json.dumps([root, listed], sort_keys=True))
    written = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": serial.urn,
        "version": 1,
        "metadata": {
            "timestamp": made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "tools": {"components": [{"type": "application", "name": "packaging/notices of Routewright"}]},
            "component": root,
        },
        "components": listed,
        "dependencies": [{"ref": "routewright", "dependsOn": [one["bom-ref"] for one in listed]}],
    }
    return json.dumps(written, indent=1, ensure_ascii=False) + "\n"


def _component(number: int, one: Component) -> dict[str, Any]:
    written: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"{number}-{one.purl or one.name}",
        "name": one.name,
    }
    if one.version:
        written["version"] = one.version
    if one.sha256:
        written["hashes"] = [{"alg": "SHA-256", "content": one.sha256}]
    written["licenses"] = [{"expression": one.licence}]
    if one.purl:
        written["purl"] = one.purl
    references = [{"type": "website", "url": one.home}]
    if one.source:
        references.append({"type": "source-distribution", "url": one.source.split(", ")[0]})
    written["externalReferences"] = references
    if one.files:
        written["evidence"] = {"occurrences": [{"location": path} for path in one.files]}
    written["properties"] = [{"name": "routewright:linked-in", "value": str(one.linked_in).lower()}]
    return written


def faults(text: str) -> list[str]:
    """Return what the schema of CycloneDX 1.6 finds wrong with a bill."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return [] if fault is None else [f"The bill of materials does not follow its schema: {fault}"]


def wheel_digests(report: str) -> dict[str, str]:
    """Return the SHA-256 of what pip installed, by package URL.

    Parameters
    ----------
    report
        What ``pip install --report`` wrote.
    """
    digests = {}
    for item in json.loads(report)["install"]:
        digest = item["download_info"].get("archive_info", {}).get("hashes", {}).get("sha256")
        if digest:
            name, version = normal(item["metadata"]["name"]), item["metadata"]["version"]
            digests[f"pkg:pypi/{name}@{version}"] = digest
    return digests

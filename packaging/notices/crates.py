"""Rust crates that were compiled into an extension, by the bill of materials that its wheel carries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from notices.catalogue import Catalogue
from notices.component import Component


def crates(bom: Path, files: tuple[str, ...], catalogue: Catalogue) -> list[Component]:
    """Return the crates of an extension; none if the bill names no crates.

    Parameters
    ----------
    bom
        CycloneDX file that ``cargo-cyclonedx`` wrote.
    files
        Paths in the tree of the distribution's extensions.
    catalogue
        Knows the texts of crates that need one of their own.
    """
    listed = json.loads(bom.read_text(encoding="utf-8")).get("components", [])
    return [
        _component(item, files, catalogue)
        for item in listed
        if str(item.get("purl", "")).startswith("pkg:cargo/") and item.get("scope") != "excluded"
    ]


def _component(item: dict[str, Any], files: tuple[str, ...], catalogue: Catalogue) -> Component:
    name, version = item["name"], item["version"]
    stored = catalogue.crates.get(name)
    expressions = [one.get("expression") or one["license"].get("id", "") for one in item.get("licenses", [])]
    digests = [one["content"] for one in item.get("hashes", []) if one["alg"] == "SHA-256"]
    return Component(
        f"{name} (Rust crate)",
        version,
        " AND ".join(expressions),
        f"https://crates.io/crates/{name}/{version}",
        (catalogue.stored(stored),) if stored else (),
        files,
        linked_in=True,
        purl=f"pkg:cargo/{name}@{version}",
        sha256=digests[0] if digests else "",
    )

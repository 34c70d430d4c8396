"""Small installations and trees, of which everything is known."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from pathlib import Path

from notices.catalogue import Catalogue, Entry, Override
from notices.component import Component
from notices.distributions import Distributions
from notices.inventory import Inventory, Stocktaking
from notices.tree import File, Tree

MIT = "Copyright (c) 2026 Somebody\n\nPermission is hereby granted, free of charge, to any person.\n"


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def file(path: str, content: str = "", native: bool = True) -> File:
    return File(f"_internal/{path}", digest(content), native)


def install(site: Path, name: str, files: dict[str, str], metadata: str = "License-Expression: MIT") -> None:
    """Put a distribution, version 1.0, into a folder as pip would."""
    info = f"{name}-1.0.dist-info"
    written = {**files, f"{info}/METADATA": f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{metadata}\n"}
    record = []
    for path, content in written.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(content, encoding="utf-8")
        sha = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).rstrip(b"=").decode()
        record.append(f"{path},sha256={sha},{len(content)}\n")
    (site / info / "RECORD").write_text("".join(record) + f"{info}/RECORD,,\n", encoding="utf-8")


def catalogue(folder: Path, texts: dict[str, str]) -> Catalogue:
    """Return an empty catalogue that keeps some licences."""
    (folder / "components").mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Catalogue(own=("app/*",), texts=folder)


class Workshop:
    """A build machine: what is installed there, and what was written down of it."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "site"
        self.site.mkdir()
        self.catalogue = catalogue(folder / "texts", {"LGPL-2.1": "whole LGPL\n"})

    def knows(self, *entries: Entry, **overrides: Override) -> None:
        self.catalogue = replace(self.catalogue, entries=entries, overrides=overrides)

    def takes_stock(self, *files: File, modules: tuple[str, ...] = ()) -> Inventory:
        return Stocktaking(Tree(files, modules), self.catalogue, Distributions([self.site]), {}).inventory()


def component(name: str = "numbers", licence: str = "MIT", **rest: object) -> Component:
    return Component(name, "1.0", licence, "https://example.org", **rest)  # type: ignore[arg-type]

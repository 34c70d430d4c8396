"""The base map that was chosen, as it is kept from one start to the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QSettings

from app.map.tiles.sources import MbtilesSource, OnlineSource, url_problem, zooms_fit

CACHE_MEGABYTES = (10, 200, 5000)
"""Of tiles on disk: least, default and most that the user may choose."""


class BaseMapKind(StrEnum):
    """What lies below the plan."""

    SHIPPED = "shipped"
    MBTILES = "mbtiles"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class BaseMapChoice:
    """What the user has chosen, and what else was chosen before, to be offered again.

    Parameters
    ----------
    kind
        What is shown.
    file
        The MBTiles file of last time.
    online
        The server of last time.
    agreed
        The address that the user has agreed to be asked; no other may be.
    cache_megabytes
        Of tiles on disk at most.
    """

    kind: BaseMapKind = BaseMapKind.SHIPPED
    file: MbtilesSource | None = None
    online: OnlineSource | None = None
    agreed: str = ""
    cache_megabytes: int = CACHE_MEGABYTES[1]

    @property
    def may_ask(self) -> bool:
        """Whether the user has agreed that the server is asked."""
        return self.online is not None and self.online.url == self.agreed


def stored_choice(settings: QSettings) -> BaseMapChoice:
    """Return what was chosen last time; what makes no sense, or was not agreed to, counts as not chosen."""

    def said(name: str) -> str:
        return str(settings.value(f"base_map/{name}", "") or "")

    def number(name: str, least: int, default: int, most: int) -> int:
        text = said(name)
        return int(text) if text.isdecimal() and least <= int(text) <= most else default

    file = MbtilesSource(Path(said("file"))) if said("file") else None
    zooms = (number("least_zoom", 0, 0, 99), number("greatest_zoom", 0, 19, 99))
    online = None
    if not url_problem(said("url")) and said("attribution").strip() and zooms_fit(zooms):
        online = OnlineSource(said("url"), said("attribution"), zooms)
    kind = BaseMapKind(said("kind")) if said("kind") in set(BaseMapKind) else BaseMapKind.SHIPPED
    choice = BaseMapChoice(kind, file, online, said("agreed"), number("cache_megabytes", *CACHE_MEGABYTES))
    usable = {BaseMapKind.MBTILES: file is not None, BaseMapKind.ONLINE: choice.may_ask}
    if usable.get(kind, True):
        return choice
    return BaseMapChoice(BaseMapKind.SHIPPED, file, online, choice.agreed, choice.cache_megabytes)


def store_choice(settings: QSettings, choice: BaseMapChoice) -> None:
    """Keep what was chosen."""
    values: dict[str, object] = {
        "kind": choice.kind.value,
        "agreed": choice.agreed,
        "cache_megabytes": choice.cache_megabytes,
    }
    if choice.file is not None:
        values["file"] = str(choice.file.path)
    if choice.online is not None:
        values |= {"url": choice.online.url, "attribution": choice.online.attribution}
        values |= {"least_zoom": choice.online.zooms[0], "greatest_zoom": choice.online.zooms[1]}
    for name, value in values.items():
        settings.setValue(f"base_map/{name}", value)

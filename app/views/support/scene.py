"""What only the window knows of itself, for the diagnostics: counts, never what is counted."""

from __future__ import annotations

import PySide6
from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from app.edits.session import EditSession
from app.jobs.client import SolverClient
from app.language import spoken
from app.map.text_scale import text_scale
from app.support.diagnostics import Scene
from app.views.theme import Theme


def scene_of(session: EditSession, client: SolverClient, theme: Theme) -> Scene:
    """Return what the window knows at this moment."""
    return Scene(tuple(_screen(theme)), _engine(client), _day(session))


def _screen(theme: Theme) -> list[tuple[str, str]]:
    screens = [
        f"{screen.size().width()} × {screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]
    colours = "dark" if theme.dark else "light"
    return [
        ("Qt", f"{qVersion()}, PySide6 {PySide6.__version__}, platform {QGuiApplication.platformName()}"),
        ("Screens", ", ".join(screens)),
        ("Appearance", f"{theme.appearance.value} ({colours}), text at {text_scale():.0%}"),
        ("Language", f"{spoken()}, the system's is {QLocale.system().name()}"),
    ]


def _engine(client: SolverClient) -> str:
    if client.pid is None:
        return "no process"
    doing = "solving" if client.job is not None else "waiting"
    return f"process {client.pid}, {doing}" if client.warm else f"process {client.pid}, loading"


def _day(session: EditSession) -> str:
    scenario, plan = session.scenario, session.plan
    counts = {
        "customers": len(scenario.customers),
        "vehicles": sum(vehicle.count for vehicle in scenario.vehicles.values()),
        "vehicle types": len(scenario.vehicles),
        "depots": len(scenario.depots),
        "profiles": len(scenario.profiles),
        "zones": len(scenario.zones),
        "routes": len(plan.routes),
        "stops": sum(len(route.stops) for route in plan.routes),
        "variants": len(session.variants.value.items),
    }
    return ", ".join(f"{number} {name}" for name, number in counts.items())

"""Drives: what a vehicle does between two places, wherever these are in a plan."""

from __future__ import annotations

from app.model.scenario import Point

Drive = tuple[str, Point, Point]
"""Id of a vehicle type, latitude and longitude of where it starts, and of where it goes."""

"""Amounts as people read them, in one place so that a panel, a table, a curve and a printed page say the same."""

from __future__ import annotations

from collections.abc import Iterable

UNNAMED = ("load",)
"""The dimensions of a scenario at first: a load of whatever unit."""

THIN = "\u202f"
"""A narrow space that does not break, between thousands and before a unit."""


def grouped(value: float, decimals: int = 0) -> str:
    """Return a number with its thousands set apart, such as ``12 345.60``."""
    return f"{value:,.{decimals}f}".replace(",", THIN)


def money(value: float, currency: str) -> str:
    """Return an amount of money to the hundredth."""
    return f"{grouped(value, 2)}{THIN}{currency}"


def kilometres(value: float) -> str:
    """Return a distance to a tenth of a kilometre."""
    return f"{grouped(value, 1)}{THIN}km"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun, such as ``1 stop`` or ``2 stops``."""
    return f"{grouped(number)} {one if number == 1 else many}"


def units(dimensions: Iterable[str]) -> tuple[str, ...]:
    """Return the units of loads: the names of their dimensions, but "" where nobody has given the only one a name."""
    names = tuple(dimensions)
    return ("",) if names == UNNAMED else names


def loads(amounts: Iterable[float], dimensions: Iterable[str]) -> list[str]:
    """Return what is not zero of a load, each with its unit, such as ``12 kg`` and ``0.1 m3``."""
    shown = ((amount, unit) for amount, unit in zip(amounts, units(dimensions), strict=False) if round(amount, 3))
    return [f"{plain(amount)}{THIN}{unit}" if unit else plain(amount) for amount, unit in shown]


def plain(value: float) -> str:
    """Return a number with as many of three decimals as it needs, such as ``1 200`` or ``0.25``."""
    text = grouped(value, 3)
    return text.rstrip("0").rstrip(".")

"""Amounts as the figures show them, in one place so that a panel, a table and a curve say the same."""

from __future__ import annotations

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

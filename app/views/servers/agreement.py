"""Which servers the user has agreed to ask, as it is kept from one start to the next.

That is said to the program and not to a scenario: whom this computer asks is not for whoever sends a document to say.
"""

from __future__ import annotations

from PySide6.QtCore import QSettings

MOST = 50
"""Addresses that are kept for one purpose."""


class Agreement:
    """What was agreed to for one purpose.

    Parameters
    ----------
    settings
        Where it is kept.
    purpose
        What the servers are asked for: their answers to one thing are no leave to ask them another.
    """

    def __init__(self, settings: QSettings, purpose: str) -> None:
        self._settings, self._key = settings, f"servers/{purpose}"

    def holds(self, address: str) -> bool:
        """Return whether an address may be asked; "" never may."""
        return bool(address) and address in self._addresses()

    def give(self, address: str) -> None:
        """Agree that an address is asked."""
        others = [one for one in self._addresses() if one != address]
        self._settings.setValue(self._key, [*others, address][-MOST:])

    def withdraw(self, address: str) -> None:
        """Agree no longer."""
        self._settings.setValue(self._key, [one for one in self._addresses() if one != address])

    def _addresses(self) -> list[str]:
        value = self._settings.value(self._key)
        if isinstance(value, str):  # a list of one is read back as a text
            return [value] if value else []
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

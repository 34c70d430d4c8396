"""The language model that was chosen, as it is kept from one start to the next; the key is kept apart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSettings

from app.jobs.model_address import USUAL_ADDRESS, Server, address_problem


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """What the user has chosen.

    Parameters
    ----------
    address, model
        Of the server, and of the model there.
    agreed
        The address that the user has agreed to be told; no other may be, and "" is nobody.
    """

    address: str = USUAL_ADDRESS
    model: str = ""
    agreed: str = ""

    @property
    def on(self) -> bool:
        """Whether the model may be asked."""
        return bool(self.model) and self.agreed == self.address and not address_problem(self.address)

    def server(self, key: str) -> Server:
        """Return whom to ask."""
        return Server(self.address, self.model, key)


def stored_choice(settings: QSettings) -> ModelChoice:
    """Return what was chosen last time."""

    def said(name: str) -> str:
        return str(settings.value(f"language_model/{name}", "") or "")

    return ModelChoice(said("address") or USUAL_ADDRESS, said("model"), said("agreed"))


def store_choice(settings: QSettings, choice: ModelChoice) -> None:
    """Keep what was chosen."""
    for name in ("address", "model", "agreed"):
        settings.setValue(f"language_model/{name}", getattr(choice, name))

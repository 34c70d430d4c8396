"""A word to those who have trained weights of their own that an update has left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings

from app.jobs.background import BackgroundRunner
from app.language import tr
from solver.policy.layout import EDITION
from solver.policy.own import outdated_weights, own_weights

_TOLD = "search/weights_told"


def tell_of_weights(runner: BackgroundRunner, settings: QSettings, say: Callable[[str], object]) -> None:
    """Say once for each edition of the policy that the user's own weights are of another one.

    Parameters
    ----------
    runner
        Looks at the file; whoever has none pays nothing.
    settings
        Know whether it was said.
    say
        Shows a sentence that the user should read.
    """
    if not own_weights().is_file() or str(settings.value(_TOLD, "")) == str(EDITION):
        return

    def done(path: Path | None) -> None:
        if path is not None:
            settings.setValue(_TOLD, EDITION)
            say(
                tr(
                    "The policy that you trained was made for another version of Routewright, so the one that comes "
                    "with the program is used. Yours stays in {path}; “routewright train” makes a new one.",
                    path=path,
                )
            )

    runner.run(tr("Looking at your own policy"), outdated_weights, done, lambda _: None)

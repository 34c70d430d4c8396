"""What is said about an add-on."""

from __future__ import annotations

from app import __version__
from app.addon.probe import Addon, AddonState, Facts
from app.language import tr

_STATES = {
    AddonState.READY: tr("The add-on environment can be used."),
    AddonState.UNFINISHED: tr("The add-on environment was not finished: remove it and make it anew."),
    AddonState.BROKEN: tr("The add-on environment does not answer: remove it and make it anew."),
}


def state_words(addon: Addon) -> str:
    """Return a sentence on whether an add-on can be used, and what to do if not."""
    if addon.state is AddonState.OUTDATED and addon.facts is not None:
        return tr(
            "The add-on environment has Routewright {theirs}, and this is {ours}: update it.",
            theirs=addon.facts.routewright or "?",
            ours=__version__,
        )
    return _STATES[addon.state]


def gpu_words(facts: Facts) -> str:
    """Return a sentence on the graphics card of an add-on."""
    if facts.gpu:
        return tr("It computes on {gpu}.", gpu=facts.gpu)
    if not facts.torch:
        return tr("It has no torch, which graphics cards are used by.")
    return tr("It has no graphics card that torch can use: {reason}.", reason=facts.trouble.rstrip("."))

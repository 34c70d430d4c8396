"""Several variants of a day, side by side in one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.language import tr
from app.model.patch import State

MOST_VARIANTS = 12
"""In one document: more could not be told apart on a bar of tabs, and each is as large as a document of its own."""

LONGEST_NAME = 60
"""Letters of a variant's name."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the variants: a scenario with its plan, under a name.

    Parameters
    ----------
    name
        What the user calls it; no two variants of a document have the same.
    state
        What it holds.
    """

    name: str
    state: State


@dataclass(frozen=True, slots=True)
class Variants:
    """All that a document holds.

    Parameters
    ----------
    items
        At least one.
    present
        Place of the one that is shown and edited.
    """

    items: tuple[Variant, ...]
    present: int = 0

    @classmethod
    def of(cls, state: State) -> Variants:
        """Return a document that has one variant only."""
        return cls((Variant(free_name(()), state),))

    @property
    def names(self) -> tuple[str, ...]:
        """What the variants are called, in their order."""
        return tuple(one.name for one in self.items)

    @property
    def state(self) -> State:
        """What the present variant holds."""
        return self.items[self.present].state

    def with_state(self, state: State) -> Variants:
        """Return the same variants, of which the present one holds something else."""
        at = self.present
        return replace(self, items=(*self.items[:at], replace(self.items[at], state=state), *self.items[at + 1 :]))

    def shown(self, place: int) -> Arrangement:
        """Return the same arrangement of these variants, of which another one is shown."""
        return Arrangement(tuple(range(len(self.items))), self.names, place)

    def same_as(self, other: Variants) -> bool:
        """Whether the other ones have the same names and hold the very same objects; which is present is no matter."""
        return self.names == other.names and all(
            one.state is there.state for one, there in zip(self.items, other.items, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which variants there are from now on: what adding, renaming, deleting and switching come to.

    Parameters
    ----------
    sources
        For each variant, the place that it had; one that had the same as another before it is a copy of that.
    names
        What each is called now.
    present
        Place of the one that is shown now.
    """

    sources: tuple[int, ...]
    names: tuple[str, ...]
    present: int

    def applied(self, variants: Variants) -> Variants:
        """Return the variants as they are now.

        Raises
        ------
        ValueError
            If it was not made for these.
        """
        count = len(self.sources)
        if not 0 <= self.present < count or len(self.names) != count:
            raise ValueError("an arrangement names each of its variants, and one of them is present")
        if not all(0 <= source < len(variants.items) for source in self.sources):
            raise ValueError("the arrangement was made for more variants")
        named = zip(self.sources, self.names, strict=True)
        return Variants(tuple(Variant(name, variants.items[at].state) for at, name in named), self.present)

    def title(self, before: Variants) -> str:
        """Return what it does to some variants, as an edit is called; "" when it only shows another one."""
        if len(self.sources) != len(before.items):
            return tr("Duplicate variant") if len(self.sources) > len(before.items) else tr("Delete variant")
        return tr("Rename variant") if self.names != before.names else ""


def free_name(taken: Sequence[str]) -> str:
    """Return a name that no variant has yet, such as ``Variant 2``."""
    number = len(taken) + 1
    while tr("Variant {number}", number=number).casefold() in {name.casefold() for name in taken}:
        number += 1
    return tr("Variant {number}", number=number)


def plain_name(text: str, others: Iterable[str]) -> str:
    """Return what the user typed as a name: in one line, not too long, and unlike the others.

    Returns
    -------
    str
        "" when there is nothing in it.
    """
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST_NAME].strip()
    taken = {other.casefold() for other in others}
    unlike, number = name, 2
    while name and unlike.casefold() in taken:
        unlike = f"{name} ({number})"
        number += 1
    return unlike

"""The open document: the scenario and the plan, changed by patches only, and who is told about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app.language import tr
from app.model.patch import TABLES, Patch, State, table_of
from app.model.plan import Plan
from app.model.scenario import Scenario

Listener = Callable[["Change"], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One edit as it was made, so that it can be written down and made again.

    Parameters
    ----------
    name
        What the user reads in the menu, such as "Move 3 customers".
    patch
        What it changed.
    undone
        Whether the edit of that name was taken back; the patch is the way back then.
    """

    name: str
    patch: Patch
    undone: bool = False

    @property
    def title(self) -> str:
        """What it is called in a list of edits."""
        return tr("Undo {edit}", edit=self.name) if self.undone else self.name


@dataclass(frozen=True, slots=True)
class Change:
    """What an applied patch touched, so that each view knows whether to refresh, and how much.

    Parameters
    ----------
    kinds
        Some of ``depots``, ``vehicles``, ``customers``, ``profiles``, ``zones``, ``settings``, ``matrix``, ``plan``.
    ids
        Per table that changed, the ids of the items that were added, removed or replaced.
    moved
        The tables in which rows appeared, disappeared or changed places; in the others only contents changed.
    step
        The edit behind it; None where another document or variant was put in place of this one.
    """

    kinds: frozenset[str] = frozenset()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()
    step: Step | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, step: Step) -> Change:
        """Return what an edit touches."""
        patch = step.patch
        swaps = {"settings": patch.settings, "matrix": patch.matrix, "plan": patch.plan}
        return cls(
            frozenset(patch.rows) | {kind for kind, swap in swaps.items() if swap is not None},
            {kind: frozenset(rows.before) | frozenset(rows.after) for kind, rows in patch.rows.items()},
            frozenset(kind for kind, rows in patch.rows.items() if rows.moved),
            step,
        )

    def touches(self, *kinds: str) -> bool:
        """Whether anything of one of these kinds changed."""
        return not self.kinds.isdisjoint(kinds)

    def of_kind(self, kind: str) -> frozenset[str]:
        """Return the ids of a table that changed; none when the table did not change."""
        return self.ids.get(kind, frozenset())

    @property
    def changes_problem(self) -> bool:
        """Whether the scenario changed, not only the plan."""
        return bool(self.kinds - {"plan"})


class Document:
    """A scenario and a plan for it.

    Parameters
    ----------
    scenario, plan
        What it holds first; empty ones when left out.
    """

    def __init__(self, scenario: Scenario | None = None, plan: Plan | None = None):
        self._state = State(scenario or Scenario(), plan or Plan())
        self._listeners: list[Listener] = []

    @property
    def state(self) -> State:
        """Scenario and plan, as the functions of `app.model.changes` take them."""
        return self._state

    @property
    def scenario(self) -> Scenario:
        """The present scenario."""
        return self._state.scenario

    @property
    def plan(self) -> Plan:
        """The present plan."""
        return self._state.plan

    def apply(self, patch: Patch, name: str = "", *, undone: bool = False) -> Change:
        """Change the document, tell every listener, and return what changed.

        Parameters
        ----------
        patch
            Made for the present state.
        name, undone
            See `Step`.

        Raises
        ------
        app.model.patch.StalePatchError
            If the patch was not made for the present state; the document stays as it is.
        """
        self._state = patch.applied(self._state)
        return self._tell(Change.of(Step(name, patch, undone)))

    def reset(self, scenario: Scenario, plan: Plan | None = None) -> Change:
        """Hold something else altogether, such as a file that was opened; every listener is told."""
        old, self._state = self._state, State(scenario, plan or Plan())
        ids = {kind: frozenset(table_of(old.scenario, kind)) | frozenset(table_of(scenario, kind)) for kind in TABLES}
        return self._tell(Change(frozenset((*TABLES, "settings", "matrix", "plan")), ids, frozenset(TABLES)))

    def put(self, state: State) -> Change:
        """Hold another state that is much like this one; listeners are told of no more than what differs."""
        patch = Patch.between(self._state, state)
        self._state = state
        return self._tell(replace(Change.of(Step("", patch)), step=None))

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every later `Change`.

        Returns
        -------
        callable
            Ends the subscription; calling it twice does no harm.
        """
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _tell(self, change: Change) -> Change:
        if change.kinds:
            for listener in tuple(self._listeners):
                listener(change)
        return change

"""The import of a road network in a process of its own, with progress, and a stop that leaves nothing behind."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.io.atomic import WriteError, explained
from app.io.networks import NetworkStore, read_summary
from app.io.osm_words import osm_problem_words
from app.language import tr
from solver.roads import import_process
from solver.roads.import_process import Keeping
from solver.roads.order import order_beside
from solver.roads.osm import OsmProblem, Stage
from solver.roads.osm.cutting import Bounds

logger = logging.getLogger(__name__)

Serve = Callable[[Connection, str, Bounds | None, str], None]
"""What the process runs: `solver.roads.import_process.serve`, or a test's own; it has to be importable by name."""

_STAGES = {
    Stage.WAYS: tr("Reading streets"),
    Stage.NODES: tr("Reading where they lie"),
    Stage.NETWORK: tr("Putting the network together"),
    Keeping.WRITING: tr("Writing the network"),
    Keeping.ORDERING: tr("Preparing it for searches"),
}


class RoadImport(QObject):
    """Imports road networks into a store, one at a time; no method but `shutdown` ever waits.

    Whatever goes wrong, what the store had before stays.

    Parameters
    ----------
    store
        Where networks are kept.
    parent
        Owner.
    serve
        What the process runs; tests put something of their own there.

    Signals
    -------
    started()
        An import is under way now.
    progressed(float, str)
        Share that is done, from 0 to 1, and what is being done.
    finished(app.io.networks.StoredNetwork)
        The network is in the store.
    failed(str)
        It is not; a sentence for the user.
    stopped()
        It was stopped.
    """

    started = Signal()
    progressed = Signal(float, str)
    finished = Signal(object)
    failed = Signal(str)
    stopped = Signal()

    _arrived = Signal(object, object)  # run, message

    def __init__(
        self, store: NetworkStore, parent: QObject | None = None, *, serve: Serve = import_process.serve
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._serve = serve
        self._run: _Run | None = None
        # Emitted in the run's thread; queued, so that everything else happens in the thread of the window.
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether an import is under way."""
        return self._run is not None

    def start(self, path: Path, name: str, bounds: Bounds | None = None, replaces: str = "") -> None:
        """Begin to import a file; does nothing while another import is under way.

        Parameters
        ----------
        path
            Of the OpenStreetMap file.
        name
            What the network is to be called.
        bounds
            South, west, north and east, degrees; all of the file when left out.
        replaces
            Id of an older network that goes once the new one is there.
        """
        if self._run is not None:
            return
        self._run = _Run(self._store, path, name, bounds, replaces, self._serve, self._arrived.emit)
        self._run.thread.start()
        self.started.emit()

    def stop(self) -> None:
        """End the import; `stopped` follows, or `finished` when it was too late."""
        if self._run is not None:
            self._run.stop()

    def shutdown(self) -> None:
        """End the import and wait for its process; afterwards no signal comes."""
        run, self._run = self._run, None
        if run is not None:
            run.stop()
            run.thread.join()

    def _on_arrived(self, run: _Run, message: object) -> None:
        if run is not self._run:
            return  # sent before it was shut down
        match message:
            case _Progress(share=share, stage=stage):
                self.progressed.emit(share, stage)
                return
        self._run = None
        run.thread.join()  # it sends nothing after this
        match message:
            case _Failed(words=words):
                self.failed.emit(words)
            case _Stopped():
                self.stopped.emit()
            case _:
                self.finished.emit(message)


@dataclass(frozen=True, slots=True)
class _Progress:
    share: float
    stage: str


@dataclass(frozen=True, slots=True)
class _Failed:
    words: str


class _Stopped:
    pass


class _Run:
    """One import: its process, and the thread that starts it, listens to it, and keeps what it has written.

    Processes are spawned, never forked: a fork would copy Qt's threads in the state of the moment.
    """

    def __init__(
        self,
        store: NetworkStore,
        path: Path,
        name: str,
        bounds: Bounds | None,
        replaces: str,
        serve: Serve,
        deliver: Callable[[_Run, object], None],
    ) -> None:
        self._store, self._path, self._name, self._bounds, self._replaces = store, path, name, bounds, replaces
        self._serve, self._deliver = serve, deliver
        self._stopping = threading.Event()
        self._lock = threading.Lock()  # of the process, between its start and its end
        self._process: Any = None
        self.thread = threading.Thread(target=self._import, name="road-import", daemon=True)

    def stop(self) -> None:
        """Kill the process; returns at once."""
        self._stopping.set()
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def _import(self) -> None:
        try:
            draft = self._store.draft()
        except WriteError as error:
            self._deliver(self, _Failed(str(error)))
            return
        try:
            result = self._answer(self._listen(draft), draft)
        except WriteError as error:
            result = _Failed(str(error))
        except Exception:  # whatever it is, the window has to hear of it
            logger.exception("the import of %s failed", self._path)
            result = _Failed(tr("The import failed. Details are in Help > Crash Reports."))
        finally:
            for path in (draft, order_beside(draft)):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
        self._deliver(self, result)

    def _listen(self, draft: Path) -> dict[str, Any]:
        """Run the process; return its last message, which is empty when it ended without one."""
        context = get_context("spawn")
        here, there = context.Pipe(duplex=False)
        arguments = (there, str(self._path), self._bounds, str(draft))
        process = context.Process(target=self._serve, args=arguments, name="routewright-import", daemon=True)
        last: dict[str, Any] = {}
        try:
            with self._lock:
                if self._stopping.is_set():
                    return last
                process.start()
                self._process = process
            there.close()  # else its death would not close the pipe
            with suppress(EOFError, OSError):
                while True:
                    message = json.loads(here.recv_bytes())
                    if "share" in message:
                        self._deliver(self, _Progress(float(message["share"]), _STAGES.get(message["stage"], "")))
                    else:
                        last = message
            process.join()
            return last
        finally:
            with self._lock:
                self._process = None
            there.close()
            here.close()

    def _answer(self, last: dict[str, Any], draft: Path) -> object:
        """Return what to tell; a network that was written is kept."""
        if "summary" in last:
            stored = self._store.adopt(draft, read_summary(last["summary"]), self._name)
            if self._replaces and self._replaces != stored.id:
                self._store.remove(self._replaces)
            return stored
        if self._stopping.is_set():
            return _Stopped()
        if "problem" in last:
            logger.warning("%s cannot be imported: %s %s", self._path, last["problem"], last.get("detail"))
            return _Failed(osm_problem_words(OsmProblem(last["problem"]), self._path.name))
        if "write" in last:
            with explained(draft.parent):
                raise OSError(int(last["write"]), "the network was not written")
        logger.error("the import's process ended unasked")
        return _Failed(
            tr("The import of {file} ended unexpectedly; perhaps there was not enough memory. Import a smaller area.",
               file=self._path.name)
        )  # fmt: skip

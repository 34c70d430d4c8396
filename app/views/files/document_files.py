"""The file of the document: open, save, save as, and the question about unsaved changes.

Reading and writing happen in the background; scenario and plan are immutable, so what is written is what was there
when the user asked for it, whatever is edited meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.edits.session import EditSession
from app.io.atomic import WriteError
from app.io.document import SUFFIX, LoadedDocument, load_document, save_variants
from app.io.fingerprint import Fingerprint, Place, fingerprint
from app.io.manifest import format_of
from app.io.originals import Outgrown, keep_original, originals_folder
from app.io.read_scenario import ReadResult, read_scenario
from app.io.versions import keep_version, versions_folder
from app.jobs.background import BackgroundRunner
from app.jobs.journal_keeper import JournalKeeper
from app.language import sentences, tr
from app.model.document import Step
from app.model.patch import State
from app.model.variants import Variants
from app.views.files.recent import RecentFiles
from app.views.files.target import ask_target, file_name
from app.views.theme import Theme

OPEN_FILTER = tr(
    "Everything Routewright opens (*.routewright *.zip *.vrp *.txt);;Routewright documents (*.routewright);;"
    "Zipped scenarios (*.zip);;VRPLIB (*.vrp);;Solomon (*.txt);;All files (*)"
)
SAVE_FILTER = tr("Routewright documents (*{suffix})", suffix=SUFFIX)


class DocumentFiles(QObject):
    """Knows where the document lives.

    Parameters
    ----------
    session
        The document.
    runner
        Does the reading and writing.
    recent
        Is told of every file.
    journal
        Is told where the document lives.
    theme, window
        Of the dialogs.

    Signals
    -------
    path_changed
        The document lives elsewhere now, or nowhere.
    done
        Something was saved; a sentence that need not stay.
    message
        A sentence that the user should read.
    """

    path_changed = Signal()
    done = Signal(str)
    message = Signal(str)

    def __init__(
        self,
        session: EditSession,
        runner: BackgroundRunner,
        recent: RecentFiles,
        journal: JournalKeeper,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._runner, self._recent = session, runner, recent
        self._journal, self._theme, self._window = journal, theme, window
        self._path: Path | None = None
        self._fingerprint: Fingerprint | None = None
        self._origin: Path | None = None  # a file that must not be written over

    @property
    def path(self) -> Path | None:
        """Where `save` writes to; None while the document has no file of its own."""
        return self._path

    @property
    def title(self) -> str:
        """What the document is called."""
        if self._origin is not None:
            return tr("{name} (read-only)", name=self._origin.stem)
        return self._path.stem if self._path else self._session.scenario.settings.name or tr("Untitled")

    # New and open

    def new(self) -> None:
        """Start with an empty scenario."""
        self.confirm_then(lambda: self._take(Variants.of(State()), None, saved=True))

    def ask_open(self) -> None:
        """Let the user choose a document or a scenario file."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open"), self._folder(), OPEN_FILTER)
        if name:
            self.open(Path(name))

    def ask_open_folder(self) -> None:
        """Let the user choose a folder of CSV files."""
        name = QFileDialog.getExistingDirectory(self._window, tr("Open Scenario Folder"), self._folder())
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a document, or import a scenario, after the question about unsaved changes."""
        self.confirm_then(lambda: self._read(path))

    def open_sample(self, path: Path) -> None:
        """Open a scenario that comes with the program: it has no file of its own, and nobody would miss it."""
        self.confirm_then(lambda: self._read(path, sample=True))

    def _read(self, path: Path, *, sample: bool = False) -> None:
        if not path.exists():
            self._recent.remove(path.absolute())
            self.message.emit(tr("{path} is not there any more.", path=path))
            return
        before = self._session.whole
        is_document = path.suffix.casefold() == SUFFIX and not path.is_dir()

        def work() -> tuple[Fingerprint | None, LoadedDocument | ReadResult]:
            found = fingerprint(path)  # first, so that what is written meanwhile is noticed later
            return found, load_document(path) if is_document else read_scenario(path)

        def done(read: tuple[Fingerprint | None, LoadedDocument | ReadResult]) -> None:
            if self._session.whole.same_as(before):
                self._on_read(path, *read, sample)
            else:  # edited while the file was read: ask again
                self.confirm_then(lambda: self._on_read(path, *read, sample))

        self._runner.run(
            tr("Opening {name}", name=path.name),
            work,
            done,
            lambda _: self.message.emit(tr("{name} could not be opened.", name=path.name)),
        )

    def _on_read(
        self, path: Path, found: Fingerprint | None, result: LoadedDocument | ReadResult, sample: bool
    ) -> None:
        if result.scenario is None:
            self._recent.remove(path.absolute())  # or every start would fail with it again

        def take() -> None:
            if not sample:
                self._recent.add(path)
            whole = not result.issues
            if isinstance(result, ReadResult):
                assert result.scenario is not None
                # The file still says all of it: only what is edited from here on could be lost.
                self._take(Variants.of(State(result.scenario)), None, saved=whole)
                return
            assert result.variants is not None
            if result.read_only:
                self._take(result.variants, None, saved=whole, origin=path)
                self.message.emit(result.notice)
                return
            self._take(result.variants, path if whole else None, saved=whole, found=found)

        if result.scenario is not None and not result.issues:
            take()
            return
        from app.views.dialogs.issues_dialog import IssuesDialog  # the start does without it

        damaged = isinstance(result, LoadedDocument) and result.damaged
        dialog = IssuesDialog(
            path.name, result.scenario, result.issues, self._runner, self._theme, self._window, damaged=damaged
        )
        dialog.accepted.connect(take)
        dialog.open()

    def take_unsaved(self, variants: Variants, path: Path | None, steps: Sequence[Iterable[Step]] = ()) -> None:
        """Open a document that no file holds as it is.

        Parameters
        ----------
        variants
            The document.
        path
            Where the user will want to save it; None for a new one.
        steps
            Of each variant, the edits that can be undone.
        """
        found = fingerprint(path) if path is not None else None
        self._take(variants, path, saved=False, found=found, steps=steps)

    def _take(
        self,
        variants: Variants,
        path: Path | None,
        *,
        saved: bool,
        found: Fingerprint | None = None,
        origin: Path | None = None,
        steps: Sequence[Iterable[Step]] = (),
    ) -> None:
        self._path, self._fingerprint, self._origin = path, found, origin
        self._session.load_variants(variants, saved=saved, steps=steps)
        self._tell_place()

    def _tell_place(self) -> None:
        self._journal.set_place(Place(self._path.absolute(), self._fingerprint) if self._path else None)
        self.path_changed.emit()

    # Save

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Write the document to its file, or ask for one; ``then`` is called when that has succeeded."""
        if self._path is None:
            self.save_as(then)
        else:
            self._write(self._path, then)

    def save_as(self, then: Callable[[], None] | None = None) -> None:
        """Ask for a file and write the document to it; ``then`` is called when that has succeeded."""
        name = self.title if self._origin is None else tr("{name} copy", name=self._origin.stem)
        beside = Path(self._folder())
        # What came with the program lies where nobody may write.
        folder = beside if os.access(beside, os.W_OK) else Path.home()
        suggested = str(folder / file_name(name, SUFFIX))
        path = ask_target(self._window, tr("Save As"), suggested, SAVE_FILTER, SUFFIX, only=True)
        if path is None:
            return
        if self._origin is not None and _is_same(path, self._origin):
            self.message.emit(
                tr("{name} is open read-only. Save under another name; that file stays as it is.", name=path.name)
            )
            return
        self._write(path, then)

    def _write(self, path: Path, then: Callable[[], None] | None) -> None:
        self._session.land()  # the plan that a search has offered, so that what is saved is a state of the document
        whole = self._session.whole

        def work() -> tuple[Fingerprint | None, bool, Outgrown | None]:
            root = versions_folder()
            kept = keep_version(path, root)
            outgrown = keep_original(path, originals_folder(), format_of(whole))
            self._journal.flush()
            save_variants(path, whole)
            return fingerprint(path), keep_version(path, root) and kept, outgrown

        def done(written: tuple[Fingerprint | None, bool, Outgrown | None]) -> None:
            self._path, self._origin = path, None
            self._fingerprint, kept, outgrown = written
            self._session.mark_saved(whole)
            self._recent.add(path)
            self._tell_place()
            self._tell_saved(path, kept, outgrown)
            if then is not None:
                then()

        def failed(error: Exception) -> None:
            text = str(error) if isinstance(error, WriteError) else tr("{name} could not be written.", name=path.name)
            self.message.emit(sentences(text, tr("The document is not saved.")))

        self._runner.run(tr("Saving {name}", name=path.name), work, done, failed)

    def _tell_saved(self, path: Path, kept: bool, outgrown: Outgrown | None) -> None:
        if outgrown is not None and outgrown.kept:
            self.done.emit(
                tr(
                    "Saved {name}. Older versions of Routewright will open it read-only; what it was before is kept "
                    "for good among the earlier versions.",
                    name=path.name,
                )
            )
        elif outgrown is not None:
            self.message.emit(
                tr(
                    "Saved {name}. Older versions of Routewright will open it read-only, and what it was before could "
                    "not be kept.",
                    name=path.name,
                )
            )
        elif not kept:
            self.message.emit(tr("Saved {name}, but its earlier version could not be kept.", name=path.name))
        else:
            self.done.emit(tr("Saved {name}.", name=path.name))

    # The question

    def confirm_then(self, act: Callable[[], None]) -> None:
        """Do something that ends the present document: at once when it is saved, else as the user answers."""
        if not self._session.modified:
            act()
            return
        buttons = QMessageBox.StandardButton
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "Routewright",
            tr("Save the changes to “{title}”?", title=self.title),
            buttons.Save | buttons.Cancel,
            self._window,
        )
        question.setObjectName("unsaved_question")
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setInformativeText(tr("Without saving, the changes since the last save are lost."))
        question.setDefaultButton(buttons.Save)
        question.setEscapeButton(buttons.Cancel)
        question.addButton(buttons.Discard).setAutoDefault(False)  # Enter never means it, even if it gets the focus
        for button, name in ((buttons.Save, "save"), (buttons.Discard, "discard"), (buttons.Cancel, "cancel")):
            question.button(button).setObjectName(f"unsaved_{name}")

        def answered(code: int) -> None:
            question.deleteLater()
            if code == buttons.Save.value:
                self.save(act)
            elif code == buttons.Discard.value:
                act()

        question.finished.connect(answered)
        question.open()

    def _folder(self) -> str:
        """Return where a file dialog should start: beside the document, or the file opened last."""
        latest = self._path or next(iter(self._recent.paths), None)
        return str(latest.parent) if latest else str(Path.home())


def _is_same(path: Path, other: Path) -> bool:
    """Whether two paths lead to the same file, by a link or in other letters."""
    with suppress(OSError):
        return path.samefile(other)
    return False  # one of them leads nowhere

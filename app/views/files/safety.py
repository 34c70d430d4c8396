"""Back to what was not saved, and to what was saved earlier."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.io.document import LoadedDocument
from app.io.journal.recovery import Unfinished, journals_folder, unfinished
from app.io.originals import all_versions_of, documents_with_any, originals_folder
from app.io.versions import Version, versions_folder
from app.jobs.background import BackgroundRunner
from app.jobs.journal_keeper import JournalKeeper
from app.language import tr, trn
from app.views.contents import moment
from app.views.files.document_files import DocumentFiles


class Safety(QObject):
    """Offers what crashed windows have left, and the earlier versions of documents.

    Parameters
    ----------
    files
        Takes what comes back.
    keeper
        Keeps what was recovered until it is saved.
    runner
        Looks for it and reads it.
    window
        Owns the dialogs.

    Signals
    -------
    done
        A sentence that need not stay.
    message
        A sentence that the user should read.
    """

    done = Signal(str)
    message = Signal(str)

    def __init__(self, files: DocumentFiles, keeper: JournalKeeper, runner: BackgroundRunner, window: QWidget) -> None:
        super().__init__(window)
        self._files, self._keeper, self._runner, self._window = files, keeper, runner, window
        self._offered: list[Unfinished] = []
        keeper.message.connect(self.message)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Say what each command of this object does."""
        return {"versions": self.show_versions, "recover": lambda: self.offer_recovery(asked=True)}

    def end(self, *, keep: bool) -> None:
        """End the journal of this window, and leave what was not decided upon to the next start.

        Parameters
        ----------
        keep
            Whether unsaved changes stay in the journal.
        """
        if not keep:
            self._keeper.drop()
        self._keeper.end()
        self._release()

    # What was not saved

    def offer_recovery(self, *, asked: bool = False) -> None:
        """Look for journals that nobody owns, and ask what is to become of them.

        Parameters
        ----------
        asked
            Whether the user wants to know, so that it is told, too, that there are none.
        """
        self._release()

        def done(found: list[Unfinished]) -> None:
            if found:
                self._ask(found)
            elif asked:
                self.done.emit(tr("There is nothing to recover."))

        self._runner.run(
            tr("Looking for unsaved work"),
            lambda: unfinished(journals_folder()),
            done,
            lambda _: self.message.emit(tr("Unsaved work of earlier windows could not be looked for.")),
        )

    def _release(self) -> None:
        for one in self._offered:
            one.release()
        self._offered = []

    def _ask(self, found: list[Unfinished]) -> None:
        from app.views.dialogs.recovery_dialog import RecoveryDialog  # the start does without it

        self._offered = found
        dialog = RecoveryDialog(found, self._window)
        dialog.discard_requested.connect(self._discard)
        dialog.recover_requested.connect(self._recover)
        dialog.rejected.connect(self._release)
        dialog.open()

    def _discard(self, one: Unfinished) -> None:
        self._offered.remove(one)
        one.discard()

    def _recover(self, one: Unfinished) -> None:
        self._offered.remove(one)
        self._release()
        self._offered = [one]  # until it is taken, which the user may yet decide against
        found = one.contents

        def take() -> None:
            assert found.variants is not None
            self._offered = []
            path = found.place.path if found.place is not None and found.place.unchanged else None
            self._files.take_unsaved(found.variants, path, found.steps)
            self._keeper.protect(one)
            self.done.emit(trn("Recovered {number} change.", "Recovered {number} changes.", found.edits))

        self._files.confirm_then(take)

    # What was saved earlier

    def show_versions(self) -> None:
        """Show the earlier versions of the open document, and of others."""
        passing, for_good, path = versions_folder(), originals_folder(), self._files.path
        documents = documents_with_any(passing, for_good)
        if path is not None and path.resolve() in documents:
            documents.remove(path.resolve())
            documents.insert(0, path.resolve())
        if not documents:
            self.done.emit(tr("There are no earlier versions yet: they are kept from the first save on."))
            return
        from app.views.dialogs.versions_dialog import VersionsDialog  # the start does without it

        dialog = VersionsDialog(
            documents, lambda document: all_versions_of(document, passing, for_good), self._runner, self._window
        )
        dialog.restore_requested.connect(self._restore)
        dialog.open()

    def _restore(self, version: Version, document: LoadedDocument) -> None:
        def take() -> None:
            assert document.variants is not None
            self._files.take_unsaved(document.variants, None)
            self.message.emit(
                tr(
                    "This is the version of {time}, as a new document. Save it to keep it.",
                    time=moment(version.saved),
                )
            )

        self._files.confirm_then(take)

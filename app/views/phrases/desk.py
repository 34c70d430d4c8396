"""Typed commands and questions in the window: they are looked at while they are typed, and done or asked with Enter."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.jobs.background import BackgroundRunner
from app.jobs.evaluation_service import EvaluationService
from app.jobs.newest import NewestOnly
from app.jobs.ranking import Ranking
from app.language import tr
from app.model.changes import Edit, EditRefusedError
from app.model.moves import Draft
from app.model.offers import Offer
from app.model.patch import StalePatchError
from app.model.phrases.completing import Completion, completions
from app.model.phrases.interpreting import interpreted
from app.model.phrases.language import grammar
from app.model.phrases.lexicon import Lexicon
from app.model.phrases.telling import told
from app.model.phrases.understanding import Mistaken, Unclear, Understood, Unfinished, understand
from app.model.phrases.wishes import AskChanged, AskNotNext, Placing, Wish, wish_of
from app.model.proposal import Proposal
from app.views.language_model.desk import LanguageModelDesk
from app.views.phrases.command_line import CommandLine
from app.views.phrases.preview import previewed

logger = logging.getLogger(__name__)


class PhraseDesk(QObject):
    """Holds the plan while the line is open, so that what was looked at is what is done.

    Parameters
    ----------
    session, selection
        What is changed, and what is selected: whom a command was about.
    evaluations
        Has the problem that moves are priced with.
    window
        Over which the line opens.

    Signals
    -------
    asked(app.model.why.questions.Question)
        A question was typed.
    changes_asked
        It was asked what has changed.
    next_asked(str)
        It was asked why a customer does not come next after what is selected; "" for the second selected stop.
    said(str)
        What was done.
    not_understood(str)
        This was meant to be done or asked.
    """

    asked = Signal(object)
    not_understood = Signal(str)
    changes_asked = Signal()
    next_asked = Signal(str)
    said = Signal(str)

    def __init__(
        self, session: EditSession, selection: Selection, evaluations: EvaluationService, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._selection = session, selection
        self._grammar = grammar()
        self._lexicon: Lexicon | None = None
        self._runner = BackgroundRunner(self)
        self._sorting = NewestOnly(self._runner, tr("Sorting names"), self._on_sorted, self._on_failed)
        self._ranking = Ranking(evaluations, self)
        self._ranking.ranked.connect(self._on_ranked)
        self._ranking.refused.connect(self._on_refused)
        self._wish: Wish | None = None
        self._proposal: Proposal | None = None
        self._about = ""  # id of the customer that the wish is about
        self._entered = ""  # what is done as soon as it can be
        self.line = CommandLine(window)
        self.line.typed.connect(self._on_typed)
        self.line.entered.connect(self._on_entered)
        self.line.closed.connect(self._on_closed)
        session.replaced.connect(self.line.close_line)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {"type_command": self.open}

    def open(self) -> None:
        """Let the user type."""
        if self.line.isVisible():
            return
        self._session.hold()
        self.line.open_line(tr("Such as: assign Aalto to van 3, or: why is Aalto unassigned"))

    def take_reader(self, reader: LanguageModelDesk) -> None:
        """Let a language model, where there is one, read what is not understood."""
        self.not_understood.connect(reader.interpret)
        reader.reading.connect(lambda text: self._tell(text, tr("The language model reads the question…")))
        reader.read.connect(self._on_read)
        reader.unread.connect(lambda text, why: self._tell(text, why, error=True))

    def close(self) -> None:
        """End the threads; afterwards nothing is said."""
        self.line.close_line()
        self._ranking.close()
        self._runner.close()

    # What is typed

    def _on_typed(self, text: str) -> None:
        self._wish = self._proposal = None
        self._entered = self._about = ""
        self._ranking.drop()
        lexicon = self._lexicon
        if lexicon is None or lexicon.state is not self._session.state:
            state, words = self._session.state, self._grammar.keywords

            def sort() -> Lexicon:
                made = Lexicon(state, words, lexicon)
                made.prepare()
                return made

            self._sorting.submit(sort)
            return
        ways = completions(text, self._grammar, lexicon)
        answer = understand(text, self._grammar, lexicon)
        match answer:
            case Understood():
                self.line.show_ways(ways)
                self._look_at(answer)
            case Unclear(choices=choices):
                meant = tuple(Completion(one.text, one.text, whole=True) for one in choices)
                self.line.show_ways(meant)
                self.line.show_word(tr("This can mean several things: choose one."))
            case Unfinished() | Mistaken():
                self.line.show_ways(ways)
                going_on = bool(ways) or not text.strip()
                self.line.show_word("" if going_on else told(answer), error=isinstance(answer, Mistaken))

    def _look_at(self, understood: Understood) -> None:
        state = self._session.state
        try:
            wish = wish_of(understood.meaning, understood.values, state)
        except EditRefusedError as refusal:
            self.line.show_word(str(refusal), error=True)
            return
        customer = understood.values.get("customer")
        self._about = customer if isinstance(customer, str) else ""
        self._wish = wish
        self.line.show_word(previewed(wish, None, state))
        if isinstance(wish, Draft):
            self._ranking.ask(state, lambda pricing: [Offer(None, "", 0, pricing.proposal(wish))])
        elif isinstance(wish, Placing):
            self._ranking.ask(state, lambda pricing: [Offer(None, "", 0, wish.proposal(pricing))])

    def _on_sorted(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        if self.line.isVisible():
            entered = self._entered
            self._on_typed(self.line.line.text())
            if entered:
                self._on_entered(entered)

    def _on_failed(self, error: Exception) -> None:
        logger.error("the names of a scenario could not be sorted", exc_info=error)
        self.line.show_word(
            tr("The names of this scenario could not be read. Details are in Help > Crash Reports."), error=True
        )

    def _on_ranked(self, offers: tuple[Offer, ...]) -> None:
        wish = self._wish
        if not offers or wish is None:
            return
        self._proposal = offers[0].proposal
        self.line.show_word(previewed(wish, self._proposal, self._session.state))
        if self._entered:
            self._do()

    def _on_refused(self, sentence: str) -> None:
        """Say why something has no price; what needs none is done all the same."""
        if isinstance(self._wish, Placing):
            self._wish, self._entered = None, ""
            self.line.show_word(sentence, error=True)

    def _tell(self, typed: str, text: str, *, error: bool = False) -> None:
        """Say something of a text, if it is still there."""
        if self.line.isVisible() and self.line.line.text() == typed:
            self.line.show_word(text, error=error)

    def _on_read(self, typed: str, reply: str) -> None:
        """Put the question that a language model has read into the line, where Enter asks it."""
        if self._lexicon is None or not self.line.isVisible() or self.line.line.text() != typed:
            return
        understood = interpreted(reply, typed, self._grammar, self._lexicon)
        if understood is None:
            self._tell(typed, tr("The language model does not understand this question either."), error=True)
        else:
            self.line.line.setText(understood.text)

    # What is done

    def _on_entered(self, text: str) -> None:
        if self._sorting.busy or (isinstance(self._wish, Placing) and self._proposal is None and self._ranking.busy):
            self._entered = text  # it is done as soon as it can be
        elif self._wish is not None:
            self._entered = text
            self._do()
        elif self._lexicon is not None:
            answer = understand(text, self._grammar, self._lexicon)
            if isinstance(answer, Mistaken | Unfinished):
                self.line.show_word(told(answer), error=isinstance(answer, Mistaken))
            if isinstance(answer, Mistaken):
                self.not_understood.emit(text)

    def _do(self) -> None:
        wish, about = self._wish, self._about
        self.line.remember(self._entered)
        self._entered = ""
        match wish:
            case Edit(name=name, patch=patch):
                done = self._done(lambda: self._session.do(name, patch), name, about)
            case Draft():
                done = self._done(lambda: self._session.move(wish), wish.name, about)
            case Placing():
                proposal = self._proposal
                assert proposal is not None
                done = self._done(lambda: self._session.move(proposal.draft), proposal.draft.name, about)
            case AskChanged():
                self.line.close_line()
                self.changes_asked.emit()
                return
            case AskNotNext(instead=instead):
                self.line.close_line()
                self.next_asked.emit(instead)
                return
            case _:
                self.line.close_line()
                self.asked.emit(wish)
                return
        if done:
            self.line.close_line()

    def _done(self, act: Callable[[], bool], name: str, about: str) -> bool:
        try:
            if act():
                self.said.emit(tr("{name}: done. Undo brings back what was.", name=name))
            else:
                self.said.emit(tr("{name}: it was so already.", name=name))
        except EditRefusedError as refusal:
            self.line.show_word(str(refusal), error=True)
            return False
        except StalePatchError:
            self.line.show_word(
                tr("The plan has changed in the meantime, so this was not done. Try again."), error=True
            )
            return False
        if about:
            self._selection.set([("customers", about)])
        return True

    def _on_closed(self) -> None:
        self._wish = self._proposal = None
        self._entered = ""
        self._ranking.drop()
        self._session.release()

"""One answer: what was asked, what is said of it, its charts, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.edits.selection import Item
from app.language import tr
from app.model.changes import Edit
from app.model.why.explanation import Bar, Explanation, Verdict
from app.model.why.facts import Sentence
from app.model.why.questions import (
    Binding,
    WhatChanged,
    WhatCosts,
    WhyNotNext,
    WhyRoute,
    WhyUnassigned,
    WhyVehicle,
)
from app.views.theme import GAP, MARGIN
from app.views.why.bar_chart import MOST, BarChart
from app.views.why.flow import FlowLayout
from app.views.why.sentences import Sentences

VERDICTS = {
    Verdict.BETTER: tr("✓ There is something better"),
    Verdict.SAME: tr("≈ It costs the same"),
    Verdict.WORSE: tr("▲ Anything else costs more or breaks a rule"),
    Verdict.INFEASIBLE: tr("✕ Anything else breaks a rule"),
}
"""A sign and words for what comes of the alternative."""

VERDICTS_OF: dict[type[object], dict[Verdict, str]] = {
    WhatChanged: {
        Verdict.BETTER: tr("✓ Better than before"),
        Verdict.SAME: tr("≈ As good as before"),
        Verdict.WORSE: tr("▲ Worse than before"),
    },
    WhyUnassigned: {
        Verdict.BETTER: tr("✓ There is room for it"),
        Verdict.WORSE: tr("▲ It costs more than leaving it out"),
        Verdict.INFEASIBLE: tr("✕ Every place breaks a rule"),
    },
    WhyNotNext: {
        Verdict.BETTER: tr("✓ That would be better"),
        Verdict.SAME: tr("≈ That would cost the same"),
        Verdict.WORSE: tr("▲ That would cost more"),
        Verdict.INFEASIBLE: tr("✕ That would break a rule"),
    },
}
"""The same for questions about something else."""


class Card(QFrame):
    """Shows an `Explanation`, and another one in its place when more is known.

    What has been unfolded stays so from answer to answer.

    Parameters
    ----------
    name
        Of the object.
    corner
        Stands beside the title.
    parent
        Owner.

    Signals
    -------
    selection_requested
        A frozenset of items that the answer speaks of.
    edit_requested(app.model.changes.Edit)
        What should be done.
    drawn_requested(str)
        The name of the evidence that should be drawn over the plan, or "".
    question_requested
        Another question, which takes searches.
    copy_requested
        The answer should be copied as text.
    explained
        An `Explanation` is shown, in the program's words.
    """

    selection_requested = Signal(object)
    edit_requested = Signal(object)
    drawn_requested = Signal(str)
    question_requested = Signal(object)
    copy_requested = Signal()
    explained = Signal(object)

    def __init__(self, name: str, corner: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.explanation: Explanation | None = None
        self._every = False
        self.title, self.verdict = _label("why_title", strong=True), _label("why_verdict")
        self.short, self.long = Sentences("why_short"), Sentences("why_long", listed=True)
        self.wording = _link(tr("Words of a language model"), "why_wording")
        self.wording.setCheckable(True)
        self.wording.setChecked(True)
        self._words = ""  # of a language model, where there are some
        self.more, self.split = _link(tr("More"), "why_more"), _link(tr("Parts of the cost"), "why_split")
        self.more.setCheckable(True)
        self.split.setCheckable(True)
        self.alternatives, self.parts, self.remedies = BarChart(), BarChart(), BarChart(lines=2)
        self.alternatives.setObjectName("why_alternatives")
        self.alternatives.setAccessibleName(tr("Alternatives, and what each would change"))
        self.parts.setObjectName("why_parts")
        self.parts.setAccessibleName(tr("What the difference is made of"))
        self.remedies.setObjectName("why_remedies")
        self.remedies.setAccessibleName(tr("What would help"))
        self.every = _link("", "why_every")
        self.parts_head = _label("why_parts_head", muted=True)
        self.remedies_head = _label("why_remedies_head", muted=True)
        self.edit = _label("why_edit", muted=True)
        self.do, self.hold = QPushButton(tr("Do it")), QPushButton(tr("Do it and lock it"))
        self.do.setObjectName("why_do")
        self.hold.setObjectName("why_hold")
        self.search = QPushButton()
        self.search.setObjectName("why_search")
        self.draw = _link(tr("Show on the map"), "why_draw")
        self.draw.setCheckable(True)
        self.copy = _link(tr("Copy as text"), "why_copy")
        for button, name, tip in (
            (self.more, tr("More"), tr("Show all that can be said, or only the answer")),
            (self.split, tr("Parts of the cost"), tr("Show or hide what the difference is made of")),
            (
                self.wording,
                tr("Words of a language model"),
                tr("Its numbers and names have been compared with the answer. Press to read the answer itself."),
            ),
            (self.every, tr("Show all"), tr("Show all alternatives")),
            (self.do, tr("Do it"), tr("Make it so, as one step that can be undone")),
            (self.hold, tr("Do it and lock it"), tr("Make it so, and keep searches from changing it back")),
            (self.search, tr("Search further"), tr("Search in the background; the plan stays as it is")),
            (self.draw, tr("Show on the map"), tr("Draw over the plan what it would be")),
            (self.copy, tr("Copy as text"), tr("Put the whole answer on the clipboard")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        for chart in (self.alternatives, self.parts, self.remedies):
            chart.setAccessibleDescription(tr("The arrow keys walk the bars"))
        self._lay_out(corner)
        self._connect()

    def show_explanation(self, explanation: Explanation) -> None:
        """Show an answer; charts keep their current rows where they can."""
        former = self.explanation
        self.explanation = explanation
        if former is None or former.question != explanation.question:
            self._every = False
            self.draw.setChecked(False)
            for chart in (self.alternatives, self.parts, self.remedies):
                chart.set_current(-1)
        self.title.setText(explanation.title)
        said = VERDICTS_OF.get(type(explanation.question), VERDICTS).get(explanation.verdict, "")
        self.verdict.setText(said)
        self.verdict.setVisible(bool(said))
        self._words = ""
        self._say()
        self._refresh()
        self.explained.emit(explanation)

    def show_wording(self, explanation: Explanation, words: str) -> None:
        """Say an answer in other words, unless another one is shown by now."""
        if explanation is self.explanation:
            self._words = words
            self._say()

    def _lay_out(self, corner: QWidget | None) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        if corner is not None:
            head.addWidget(corner, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        for widget in (self.short, self.verdict, self.long):
            layout.addWidget(widget)
        layout.addLayout(_row(self.wording, self.more, self.split))
        layout.addWidget(self.alternatives)
        layout.addWidget(self.every)
        layout.addWidget(self.remedies_head)
        layout.addWidget(self.remedies)
        layout.addWidget(self.parts_head)
        layout.addWidget(self.parts)
        layout.addWidget(self.edit)
        layout.addLayout(_row(self.do, self.hold, self.search))
        layout.addLayout(_row(self.draw, self.copy))

    def _connect(self) -> None:
        self.more.toggled.connect(self._on_more)
        self.split.toggled.connect(lambda _: self._refresh())
        self.wording.toggled.connect(lambda _: self._say())
        self.short.chosen.connect(self.selection_requested)
        self.long.chosen.connect(self.selection_requested)
        self.every.clicked.connect(self._on_every)
        self.do.clicked.connect(lambda: self._do(held=False))
        self.hold.clicked.connect(lambda: self._do(held=True))
        self.search.clicked.connect(self._on_search)
        self.draw.toggled.connect(self._on_draw)
        self.copy.clicked.connect(self.copy_requested)
        for chart in (self.alternatives, self.remedies):
            chart.current_changed.connect(lambda _: self._refresh_actions())
            chart.chosen.connect(lambda row, chart=chart: self._on_chosen(chart.bars[row]))
            chart.done.connect(lambda row, chart=chart: self._on_done(chart.bars[row]))

    # What is shown

    def _say(self) -> None:
        """Show the answer, in the words of a language model where there are some and they are wanted."""
        explanation = self.explanation
        if explanation is None:
            return
        self.wording.setVisible(bool(self._words))
        if self._words and self.wording.isChecked():
            self.short.show_sentences((Sentence(self._words, {}),))
        else:
            self.short.show_sentences(explanation.short, about(explanation.question))

    def _refresh(self) -> None:
        explanation = self.explanation
        if explanation is None:
            return
        self.long.show_sentences(explanation.long, about(explanation.question))
        of_route = isinstance(explanation.question, WhyRoute)  # its legs are what was asked for
        self.more.setVisible(bool(explanation.long) and not of_route)
        self.long.setVisible((self.more.isChecked() or of_route) and bool(explanation.long))
        shown = explanation.alternatives if self._every else explanation.alternatives[:MOST]
        self.alternatives.set_alternatives(shown)
        hidden = len(explanation.alternatives) - MOST
        self.every.setVisible(hidden > 0 and not self._every)
        self.every.setText(tr("Show all {number}", number=len(explanation.alternatives)))
        self.remedies.set_alternatives(explanation.remedies)
        self.remedies_head.setText(tr("What would help, and what the plan would cost more or less then:"))
        self.remedies_head.setVisible(bool(explanation.remedies))
        folds = bool(explanation.alternatives or explanation.remedies)  # else the parts are the only chart
        self.split.setVisible(folds and bool(explanation.parts))
        parts = explanation.parts if self.split.isChecked() or not folds else ()
        self.parts.set_parts(parts)
        self.parts_head.setText(tr("What its cost is made of:") if of_route else tr("What the difference is made of:"))
        self.parts_head.setVisible(bool(parts))
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        explanation = self.explanation
        if explanation is None:
            return
        bar = self._current()
        edit = bar.edit if bar is not None else next(iter(explanation.edits), None)
        self.do.setVisible(edit is not None)
        self.edit.setVisible(edit is not None)
        self.edit.setText(edit.name if edit is not None else "")
        self.do.setAccessibleName(tr("Do it: {edit}", edit=edit.name) if edit is not None else tr("Do it"))
        breaks = bool(bar.broken) if bar is not None else explanation.verdict is Verdict.INFEASIBLE
        self.do.setText(tr("Do it all the same") if breaks else tr("Do it"))  # nobody should do that unawares
        better = explanation.verdict is Verdict.BETTER and bar is None
        if self.do.property("primary") is not better:
            self.do.setProperty("primary", better)
            self.do.style().polish(self.do)
        self.hold.setVisible(bar is None and len(explanation.edits) > 1)
        asks = self._deeper()
        self.search.setVisible(asks is not None)
        self.search.setText(asks[0] if asks is not None else "")
        self.search.setAccessibleName(asks[0] if asks is not None else tr("Search further"))
        self.draw.setVisible(bool(self._drawable()))
        if self.draw.isChecked():
            self.drawn_requested.emit(self._drawable())

    def _current(self) -> Bar | None:
        """Return the bar that is chosen, if one is."""
        for chart in (self.remedies, self.alternatives):
            if 0 <= chart.current < len(chart.bars):
                return chart.bars[chart.current]
        return None

    def _deeper(self) -> tuple[str, WhyVehicle | WhyUnassigned | WhatCosts] | None:
        """Return what can be searched for beyond this answer, with the text of the button."""
        match self.explanation.question if self.explanation is not None else None:
            case WhyVehicle(customer=customer, resolved=False):
                return tr("Search with all else free"), WhyVehicle(customer, resolved=True)
            case WhyUnassigned(customer=customer, remedies=False):
                return tr("What would help?"), WhyUnassigned(customer)
            case WhyRoute():
                return tr("What does each vehicle cost?"), WhatCosts(frozenset({Binding.VEHICLE}))
        return None

    def _drawable(self) -> str:
        """Return the name of the evidence that can be drawn: that of the chosen bar, or the one that is proposed."""
        explanation, bar = self.explanation, self._current()
        if explanation is None:
            return ""
        name = bar.number.at if bar is not None else explanation.proposed
        return (
            name if name in explanation.evidence and explanation.evidence[name].plan != explanation.state.plan else ""
        )

    # What is done

    def _do(self, *, held: bool) -> None:
        explanation, bar = self.explanation, self._current()
        if bar is not None and bar.edit is not None:
            self.edit_requested.emit(bar.edit)
        elif explanation is not None and explanation.edits:
            self.edit_requested.emit(explanation.edits[1 if held and len(explanation.edits) > 1 else 0])

    def _on_chosen(self, bar: Bar) -> None:
        if bar.items:
            items: frozenset[Item] = frozenset(bar.items)
            self.selection_requested.emit(items)

    def _on_done(self, bar: Bar) -> None:
        edit: Edit | None = bar.edit
        if edit is not None:
            self.edit_requested.emit(edit)

    def _on_search(self) -> None:
        asks = self._deeper()
        if asks is not None:
            self.question_requested.emit(asks[1])

    def _on_more(self, whole: bool) -> None:
        self.more.setText(tr("Less") if whole else tr("More"))
        self._refresh()

    def _on_every(self) -> None:
        self._every = True
        self._refresh()

    def _on_draw(self, wanted: bool) -> None:
        self.drawn_requested.emit(self._drawable() if wanted else "")


def about(question: object) -> frozenset[Item]:
    """Return what a question is about, if that is a customer."""
    customer = getattr(question, "customer", None) or getattr(question, "to", None)
    return frozenset() if customer is None else frozenset({("customers", customer)})


def _row(*widgets: QWidget) -> FlowLayout:
    row = FlowLayout(GAP)
    for widget in widgets:
        row.addWidget(widget)
    return row


def _label(name: str, *, strong: bool = False, muted: bool = False) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if strong:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    if muted:
        label.setProperty("muted", True)
    return label


def _link(text: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setAutoRaise(True)
    return button

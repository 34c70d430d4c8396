"""``python -m app compare FILE…``: plans side by side by their figures, with no display and no Qt.

Exit codes: 0 when all went well, 2 when the input is not what was expected.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.io.document import SUFFIX, LoadedDocument
from app.io.read_any import read_any
from app.model.comparison import Row, Unit, compared, shown
from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, evaluate
from app.model.patch import State
from app.model.units import span
from app.model.validate import ScenarioError
from app.network_argument import use_own_networks
from solver.commands.arguments import Parser

FINE, WRONG_INPUT = 0, 2
_LISTED = 20
BEST = "*"
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class _Column:
    """One plan: what it is called, its figures, and why there are none."""

    name: str
    currency: str
    plan: Evaluation | None
    note: str = ""


def main(arguments: Sequence[str]) -> int:
    """Run the command and return the exit code.

    Parameters
    ----------
    arguments
        What stands behind ``compare``.
    """
    chosen = _parser().parse_args(arguments)
    use_own_networks()
    named: list[tuple[str, State]] = []
    for file in chosen.files:
        found = _variants(file, alone=len(chosen.files) == 1)
        if not found:
            return WRONG_INPUT
        named += found
    names = _told_apart([name for name, _ in named])
    if len(names) < 2:
        print(f"{names[0]} is the only plan: name another file to compare it with.", file=sys.stderr)
        return WRONG_INPUT
    if chosen.base is not None and chosen.base not in names:
        print(f"There is no plan {chosen.base!r}; there are {', '.join(names)}.", file=sys.stderr)
        return WRONG_INPUT
    base = names.index(chosen.base) if chosen.base is not None else 0
    columns = [_column(name, state) for name, (_, state) in zip(names, named, strict=True)]
    one_currency = len({column.currency for column in columns}) == 1
    rows = compared([column.plan for column in columns], one_currency=one_currency)
    if chosen.json:
        print(json.dumps(_record(columns, rows, base), ensure_ascii=False))
    else:
        print("\n".join(_lines(columns, rows, base)))
    return FINE


def _parser() -> Parser:
    parser = Parser(prog="routewright compare", description="Show plans side by side by their figures.")
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help=f"a {SUFFIX} document, each variant in it counts; or a scenario, which has no plan",
    )
    parser.add_argument("--base", metavar="NAME", help="the plan that differences refer to; the first by default")
    parser.add_argument("--json", action="store_true", help="print one line of JSON in place of a table")
    return parser


def _variants(file: str, *, alone: bool) -> list[tuple[str, State]]:
    """Return the plans of a file with their names; none, and a word why, when it cannot be used as it is."""
    result = read_any(file)
    if result.scenario is None or result.issues:
        print(f"{file} cannot be compared as it is:", file=sys.stderr)
        for issue in result.issues[:_LISTED]:
            print(f"  {issue}", file=sys.stderr)
        if len(result.issues) > _LISTED:
            print(f"  and {len(result.issues) - _LISTED} more", file=sys.stderr)
        return []
    title = Path(file).stem
    variants = result.variants if isinstance(result, LoadedDocument) else None
    if variants is None:
        return [(title, State(result.scenario))]
    if len(variants.items) == 1:
        return [(title, variants.state)]
    return [(one.name if alone else f"{title}: {one.name}", one.state) for one in variants.items]


def _told_apart(names: Sequence[str]) -> list[str]:
    """Return the names, those that come again with a number."""
    made: list[str] = []
    for name in names:
        unlike, number = name, 2
        while unlike in made:
            unlike, number = f"{name} ({number})", number + 1
        made.append(unlike)
    return made


def _column(name: str, state: State) -> _Column:
    currency = state.scenario.settings.currency
    if not state.plan.routes:
        return _Column(name, currency, None, "there is no plan")
    try:
        return _Column(name, currency, evaluate(state.scenario, compile_scenario(state.scenario), state.plan))
    except ScenarioError as error:
        return _Column(name, currency, None, str(error.issues[0]))


def _lines(columns: Sequence[_Column], rows: Sequence[Row], base: int) -> Iterator[str]:
    table = [["", *_headings(columns, base)]]
    for row in rows:
        cells = ["  " * row.measure.part + row.measure.title]
        for place, column in enumerate(columns):
            amount = row.amounts[place]
            text = NOTHING if amount is None else _amount(amount, row.measure.unit, column.currency)
            cells.append(f"{BEST} {text}" if place in row.best else text)
            if place != base:
                cells.append(_difference(row, place, base, column.currency))
        table.append(cells)
    widths = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    for line in table:
        rest = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        yield "  ".join([line[0].ljust(widths[0]), *rest]).rstrip()
    if any(row.best for row in rows):
        yield f"{BEST} the best of its row"
    for column in columns:
        if column.note:
            yield f"{column.name}: {column.note}"
        elif column.plan is not None:
            for one in column.plan.violations[:_LISTED]:
                yield f"{column.name}: {one.text}"


def _headings(columns: Sequence[_Column], base: int) -> Iterator[str]:
    for place, column in enumerate(columns):
        yield column.name
        if place != base:
            yield f"- {columns[base].name}"


def _difference(row: Row, place: int, base: int, currency: str) -> str:
    amount = row.difference(place, base)
    if amount is None:
        return NOTHING
    unit = row.measure.unit
    if not shown(amount, unit):
        return "="
    return f"{'+' if amount > 0 else '-'}{_amount(abs(amount), unit, currency)}"


def _amount(amount: float, unit: Unit, currency: str) -> str:
    match unit:
        case Unit.MONEY:
            return f"{amount:,.2f} {currency}".rstrip()
        case Unit.KILOMETRES:
            return f"{amount:,.1f} km"
        case Unit.SECONDS:
            return span(round(amount))
        case Unit.COUNT:
            return f"{amount:,.0f}"


def _record(columns: Sequence[_Column], rows: Sequence[Row], base: int) -> dict[str, Any]:
    return {
        "base": columns[base].name,
        "plans": [
            {
                "name": column.name,
                "currency": column.currency,
                "note": column.note,
                "figures": {row.measure.key: row.amounts[place] for row in rows},
                "best": [row.measure.key for row in rows if place in row.best],
                "violations": [one.text for one in column.plan.violations] if column.plan is not None else [],
            }
            for place, column in enumerate(columns)
        ],
    }

"""The report and its picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bench.peers.errors import MeasurementError
from tests.bench.starts.comparison import FEWEST, blocks_of
from tests.bench.starts.figure import COLOURS, DASHES, SHAPES, draw
from tests.bench.starts.report import PICTURE, write
from tests.bench.starts.rows import Row
from tests.bench.starts.samples import price, row

SVG = "{http://www.w3.org/2000/svg}"


def measured() -> list[Row]:
    rows = []
    for problem in range(FEWEST):
        for budget in (0.01, 0.1):
            costs = {"policy": 100 + budget * problem, "classical": 102, "random": 400, "auto": 102}
            rows += [row(init, cost, problem=problem, budget=budget, best_known=100.0) for init, cost in costs.items()]
            late = {"policy": price(130, missing=1), "classical": price(105)}
            rows += [
                row(init, cost, problem=problem, budget=budget, size="200", seconds=0.2) for init, cost in late.items()
            ]
    return rows


def test_tables_say_what_was_found(tmp_path: Path) -> None:
    text = write(measured(), tmp_path).read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("| Trained city, rich days | 100 | 0.1 s | 5 |"))
    assert " | 0.20 % | 2.00 % | 100.00 % | 2.00 % | **-1.80 [-1." in line
    assert "]** | 5 : 0 | **+1.80 [+1." in line
    assert "| 23.81 % (100 % infeasible, in 0.200 s) | 0.00 % (in 0.200 s) | – | – |" in text
    assert "- Trained city, rich days, 200, 0.01 s: policy is worse than classical by +23.81 [" in text
    assert "Trained city, rich days, 100, 0.01 s: policy is worse" not in text
    assert "100.00 % in 4.0 ms" in text
    assert (tmp_path / PICTURE).exists()
    with pytest.raises(MeasurementError, match="nothing has been measured yet"):
        write([], tmp_path)


def test_the_picture_tells_starts_apart_without_colour() -> None:
    picture = draw(blocks_of(measured()))
    assert "nan" not in picture
    root = ElementTree.fromstring(picture)
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert {"policy", "classical", "random", "auto", "100 clients, 5 problems", "200 clients, 5 problems"} <= set(texts)
    assert [rect.get("fill") for rect in root.iter(f"{SVG}rect")] == ["white"]
    assert len(set(COLOURS.values())) == len(set(DASHES.values())) == len(set(SHAPES.values())) == 4
    panels = list(root.iter(f"{SVG}g"))
    bands = [sum(path.get("fill-opacity") is not None for path in panel.iter(f"{SVG}path")) for panel in panels]
    assert bands == [4, 2]

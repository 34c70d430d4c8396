"""The README's section on the last measurement."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.peers.errors import MeasurementError
from tests.bench.peers.report import BEGIN, END, into_readme, results_of
from tests.bench.peers.samples import SELECTION, ours, outcome

ROOT = Path(__file__).resolve().parents[3]


def test_only_what_is_between_the_comments_is_rewritten(tmp_path: Path) -> None:
    readme, picture = tmp_path / "README.md", tmp_path / "pictures" / "curve.svg"
    readme.write_text(f"# Before\n\n{BEGIN}\nold\n{END}\n\n## After\n", "utf-8")
    results = results_of(SELECTION, [ours("a", 101), outcome("pyvrp", "a", 102, version="pyvrp==2", date="2026-01-03")])
    for _ in range(2):
        into_readme(SELECTION, results, readme, picture)
    text = readme.read_text("utf-8")
    assert text.startswith(f"# Before\n\n{BEGIN}\n\n- Measured 2026-01-02 to 2026-01-03 on a machine.\n")
    assert text.endswith(f"|\n\n{END}\n\n## After\n")
    assert "old" not in text
    assert text.count("### Mean gap to the best known") == 1
    assert "](pictures/curve.svg)" in text
    assert "pyvrp==2" in text
    assert picture.read_text("utf-8").startswith("<svg ")


def test_without_a_place_or_results_nothing_is_written(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# Nothing here\n", "utf-8")
    with pytest.raises(MeasurementError, match="has no <!-- measured: begin"):
        into_readme(SELECTION, results_of(SELECTION, [ours("a", 101)]), readme, tmp_path / "x.svg")
    assert readme.read_text("utf-8") == "# Nothing here\n"
    with pytest.raises(MeasurementError, match="nothing has been measured"):
        results_of(SELECTION, [])


def test_the_readme_has_a_place_for_it() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert 0 < text.find(BEGIN) < text.find(END)

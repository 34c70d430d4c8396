"""How manifests break over pages, and what a sheet does with texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF

from app.io.navigation import Codes
from app.model.scenario import Settings
from app.paper.manifest import manifest_of
from app.paper.pages import FOOT, MAP_HEIGHT, SMALLEST_MAP, TALLEST_MAP, RoutePages
from app.paper.route_map import World
from app.paper.sheet import Paragraph, Sheet, font, printable
from app.paper.stop_list import HEAD, StageBox, broken_into_pages
from tests.app.paper.days import long_day

A4 = Sheet.of(QSizeF(595, 842))
LONG = {"name": "Zustellstützpunkt " * 20, "notes": "Ring at the blue gate.\n" * 60}
pytestmark = pytest.mark.usefixtures("qapp")


class Block:
    """A box of a height."""

    def __init__(self, height: float, leads: bool) -> None:
        self.height, self.leads = height, leads

    def draw(self, *_: object) -> None:
        """Draw nothing."""


@given(st.lists(st.builds(Block, st.floats(1, 40), st.booleans()), max_size=60), st.floats(0, 100))
def test_no_box_is_lost_cut_or_left_alone(boxes: list[Block], first: float) -> None:
    boxes.append(Block(5, False))
    for at in range(1, len(boxes)):  # as in a manifest, a box that leads is followed by one that does not
        boxes[at].leads &= not boxes[at - 1].leads
    pages = broken_into_pages(boxes, first, 200.0)
    assert [box for page in pages for box in page] == boxes
    for number, page in enumerate(pages):
        assert sum(box.height for box in page) <= (first if number == 0 else 200.0) or len(pages) == 1
        assert not page or not page[-1].leads
    if len(boxes) > 1:
        assert len(pages[-1]) > 1


def laid_out(stops: int, codes: Codes = Codes.PLACES, **changes: object) -> RoutePages:
    scenario, evaluation = long_day(stops, **changes)  # type: ignore[arg-type]
    manifest = manifest_of(scenario, evaluation, evaluation.routes[0], codes)
    return RoutePages.lay_out(manifest, A4, World(Settings()), "today")


@pytest.mark.parametrize("codes", Codes)
@pytest.mark.parametrize("changes", [{}, LONG], ids=["short", "long"])
def test_sixty_stops_break_well(codes: Codes, changes: dict[str, object]) -> None:
    pages = laid_out(60, codes, **changes).pages
    assert 3 <= len(pages) <= 14
    assert sum(not isinstance(box, StageBox) for page in pages for box in page) == 62
    room = A4.area.height() - FOOT - HEAD
    assert all(sum(box.height for box in page) <= room for page in pages)
    assert all(sum(box.height for box in page) >= room / 2 for page in pages[1:-1])
    assert not any(isinstance(page[-1], StageBox) for page in pages)


def test_the_map_takes_what_is_left_of_the_first_page() -> None:
    few, many = laid_out(1), laid_out(20)
    assert len(few.pages) == 1
    assert few.map_height == TALLEST_MAP
    assert MAP_HEIGHT <= many.map_height < few.map_height


def test_the_map_gives_way_where_that_saves_a_page() -> None:
    *_, most = (pages for stops in range(1, 15) if len((pages := laid_out(stops)).pages) == 1)
    assert SMALLEST_MAP <= most.map_height < MAP_HEIGHT


@pytest.mark.parametrize("most", [1, 3])
def test_a_long_text_ends_in_an_ellipsis_within_its_lines(most: int) -> None:
    one = Paragraph("W", font(9), 1000).height
    paragraph = Paragraph("word " * 500, font(9), 1000, most=most)
    assert paragraph.height == pytest.approx(most * one, rel=0.01)
    assert paragraph.width <= 1000
    assert paragraph.text.endswith("…")


@given(st.text(max_size=40))
def test_every_text_can_be_laid_out(text: str) -> None:
    paragraph = Paragraph(text, font(9), 300, most=2)
    assert paragraph.height >= 0
    assert paragraph.width <= 300 or len(paragraph.text) <= 2  # a letter that is wider than the line


def test_what_cannot_be_printed_is_left_out_and_lines_are_kept() -> None:
    assert printable("a\x00b\x1b[0m\r\n\r\n  c \x85d\ud800") == "ab[0m\u2028c\u2028d"

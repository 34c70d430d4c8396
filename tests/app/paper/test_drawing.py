"""What reaches the paper: codes that can be read, discs that do not hide each other, pages of a PDF."""

from __future__ import annotations

import re
from itertools import combinations
from math import hypot
from pathlib import Path

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.io.navigation import Codes, place_link
from app.io.progress import StoppedError
from app.paper.code import MASK, QUIET, draw_code
from app.paper.manifest import manifest_of
from app.paper.options import PaperOptions, PaperSize
from app.paper.press import NothingToPrintError, manifests_pdf, print_manifests
from app.paper.route_map import HOUSE, RADIUS, World, draw_map, spread
from tests.app.model.fake_roads import on_roads
from tests.app.paper.days import full_day, long_day

pytestmark = pytest.mark.usefixtures("qapp")
FRAME = QRectF(0, 0, 520, 180)


@given(st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
def test_a_code_has_the_modules_of_the_standard(place: tuple[float, float]) -> None:
    link = place_link(place)
    matrix = segno.make_qr(link, error="m", mask=MASK).matrix
    side = 8
    image = QImage((len(matrix) + 2 * QUIET) * side, (len(matrix) + 2 * QUIET) * side, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_code(painter, link, QRectF(image.rect()))
    painter.end()
    for row, modules in enumerate(matrix):
        for at, dark in enumerate(modules):
            x, y = round((at + QUIET + 0.5) * side), round((row + QUIET + 0.5) * side)
            assert (image.pixelColor(x, y).lightness() < 128) == bool(dark)
    border = [image.pixelColor(x, y).lightness() for x in range(image.width()) for y in (0, QUIET * side - 1)]
    assert min(border) == 255


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=25))
def test_discs_stay_in_the_frame_and_beside_each_other(stops: list[tuple[int, int]]) -> None:
    points = [QPointF(60 + x * 40, 30 + y * 12) for x, y in stops]
    depot = QPointF(260, 90)
    centres = spread(points, [depot], FRAME)
    assert len(centres) == len(points)
    for centre in centres:
        assert FRAME.contains(centre)
        assert hypot(centre.x() - depot.x(), centre.y() - depot.y()) >= min(HOUSE, RADIUS)
    for one, other in combinations(centres, 2):
        assert hypot(one.x() - other.x(), one.y() - other.y()) >= 2 * RADIUS


def test_a_stop_that_nothing_hides_is_where_it_is() -> None:
    stops = [QPointF(20, 20), QPointF(100, 100)]
    assert spread(stops, [QPointF(300, 90)], FRAME) == stops


def pages_of(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_a_pdf_has_a_page_set_for_each_route_with_stops() -> None:
    scenario, evaluation = full_day()
    data = manifests_pdf(scenario, evaluation, PaperOptions())
    assert data.startswith(b"%PDF-")
    assert pages_of(data) == 3  # the last one is of those who are in no route
    scenario, evaluation = long_day(60)
    assert 4 <= pages_of(manifests_pdf(scenario, evaluation, PaperOptions())) <= 8


@pytest.mark.parametrize(("size", "points"), [(PaperSize.A4, (595, 842)), (PaperSize.LETTER, (612, 792))])
def test_paper_is_of_the_size_that_was_chosen(size: PaperSize, points: tuple[int, int]) -> None:
    scenario, evaluation = full_day()
    data = manifests_pdf(scenario, evaluation, PaperOptions(size))
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    assert box is not None
    assert [round(float(side)) for side in box.groups()] == pytest.approx(points, abs=1)


@pytest.mark.parametrize("codes", Codes)
@pytest.mark.parametrize("plane", [False, True])
@pytest.mark.parametrize("end", [None, "D"])
def test_every_kind_of_day_can_be_drawn(codes: Codes, plane: bool, end: str | None) -> None:
    for stops in (1, 2, 11):
        scenario, evaluation = long_day(stops, plane=plane, end=end, notes="\x00", windows=())
        assert pages_of(manifests_pdf(scenario, evaluation, PaperOptions(codes=codes))) >= 1


def test_stops_in_one_place_and_across_the_world_can_be_drawn() -> None:
    for lat, lon in ((60.15, 24.9), (-33.9, 151.2), (89.9, -179.9)):
        scenario, evaluation = long_day(3, lat=lat, lon=lon)
        assert pages_of(manifests_pdf(scenario, evaluation, PaperOptions())) == 1


def test_it_says_how_far_it_is_and_can_be_stopped() -> None:
    scenario, evaluation = full_day()
    told: list[tuple[int, int]] = []
    manifests_pdf(scenario, evaluation, PaperOptions(), lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise StoppedError

    with pytest.raises(StoppedError):
        manifests_pdf(scenario, evaluation, PaperOptions(), stop)


def test_a_printer_gets_the_same_pages(tmp_path: Path) -> None:
    scenario, evaluation = long_day(60)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    print_manifests(printer, scenario, evaluation, PaperOptions())
    exported = manifests_pdf(scenario, evaluation, PaperOptions())
    assert pages_of((tmp_path / "printed.pdf").read_bytes()) == pages_of(exported)


@pytest.mark.filterwarnings("ignore")
def test_a_printer_that_does_not_begin_is_an_error(tmp_path: Path, qtlog: object) -> None:
    scenario, evaluation = full_day()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    with qtlog.disabled(), pytest.raises(NothingToPrintError):  # type: ignore[attr-defined]
        print_manifests(printer, scenario, evaluation, PaperOptions())


def test_the_map_has_streets_below_a_way_along_them_and_says_whose_they_are() -> None:
    scenario, evaluation = full_day()
    drawn = []
    with on_roads(scenario) as by_road:
        for one in (scenario, by_road):
            image = QImage(1200, 800, QImage.Format.Format_RGB32)
            image.fill(QColor("white"))
            world = World(one.settings)
            manifest = manifest_of(one, evaluation, evaluation.routes[0], Codes.NONE)
            painter = QPainter(image)
            draw_map(painter, QRectF(image.rect()), manifest, world)
            painter.end()
            drawn.append(image)
        assert world.streets is not None
        assert world.streets.attribution == "© OpenStreetMap contributors"
    plain, with_streets = (
        sum(image.pixelColor(x, 400).lightness() in range(200, 230) for x in range(1200)) for image in drawn
    )
    assert with_streets > plain

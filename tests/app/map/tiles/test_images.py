from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage

from app.map.tiles.images import KEPT_PIXELS, MOST_BYTES, decoded, exchanged
from tests.app.map.tiles.tile_server import picture

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    # Qt's readers say on their own what is wrong with damaged images
    pytest.mark.qt_log_level_fail("CRITICAL"),
]


@pytest.mark.parametrize(("kind", "drawn"), [("PNG", True), ("JPG", False), ("WEBP", False)])
def test_the_three_formats_are_read(kind: str, drawn: bool) -> None:
    read = decoded(picture("#4080c0", kind))
    assert read is not None
    assert read.drawn is drawn
    assert read.image.size().toTuple() == (256, 256)
    assert read.image.format() == QImage.Format.Format_RGB32
    colour = read.image.pixelColor(100, 100)
    assert abs(colour.red() - 0x40) + abs(colour.green() - 0x80) + abs(colour.blue() - 0xC0) < 12


def test_large_tiles_are_reduced_and_huge_ones_refused() -> None:
    read = decoded(picture(side=1024))
    assert read is not None
    assert read.image.width() == KEPT_PIXELS
    assert decoded(picture(side=4096)) is None


@pytest.mark.parametrize("kind", ["PNG", "JPG", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_what_is_cut_off_is_refused(kind: str, share: float) -> None:
    whole = picture("#4080c0", kind)
    assert decoded(whole[: int(share * len(whole))]) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>Sign in to the network</body></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>',
        b"BM" + bytes(200),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xff\xd9",
        b"RIFF\0\0\0\0WEBPVP8 ",
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    assert decoded(data) is None


def test_too_many_bytes_are_refused() -> None:
    assert decoded(picture() + bytes(MOST_BYTES)) is None


@given(st.binary(max_size=60), st.integers(0, 200))
def test_damaged_bytes_do_no_harm(patch: bytes, at: int) -> None:
    for kind in ("PNG", "JPG", "WEBP"):
        whole = picture("#4080c0", kind, side=8)
        decoded(whole[:at] + patch + whole[at + len(patch) :])


@given(st.integers(0, 0xFFFFFF), st.integers(0, 255))
def test_exchanging_light_and_dark_keeps_the_hue_and_can_be_undone(rgb: int, alpha: int) -> None:
    before = QColor.fromRgb(rgb)
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(before)
    after = exchanged(image).pixelColor(0, 0)
    assert after.lightness() == pytest.approx(255 - before.lightness(), abs=1)
    if before.hslSaturation() > 20:
        assert min(abs(after.hue() - before.hue()), 360 - abs(after.hue() - before.hue())) <= 4
    assert exchanged(exchanged(image)) == image
    before.setAlpha(alpha)
    clear = QImage(2, 2, QImage.Format.Format_ARGB32_Premultiplied)
    clear.fill(before)
    assert exchanged(clear).pixelColor(0, 0).alpha() == alpha
    assert exchanged(exchanged(clear)) == clear


def test_drawings_are_toned_and_photographs_are_not() -> None:
    light, photograph = decoded(picture("#ffffff")), decoded(picture("#ffffff", "JPG"))
    dark = decoded(picture("#ffffff"), dark=True)
    assert light is not None
    assert dark is not None
    assert photograph is not None
    assert dark.image.pixelColor(0, 0) == QColor("#000000")
    assert dark.toned(False).image == light.image
    assert light.toned(True).image == dark.image
    assert photograph.toned(True) is photograph

"""What the trial in a clean root tells is what was seen."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from clean_root.display import TooLateError, until
from clean_root.first_steps import parsed, times_of
from clean_root.picture import colours_of, png_of
from clean_root.report import Finding, write_report
from clean_root.root import Said, mirror_of

RED, GREEN, BLUE = "#ff0000", "#00ff00", "#0000ff"


def dump(rows: list[list[str]], padding: int = 4) -> bytes:
    """What xwd writes of a screen with these colours: a header, a name, a table of colours, lines with padding."""
    name = b"xwdump\0\0"
    header = [0] * 25
    header[0] = 100 + len(name)
    header[4], header[5], header[11], header[12], header[19] = (
        len(rows[0]),
        len(rows),
        32,
        4 * len(rows[0]) + padding,
        2,
    )
    dots = b"".join(
        b"".join(bytes((QColor(one).blue(), QColor(one).green(), QColor(one).red(), 0)) for one in row) + bytes(padding)
        for row in rows
    )
    return struct.pack(">25I", *header) + name + bytes(24) + dots


def test_a_picture_shows_what_the_screen_showed() -> None:
    image = QImage.fromData(png_of(dump([[RED, GREEN, BLUE], [BLUE, RED, GREEN]])))
    assert (image.width(), image.height()) == (3, 2)
    assert [image.pixelColor(x, 0).name() for x in range(3)] == [RED, GREEN, BLUE]
    assert image.pixelColor(0, 1).name() == BLUE


def test_a_screen_without_a_window_has_one_colour() -> None:
    assert colours_of(dump([["#000000"] * 40] * 4, padding=0)) == 1
    assert colours_of(dump([[RED] * 20 + [GREEN] * 20] * 4, padding=0)) == 2


def test_a_screen_of_another_depth_is_refused() -> None:
    other = bytearray(dump([[RED]]))
    struct.pack_into(">I", other, 4 * 12, 1)
    with pytest.raises(ValueError, match="1 bytes"):
        png_of(bytes(other))


def test_packages_come_from_where_this_machine_has_them() -> None:
    deb822 = (
        "Types: deb\nURIs: https://packages.example.org/tools\n\nTypes: deb\nURIs: http://near.example.org/debian\n"
    )
    assert mirror_of([deb822]) == "http://near.example.org/debian"
    assert mirror_of(["deb [signed-by=/a.gpg] http://near.example.org/debian bookworm main\n"]).startswith(
        "http://near"
    )
    assert mirror_of(["URIs: http://archive.example.org/ubuntu\n"]) == "http://deb.debian.org/debian"


def test_what_does_not_hold_makes_the_whole_wrong(tmp_path: Path) -> None:
    fine, wrong = Finding("fine"), Finding("wrong", figures={"seconds": 1.5, "record": {"steps": {}}})
    fine.expect(True, "it holds")
    wrong.expect(False, "it should hold")
    wrong.expect(True, "another holds")
    text = write_report([fine, wrong], {"package": "one.deb"}, tmp_path)
    assert "NOT AS IT SHOULD BE: it should hold" in text
    record = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert record["ok"] is False
    assert [one["ok"] for one in record["trials"]] == [True, False]
    assert record["trials"][1]["figures"]["record"] == {"steps": {}}
    assert "steps" not in text  # too much for a page


def test_a_command_that_printed_no_object_told_nothing() -> None:
    assert parsed(Said(0, '{"ok": true}', "", 1.0)) == {"ok": True}
    assert parsed(Said(2, "usage: …", "", 1.0)) == {}
    assert parsed(Said(0, "[1]", "", 1.0)) == {}


def test_times_that_people_wait_for_are_told() -> None:
    record = {"steps": {"start": {"seconds": 1.5}, "solve": {"first_routes": 0.125, "cost": 9.0}, "engine": {}}}
    assert times_of(record) == ["the window is there: 1.50 s", "first routes: 0.12 s"]
    assert times_of({}) == []


def test_waiting_ends() -> None:
    assert until(lambda: "there", 0.1, "it") == "there"
    with pytest.raises(TooLateError, match="a window"):
        until(lambda: "", 0.05, "a window")

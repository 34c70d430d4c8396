"""Numbers typed into a box."""

import pytest
from PySide6.QtCore import QLocale, Qt

from app.views.number_box import NumberBox


@pytest.fixture(params=["C", "de_DE", "en_US"])
def box(request, qtbot):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    made = NumberBox()
    made.setRange(0.1, 1000)
    qtbot.addWidget(made)
    yield made
    QLocale.setDefault(before)


@pytest.mark.parametrize(("typed", "value"), [("2.5", 2.5), ("2,5", 2.5), ("12", 12.0), ("0", 0.1), ("x3y", 3.0)])
def test_point_and_comma_both_do(box, qtbot, typed, value):
    box.selectAll()
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == value
    assert "," not in box.text()

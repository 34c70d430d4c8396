from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import QColor

from app.map.features import Floats
from app.map.label_layer import ROOM_PIXELS, beside, clearest, with_room
from app.map.theme import LIGHT_THEME
from app.map.view import MapView
from app.model.scenario import Customer, Scenario

BOX, SIZE = QRectF(100, 100, 60, 40), QSizeF(30, 12)
points = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=30).map(
    lambda rows: np.array(rows, dtype=np.float64).reshape(-1, 2)
)


def test_names_stand_beside_their_zone_and_as_near_as_they_can() -> None:
    for place in beside(BOX, SIZE):
        assert not place.intersects(BOX)
        assert place.adjusted(-4, -4, 4, 4).intersects(BOX)
        assert place.size() == SIZE


@given(points)
def test_a_name_stands_where_it_covers_least(pixels: Floats) -> None:
    def covered(box: QRectF) -> int:
        return sum(box.left() <= x <= box.right() and box.top() <= y <= box.bottom() for x, y in pixels.tolist())

    places = beside(BOX, SIZE)
    assert covered(clearest(places, pixels)) == min(map(covered, places))


def test_a_name_stands_above_where_nothing_is_in_the_way() -> None:
    places = beside(BOX, SIZE)
    assert clearest(places, np.empty((0, 2))) == places[0]
    assert places[0].bottom() <= BOX.top()


@given(points)
def test_numbers_keep_their_distance(pixels: Floats) -> None:
    chosen = with_room(pixels)
    kept = pixels[chosen]
    for order in range(len(pixels)):
        nearest = np.hypot(*(kept - pixels[order]).T).min()
        assert (nearest < ROOM_PIXELS) != (order in chosen) or nearest == 0.0


def test_the_name_of_a_zone_leaves_the_stops_free(view: MapView, scenario: Scenario) -> None:
    """Count the pixels of a zone's name above and below it, with stops in the one place or in the other."""
    view.set_theme(LIGHT_THEME)
    view.canvas.zoom(0.8)
    top_left, bottom_right = view.pixel_of(60.20, 24.95), view.pixel_of(60.18, 24.99)
    above = QRect(top_left.x(), top_left.y() - 24, bottom_right.x() - top_left.x(), 21)
    below = above.translated(0, bottom_right.y() + 4 - above.top())

    def inked(*rows: QRect) -> tuple[bool, bool]:
        """Put a row of stops into each of the places, and return whether the name is above and whether it is below."""
        customers = dict(scenario.customers)
        for x in range(above.left(), above.right(), 10):
            for row in rows:
                lat, lon = view.canvas.projection.to_geo(*view.camera.to_map(x, row.center().y()))
                customers[f"n{len(customers)}"] = Customer(f"n{len(customers)}", lat=lat, lon=lon)
        view.set_scenario(Scenario(customers=customers, zones=scenario.zones))
        image, ink = view.grab_image(), QColor(LIGHT_THEME.zone)
        counts = (
            sum(
                image.pixelColor(x, y) == ink
                for x in range(rect.left(), rect.right())
                for y in range(rect.top(), rect.bottom())
            )
            for rect in (above, below)
        )
        return tuple(count > 20 for count in counts)  # type: ignore[return-value]

    assert inked() == (True, False)
    assert inked(above) == (False, True)
    assert inked(below) == (True, False)
    assert inked(above, below) == (False, False)

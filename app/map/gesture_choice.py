"""Which gesture a press begins."""

from __future__ import annotations

from app.map.gestures import (
    ADDS,
    CUSTOMERS,
    MOVABLE,
    AddGesture,
    AskGesture,
    Button,
    CloseGesture,
    Gesture,
    LassoGesture,
    MapMode,
    MoveGesture,
    PanGesture,
    Pointer,
    RectangleGesture,
    SelectGesture,
    StopGesture,
    Surface,
)


def gesture_for(surface: Surface, mode: MapMode, pointer: Pointer, *, space: bool) -> Gesture | None:
    """Return the gesture that a press begins, or None where it begins none.

    Parameters
    ----------
    surface
        The map.
    mode
        What a click does.
    pointer
        The press.
    space
        Whether the space bar is down: then the left button pans, whatever is below it.
    """
    if pointer.button == Button.MiddleButton or (pointer.button == Button.LeftButton and space):
        return PanGesture(surface)
    if pointer.button != Button.LeftButton:
        return None
    if mode in ADDS:
        return AddGesture(surface, ADDS[mode])
    if mode is MapMode.ASK:
        return AskGesture(surface)
    if mode is MapMode.CLOSE_STREET:
        return CloseGesture(surface)
    if mode is MapMode.LASSO:
        return LassoGesture(surface)
    if mode is MapMode.RECTANGLE or pointer.extends:
        return RectangleGesture(surface)
    item = surface.item_at(pointer.x, pointer.y)
    if item is not None and mode is MapMode.MOVE and item[0] in MOVABLE:
        return MoveGesture(surface, item)
    if item is not None and mode is MapMode.SELECT and item[0] == CUSTOMERS:
        return StopGesture(surface, item)
    return SelectGesture(surface)

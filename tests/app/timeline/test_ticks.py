from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.timeline.axis import COARSEST, FINEST, TimeAxis
from app.timeline.ticks import LABEL_PIXELS, STEPS, steps, ticks

axes = st.builds(
    TimeAxis, st.floats(-1e6, 1e6, allow_subnormal=False), st.floats(FINEST, COARSEST), st.integers(1, 4000)
)


@given(axes)
def test_labels_have_room_and_a_screen_has_some(axis: TimeAxis) -> None:
    step, small = steps(axis)
    assert step / axis.scale >= LABEL_PIXELS
    assert step % small == 0
    shown = ticks(axis, step)
    assert all(axis.left <= tick <= axis.right and tick % step == 0 for tick in shown)
    assert abs(len(shown) - axis.width * axis.scale / step) <= 1
    if axis.width >= 800:
        assert shown


def test_steps_divide_what_people_count_in() -> None:
    assert all(3600 % step == 0 or step % 3600 == 0 for step, _ in STEPS)
    assert [step for step, _ in STEPS] == sorted(step for step, _ in STEPS)


def test_a_working_day_has_hours() -> None:
    axis = TimeAxis(8 * 3600.0, 9 * 3600 / 900, 900)
    assert steps(axis)[0] == 3600
    assert ticks(axis, 3600) == [hour * 3600 for hour in range(8, 18)]

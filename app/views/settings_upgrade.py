"""Settings that an older program left, brought to what this one reads; those of a newer one are left alone.

The settings say by a number how many of the `STEPS` they have gone through. Whoever renames a key, or gives a value
another meaning, adds a step; a key that is new, or that nobody reads any more, needs none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from app.io.atomic import WriteError, write_file

logger = logging.getLogger(__name__)

VERSION_KEY = "settings/version"

COPIES = 3
"""How many copies of settings from before a change are kept."""

Step = Callable[[Mapping[str, object]], dict[str, object]]
"""Returns all values after a change. What is there already under a new key stays, since an older program may have run
in between; what such a program reads stays, too, if it would miss it."""


def layout_by_version(values: Mapping[str, object]) -> dict[str, object]:
    """Keep the layout of docks under its version, so that programs of different versions each have their own."""
    state = values.get("window/state")
    return dict(values) if state is None else {"window/layout-2": state, **values}


STEPS: tuple[Step, ...] = (layout_by_version,)
"""The first leads from settings without a number to 1."""


def upgrade_settings(settings: QSettings, steps: Sequence[Step] = STEPS) -> None:
    """Take settings through the steps that they have not gone through; call it before anything reads them.

    The settings are copied first. Where that is not possible, nothing is changed, and the next start tries again: until
    then what cannot be read counts as not set.

    Parameters
    ----------
    settings
        Of the program.
    steps
        All there are.
    """
    done = settings_version(settings)
    if done >= len(steps):
        return
    before = {key: settings.value(key) for key in settings.allKeys() if key != VERSION_KEY}
    if before and not _copied(settings, len(steps)):
        return
    after = before
    for step in steps[done:]:
        after = step(after)
    for key in before.keys() - after.keys():
        settings.remove(key)
    for key, value in after.items():
        if key not in before or value != before[key]:
            settings.setValue(key, value)
    settings.setValue(VERSION_KEY, len(steps))
    settings.sync()


def settings_version(settings: QSettings) -> int:
    """Return how many steps settings have gone through, as far as they say so."""
    said = str(settings.value(VERSION_KEY, ""))
    return int(said) if said.isascii() and said.isdecimal() else 0


def copies_of(settings: QSettings) -> list[Path]:
    """Return the copies of settings from before changes, the oldest first."""
    pattern = _copy_path(settings, 0)
    head = pattern.stem.removesuffix("0")
    numbered = {
        int(number): path
        for path in pattern.parent.glob(f"{head}*{pattern.suffix}")
        if (number := path.stem.removeprefix(head)).isascii() and number.isdecimal()
    }
    return [numbered[number] for number in sorted(numbered)]


def _copied(settings: QSettings, version: int) -> bool:
    """Copy settings beside themselves before they become those of a version; the last few copies stay."""
    target = _copy_path(settings, version)
    settings.sync()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        own = Path(settings.fileName())
        if own.is_file():
            write_file(target, own.read_bytes())
        else:
            _export(settings, target)
        for old in copies_of(settings)[:-COPIES]:
            old.unlink()
    except (WriteError, OSError) as error:
        logger.warning("the settings could not be copied to %s, so they stay as they are: %s", target, error)
        return False
    return True


def _copy_path(settings: QSettings, version: int) -> Path:
    own = Path(settings.fileName())
    if own.is_file():
        return own.with_name(f"{own.stem}-before-{version}{own.suffix}")
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation))
    return folder / f"settings-before-{version}.ini"


def _export(settings: QSettings, target: Path) -> None:
    """Write all values of settings that lie in no file, such as those in the registry of Windows.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    target.unlink(missing_ok=True)
    copy = QSettings(str(target), QSettings.Format.IniFormat)
    for key in settings.allKeys():
        copy.setValue(key, settings.value(key))
    copy.sync()
    if copy.status() is not QSettings.Status.NoError:
        raise OSError(f"{target} cannot be written")

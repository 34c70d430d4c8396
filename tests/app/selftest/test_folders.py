"""A self-test writes to folders of its own, and nothing of it is left but what was asked for."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import platformdirs
import pytest

from app.selftest import folders
from app.selftest.folders import NoRoomError, hand_over, own_folder, own_places, prepared


def full(_: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_folder_of_its_own_is_gone_afterwards() -> None:
    with own_folder() as folder:
        (folder / "file").write_text("text")
    assert not folder.exists()


def test_a_full_disk_is_named_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(folders, "_probe", full)
    with pytest.raises(NoRoomError, match=str(tmp_path)), own_folder():
        pass
    assert not list(tmp_path.iterdir())


def test_a_temporary_folder_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(NoRoomError, match="TMPDIR"), own_folder():
        pass


def test_settings_and_data_are_elsewhere_and_the_kernels_where_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    former = dict(os.environ)
    cache = platformdirs.user_cache_path("routewright")
    with own_places(tmp_path, headless=True):
        assert platformdirs.user_data_path("routewright").is_relative_to(tmp_path)
        assert platformdirs.user_config_path("routewright").is_relative_to(tmp_path)
        assert platformdirs.user_state_path("routewright").is_relative_to(tmp_path)
        assert platformdirs.user_cache_path("routewright") == cache
        assert os.environ["NUMBA_CACHE_DIR"] == former["NUMBA_CACHE_DIR"]
        assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert dict(os.environ) == former


def test_an_engine_that_cannot_be_loaded_does_not_keep_a_report_from_coming(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ImportError("libLLVM.so: cannot open shared object file")

    monkeypatch.setattr(folders, "use_kernel_cache", missing)
    with own_places(tmp_path, headless=True):
        assert platformdirs.user_data_path("routewright").is_relative_to(tmp_path)


def test_a_display_that_is_wanted_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    with own_places(tmp_path, headless=False):
        assert os.environ["QT_QPA_PLATFORM"] == "xcb"


def test_a_folder_that_was_made_in_vain_is_gone_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_probe", full)
    with pytest.raises(NoRoomError, match="no space"), prepared(tmp_path / "new" / "out"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_folder_in_which_something_lies_stays(tmp_path: Path) -> None:
    with prepared(tmp_path / "new" / "out"):
        (tmp_path / "new" / "out" / "file").write_text("text")
    assert (tmp_path / "new" / "out" / "file").exists()


def test_a_folder_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(NoRoomError, match="taken"), prepared(tmp_path / "taken" / "out"):
        pass


def test_what_was_written_is_handed_over_as_a_whole(tmp_path: Path) -> None:
    written, out = tmp_path / "written", tmp_path / "out"
    written.mkdir()
    out.mkdir()
    for name in ("a", "b", "c"):
        (written / name).write_text(name)
    (out / "other").write_text("of the user")
    hand_over(written, out)
    assert {path.name for path in out.iterdir()} == {"a", "b", "c", "other"}


def test_what_cannot_be_handed_over_leaves_nothing(tmp_path: Path) -> None:
    written, out = tmp_path / "written", tmp_path / "out"
    written.mkdir()
    for name in ("a", "b", "c"):
        (written / name).write_text(name)
    (out / "b").mkdir(parents=True)  # a folder cannot be written over
    with pytest.raises(NoRoomError, match=str(out)):
        hand_over(written, out)
    assert {path.name for path in out.iterdir()} == {"b"}

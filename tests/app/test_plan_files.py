"""Kinds of files, whatever they hold."""

from pathlib import Path

import pytest

from app.io.atomic import WriteError
from app.io.progress import StoppedError
from app.plan_files import FILES, PlanFile, Wishes, chosen, write_formats
from tests.app.paper.days import full_day


@pytest.mark.parametrize("file", FILES, ids=[file.key for file in FILES])
@pytest.mark.parametrize("at", ["begin", "end"])
def test_whoever_stops_it_at_the_first_or_last_moment_keeps_the_older_file(
    file: PlanFile, at: str, tmp_path: Path, qapp: object
) -> None:
    path = tmp_path / file.name
    path.write_bytes(b"older")

    def told(done: int, total: int) -> None:
        if (done == 0) if at == "begin" else (done == total):
            raise StoppedError

    with pytest.raises(StoppedError):
        file.write(path, *full_day(), Wishes(), told)
    assert path.read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_chosen_routes_keep_their_numbers_and_nobody_else_is_told_of() -> None:
    _, evaluation = full_day()
    assert evaluation.unserved
    picked = chosen(evaluation, {2})
    assert [route.number for route in picked.routes] == [2]
    assert not picked.unserved
    assert chosen(evaluation, None) is evaluation


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteError, match="file"):
        write_formats(tmp_path / "file" / "out", ["csv"], *full_day(), Wishes())

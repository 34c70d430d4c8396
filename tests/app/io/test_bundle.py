import os
import stat
import zipfile
from pathlib import Path

import pytest

from app.io import bundle, read_scenario, write_scenario
from app.io.write_scenario import scenario_files, zip_bytes
from tests.app.io.scenarios import full_scenario


def archive_of(path: Path, extra: dict[str, bytes], **attributes: object) -> Path:
    """Write a good scenario archive with further members, whose `ZipInfo` has these attributes."""
    path.write_bytes(zip_bytes(scenario_files(full_scenario())))
    with zipfile.ZipFile(path, "a") as archive:
        for name, data in extra.items():
            info = zipfile.ZipInfo("placeholder")
            info.filename = name
            for key, value in attributes.items():
                setattr(info, key, value)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return path


def assert_refused(path: Path, member: str) -> None:
    result = read_scenario(path)
    assert result.scenario is None
    assert [issue.file for issue in result.issues] == [member]
    assert result.issues[0].expected


@pytest.mark.parametrize(
    "name",
    [
        "../customers.csv",
        "/etc/customers.csv",
        "a/../../zones.csv",
        "..\\zones.csv",
        "C:\\x\\zones.csv",
        "\\\\host\\x.csv",
    ],
)
def test_a_path_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    assert_refused(archive_of(tmp_path / "day.zip", {name: b"id\n"}), name)
    assert [entry.name for entry in tmp_path.iterdir()] == ["day.zip"]


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = archive_of(tmp_path / "day.zip", {"more.csv": b"/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16)
    assert_refused(link, "more.csv")


def test_an_archive_in_the_archive_is_refused(tmp_path: Path) -> None:
    assert_refused(archive_of(tmp_path / "day.zip", {"more.zip": zip_bytes({"a.csv": b""})}), "more.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    assert_refused(archive_of(tmp_path / "day.zip", {"other/Depots.csv": b"id\n"}), "other/Depots.csv")
    assert_refused(archive_of(tmp_path / "same.zip", {"depots.csv": b"id\n"}), "depots.csv")


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    data = bytearray(zip_bytes(scenario_files(full_scenario())))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    (tmp_path / "day.zip").write_bytes(data)
    assert read_scenario(tmp_path / "day.zip").scenario is None


def test_a_bomb_is_refused_by_its_measure(tmp_path: Path) -> None:
    assert_refused(archive_of(tmp_path / "day.zip", {"boom.csv": bytes(16 << 20)}), "boom.csv")


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(zip_bytes({"customers.csv": bytes(1 << 20)}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    (tmp_path / "day.zip").write_bytes(data)
    monkeypatch.setattr(bundle, "LARGEST_FILE", 1 << 16)
    result = read_scenario(tmp_path / "day.zip")
    assert result.scenario is None
    assert result.issues


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    names = {f"{number}.csv": b"" for number in range(bundle.MOST_MEMBERS + 1)}
    assert_refused(archive_of(tmp_path / "day.zip", names), "day.zip")


def test_a_folder_in_the_archive_and_the_junk_of_other_systems_do_no_harm(tmp_path: Path) -> None:
    files = {f"day/{name}": data for name, data in scenario_files(full_scenario()).items()}
    junk = {"__MACOSX/day/._depots.csv": b"x", "day/.DS_Store": b"x", "day/readme.txt": b"x"}
    (tmp_path / "day.zip").write_bytes(zip_bytes(files | junk))
    result = read_scenario(tmp_path / "day.zip")
    assert result.complete
    assert result.scenario == full_scenario()


@pytest.mark.parametrize("cut", [0, 1, 30, 400, -1, -30])
def test_a_broken_archive_is_refused(tmp_path: Path, cut: int) -> None:
    data = zip_bytes(scenario_files(full_scenario()))
    (tmp_path / "day.zip").write_bytes(data[:cut])
    assert_refused(tmp_path / "day.zip", "day.zip")


def test_a_misspelt_file_is_noticed_and_an_unknown_one_is_not(tmp_path: Path) -> None:
    write_scenario(full_scenario(), tmp_path / "day")
    (tmp_path / "day" / "zones.csv").rename(tmp_path / "day" / "zone.csv")
    (tmp_path / "day" / "orders.csv").write_bytes(b"x")
    assert [issue.file for issue in read_scenario(tmp_path / "day").issues] == ["zone.csv"]


def test_names_may_have_any_case(tmp_path: Path) -> None:
    write_scenario(full_scenario(), tmp_path / "day")
    (tmp_path / "day" / "zones.csv").rename(tmp_path / "day" / "Zones.CSV")
    assert read_scenario(tmp_path / "day").complete


@pytest.mark.parametrize("name", ["nowhere", "nowhere.zip", "nowhere.vrp", "a\0b", "x" * 5000])
def test_what_does_not_exist_is_said_so(name: str) -> None:
    result = read_scenario(name)
    assert result.scenario is None
    assert len(result.issues) == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may not read everything")
def test_what_may_not_be_read_is_said_so(tmp_path: Path) -> None:
    write_scenario(full_scenario(), tmp_path / "day")
    (tmp_path / "day" / "depots.csv").chmod(0)
    assert read_scenario(tmp_path / "day").issues


def test_no_scenario_file_is_a_folder(tmp_path: Path) -> None:
    write_scenario(full_scenario(), tmp_path / "day")
    (tmp_path / "day" / "zones.csv").unlink()
    (tmp_path / "day" / "zones.csv").mkdir()
    assert [issue.file for issue in read_scenario(tmp_path / "day").issues] == ["zones.csv"]


@pytest.mark.parametrize(("name", "knows_suffix"), [("customers.csv", False), ("photo.png", False), ("day.zip", True)])
def test_what_is_no_archive_is_told_from_a_damaged_one(tmp_path: Path, name: str, knows_suffix: bool) -> None:
    (tmp_path / name).write_bytes(b"id,lat,lon\n")
    (issue,) = read_scenario(tmp_path / name).issues
    assert (".routewright" in issue.expected) is not knows_suffix

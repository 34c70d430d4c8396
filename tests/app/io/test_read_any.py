from pathlib import Path

from app.io import LoadedDocument, ReadResult, read_any, save_document, write_scenario
from app.model.plan import Plan
from tests.app.io.scenarios import full_scenario


def test_a_document_is_read_with_its_plan_whatever_the_case_of_its_name(tmp_path: Path) -> None:
    for name in ("day.routewright", "DAY.ROUTEWRIGHT"):
        save_document(tmp_path / name, full_scenario(), Plan())
        result = read_any(str(tmp_path / name))
        assert isinstance(result, LoadedDocument)
        assert (result.scenario, result.issues) == (full_scenario(), ())


def test_all_else_is_a_scenario_also_a_folder_with_the_name_of_a_document(tmp_path: Path) -> None:
    for name in ("day", "day.routewright"):
        write_scenario(full_scenario(), tmp_path / name)
        result = read_any(tmp_path / name)
        assert isinstance(result, ReadResult)
        assert result.complete


def test_nothing_is_an_issue(tmp_path: Path) -> None:
    for name in ("day", "day.routewright"):
        result = read_any(tmp_path / name)
        assert result.scenario is None
        assert name in str(result.issues[0])

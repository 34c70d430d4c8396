"""``python -m app addon``: what it says, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from app.addon.place import default_folder
from tests.app.addon.fake_python import make_fake_python

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts")


def test_from_nothing_to_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["addon", "status"]) == 1
    assert str(default_folder()) in capsys.readouterr().out
    assert main(["addon", "create", "--python", str(make_fake_python(tmp_path))]) == 0
    out = capsys.readouterr().out
    assert "Collecting torch" in out
    assert "NVIDIA H100" in out
    assert main(["addon", "status", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["state"], found["gpu"], found["folder"]) == ("ready", "NVIDIA H100", str(default_folder()))
    assert main(["addon", "update"]) == 0
    assert main(["addon", "remove"]) == 0
    capsys.readouterr()
    assert main(["addon", "status", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["state"] == "none"


def test_what_fails_is_told_with_what_pip_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    python = make_fake_python(tmp_path, pip="echo ERROR: no route to host; exit 1")
    assert main(["addon", "create", "--python", str(python)]) == 2
    error = capsys.readouterr().err
    assert error.splitlines()[-1] == "  ERROR: no route to host"
    assert "Traceback" not in error


def test_there_is_nothing_to_update(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["addon", "update"]) == 2
    assert str(default_folder()) in capsys.readouterr().err


def test_it_loads_no_qt() -> None:
    program = (
        "import sys; from app.__main__ import main; code = main(['addon', 'status']);"
        "assert not {name.partition('.')[0] for name in sys.modules} & {'PySide6', 'shiboken6', 'pyqtgraph', 'numba'};"
        "sys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (1, "")

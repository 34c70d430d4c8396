"""Which language the user wants: what was chosen, or what the system is set to."""

from __future__ import annotations

import plistlib
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from app.language_choice import (
    AS_THE_SYSTEM,
    code_of,
    mac_languages,
    store_choice,
    stored_choice,
    system_languages,
    wanted_languages,
)

VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_a_choice_is_kept_and_goes_before_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert stored_choice() == AS_THE_SYSTEM
    store_choice("de")
    assert stored_choice() == "de"
    assert wanted_languages() == ("de",)
    store_choice(AS_THE_SYSTEM)
    assert stored_choice() == AS_THE_SYSTEM
    assert wanted_languages()[0] == "fr_FR"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"../../etc/passwd", b"d", b"x" * 4000, b"de fr"])
def test_a_damaged_choice_counts_as_none(content: bytes) -> None:
    store_choice("de")
    path = platformdirs.user_config_path("routewright", appauthor=False) / "language"
    path.write_bytes(content)
    assert stored_choice() == AS_THE_SYSTEM


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("de_AT.UTF-8@euro", "de_AT"),
        ("de-DE", "de_DE"),
        ("de", "de"),
        ("zh-Hans-CN", "zh_Hans_CN"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("", ""),
        ("../de", ""),
    ],
)
def test_a_system_has_its_own_names_for_languages(name: str, code: str) -> None:
    assert code_of(name) == code


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a list besides the variables")
def test_the_variables_of_a_system_are_asked_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system_languages() == ()
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert system_languages() == ("de_DE",)
    monkeypatch.setenv("LC_MESSAGES", "C")
    assert system_languages() == ("en", "de_DE")
    monkeypatch.setenv("LANGUAGE", "fr:de")
    assert system_languages() == ("fr", "de", "en", "de_DE")


def test_a_mac_has_a_list(tmp_path: Path) -> None:
    path = tmp_path / "preferences.plist"
    assert mac_languages(path) == []
    for form in (plistlib.FMT_BINARY, plistlib.FMT_XML):
        path.write_bytes(plistlib.dumps({"AppleLanguages": ["de-DE", "en-DE"]}, fmt=form))
        assert mac_languages(path) == ["de-DE", "en-DE"]
    for damaged in (b"bplist00 cut off", b"<?xml version='1.0'?><plist><dict>", plistlib.dumps([1])):
        path.write_bytes(damaged)
        assert mac_languages(path) == []


def test_it_is_asked_without_qt_and_before_any_sentence_is_read() -> None:
    code = "import sys, app.language_choice, app.language; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name for name in run.stdout.split() if name.startswith(("app.", "PySide6"))}
    assert loaded == {"app.language", "app.language_choice", "app.resources"}

"""What goes into a package, and what does not."""

from __future__ import annotations

from pathlib import Path

from freezing.kernels import lay_out
from freezing.orphans import without_orphans
from freezing.sizes import size_report
from freezing.trimming import is_unused
from solver.compiling import INNER, folder_name

NEEDS = {
    "/env/widgets.so": ["libGui.so", "libc.so.6"],
    "/usr/libGui.so": ["libpng.so"],
    "/usr/libpng.so": [],
    "/usr/libgtk.so": ["libpango.so", "libpng.so"],
    "/usr/libpango.so": [],
    "/usr/libpython3.so": [],
}


def test_libraries_stay_if_something_that_stays_needs_them() -> None:
    libraries = [(Path(path).name, path, "BINARY") for path in NEEDS if path.startswith("/usr")]
    entries = [*libraries, ("qt/widgets.so", "/env/widgets.so", "EXTENSION")]
    kept = without_orphans(entries, NEEDS.__getitem__)
    assert [place for place, _, _ in kept] == ["libGui.so", "libpng.so", "libpython3.so", "qt/widgets.so"]


def test_a_link_to_a_library_stays_if_somebody_needs_the_name() -> None:
    entries = [
        ("libGui.so", "qt/libGui.so", "SYMLINK"),
        ("libSql.so", "qt/libSql.so", "SYMLINK"),
        ("widgets.so", "/env/widgets.so", "EXTENSION"),
    ]
    kept = without_orphans(entries, NEEDS.__getitem__)
    assert [place for place, _, _ in kept] == ["libGui.so", "widgets.so"]


def test_what_is_unused_is_known_by_its_place_on_every_system() -> None:
    assert is_unused("torch/include/ATen/ATen.h")
    assert is_unused("torch/bin/protoc")
    assert not is_unused("torch/bin/torch_shm_manager")
    assert is_unused(r"PySide6\plugins\platforms\qminimal.dll")
    assert is_unused(r"PySide6\Qt6Qml.dll")
    assert is_unused("torch-2.13.0+cpu.dist-info/licenses/third_party/kineto/LICENSE")
    assert not is_unused("torch-2.13.0+cpu.dist-info/METADATA")
    assert is_unused(r"PySide6\translations\qtbase_fr.qm")
    assert not is_unused(r"PySide6\translations\qtbase_de.qm")
    assert not is_unused(r"PySide6\plugins\platforms\qwindows.dll")
    assert is_unused("PySide6/Qt/lib/QtQmlModels.framework/Versions/A/QtQmlModels")
    assert is_unused("QtQmlModels")
    assert not is_unused("PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui")
    assert not is_unused("QtGui")
    assert not is_unused("PySide6/Qt/plugins/platforms/libqcocoa.dylib")
    assert is_unused("PySide6/Qt/translations/qtbase_fr.qm")
    assert not is_unused("PySide6/Qt/translations/qtbase_de.qm")
    assert not is_unused("PySide6/Qt/plugins/platforms/libqxcb.so")
    assert not is_unused("PySide6/Qt/lib/libQt6EglFSDeviceIntegration.so.6")  # Wayland's own plugin needs it
    assert not is_unused("solver/search/annealing.py")


def test_a_package_has_the_kernels_that_run_and_of_its_own_sources_only(tmp_path: Path) -> None:
    source = tmp_path / "solver" / "search" / "annealing.py"
    source.parent.mkdir(parents=True)
    source.write_text("ROUNDS = 1")
    name = folder_name("solver.search.annealing", source)
    for folder in (name, f"{INNER}/{name}", "solver.search.annealing-of-earlier"):
        (tmp_path / "shelf" / folder).mkdir(parents=True)
        (tmp_path / "shelf" / folder / "annealing.anneal-1.py311.nbi").touch()
    lay_out(tmp_path, tmp_path / "shelf", tmp_path / "compiled")
    assert [str(path.relative_to(tmp_path / "compiled")) for path in (tmp_path / "compiled").rglob("*.nbi")] == [
        f"{name}/annealing.anneal-1.py311.nbi"
    ]


def test_a_report_counts_libraries_by_themselves_and_the_rest_by_folders(tmp_path: Path) -> None:
    for place, size in {
        "routewright": 100_000,
        "_internal/torch/lib/libtorch.so": 900_000,
        "_internal/app/_resources/a.svg": 200_000,
        "_internal/app/_resources/guide/b.md": 300_000,
    }.items():
        (tmp_path / "tree" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / place).write_bytes(b"x" * size)
    (tmp_path / "tree" / "_internal" / "libtorch.so").symlink_to("torch/lib/libtorch.so")
    (tmp_path / "it.deb").write_bytes(b"x" * 400_000)
    assert size_report(tmp_path / "tree", [tmp_path / "it.deb"]) == {
        "packages": {"it.deb": 0.4},
        "tree": 1.5,
        "largest": {"libtorch.so": 0.9, "app/_resources": 0.5, "routewright": 0.1},
    }

"""Take down what Qt contains of others, from its own attributions.

Usage::

    python packaging/notices/gather_qt.py qtbase-everywhere-src-6.11.2

The wheels of PySide6 carry no texts of licences. The sources of qtbase do, each beside a ``qt_attribution.json`` that
says what was taken, which version, and under which licence. This writes ``qt_attributions.json``: run it again when
Qt's version is raised. What qtsvg and qtimageformats contain is in ``catalogue.toml``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from notices.catalogue import Catalogue
from notices.spdx import chosen

TARGET = Path(__file__).parent / "qt_attributions.json"

_CORE, _GUI, _NETWORK, _DBUS, _TEST, _WAYLAND, _XCB, _JPEG, _MAC = (
    ["PySide6/*Qt6Core.*", "PySide6/*QtCore.framework/*"],
    ["PySide6/*Qt6Gui.*", "PySide6/*QtGui.framework/*"],
    ["PySide6/*Qt6Network.*", "PySide6/*QtNetwork.framework/*"],
    ["PySide6/*Qt6DBus.*", "PySide6/*QtDBus.framework/*"],
    ["PySide6/*Qt6Test.*", "PySide6/*QtTest.framework/*"],
    ["PySide6/*Qt6WaylandClient.*", "PySide6/*plugins/wayland-*", "PySide6/*plugins/platforms/libqwayland*"],
    ["PySide6/*Qt6XcbQpa.*"],
    ["PySide6/*plugins/imageformats/*qjpeg*"],
    ["PySide6/*plugins/platforms/*qcocoa*"],
)
_WINDOWS_GUI, _MAC_CORE = ["PySide6/Qt6Gui.dll"], ["PySide6/*QtCore.framework/*"]

# The system's own are used on Linux, where the libraries say that they need them.
_BUNDLED_FREETYPE = ["PySide6/Qt6Gui.dll", "PySide6/*QtGui.framework/*"]
_BUNDLED_ZLIB = ["PySide6/Qt6Core.dll", "PySide6/*QtCore.framework/*"]

_INSIDE: dict[str, list[str]] = {
    "src/3rdparty/D3D12MemoryAllocator": _WINDOWS_GUI,
    "src/3rdparty/VulkanMemoryAllocator": _GUI,
    "src/3rdparty/blake2": _CORE,
    "src/3rdparty/double-conversion": _CORE,
    "src/3rdparty/easing": _CORE,
    "src/3rdparty/emoji-segmenter": _GUI,
    "src/3rdparty/forkfd": _CORE,
    "src/3rdparty/freetype": _BUNDLED_FREETYPE,
    "src/3rdparty/harfbuzz-ng": _GUI,
    "src/3rdparty/icc": _GUI,
    "src/3rdparty/libjpeg": _JPEG,
    "src/3rdparty/libpng": _GUI,
    "src/3rdparty/libpsl": _NETWORK,
    "src/3rdparty/md4": _CORE,
    "src/3rdparty/md4c": _GUI,
    "src/3rdparty/md5": _CORE,
    "src/3rdparty/pcre2": _CORE,
    "src/3rdparty/pixman": _GUI,
    "src/3rdparty/rfc6234": _CORE,
    "src/3rdparty/sha1": _CORE,
    "src/3rdparty/sha3": _CORE,
    "src/3rdparty/siphash": _CORE,
    "src/3rdparty/tinycbor": _CORE,
    "src/3rdparty/wayland": _WAYLAND,
    "src/3rdparty/xcb": _XCB,
    "src/3rdparty/zlib": _BUNDLED_ZLIB,
    "src/corelib/global": _CORE,
    "src/corelib/kernel": _MAC_CORE,
    "src/corelib/mimetypes": _CORE,
    "src/corelib/text": _CORE,
    "src/dbus": _DBUS,
    "src/gui": _GUI,
    "src/plugins/platforms/cocoa": _MAC,
    "src/testlib": _TEST,
    "util/gradientgen": _GUI,
}
"""Into which libraries each folder of the sources goes."""

_COMMIT = re.compile(r"^([0-9a-f]{12})[0-9a-f]{28}$")

_NOT_SHIPPED = ("cmake", "src/3rdparty/android", "src/3rdparty/gradle", "src/3rdparty/wasm", "src/testinternal")

_SEEN = {"libpng": "1.6.59", "harfbuzz-ng": "14.6.0"}
"""Versions that the libraries of Qt 6.11.3 name, where they are newer than those in the sources of 6.11.2."""


def gathered(sources: Path) -> list[dict[str, Any]]:
    """Return what is taken down of each part."""
    found = []
    for path in sorted(sources.rglob("qt_attribution.json")):
        folder = path.parent.relative_to(sources).as_posix()
        if folder.startswith(_NOT_SHIPPED):
            continue
        inside = next(libraries for start, libraries in _INSIDE.items() if folder.startswith(start))
        # Copyrights go over several lines in some of them.
        written = json.loads(path.read_text(encoding="utf-8"), strict=False)
        for item in written if isinstance(written, list) else [written]:
            found.append(_taken_down(item, path.parent, sources, inside))
    return found


def _taken_down(item: dict[str, Any], folder: Path, sources: Path, inside: list[str]) -> dict[str, Any]:
    copyright_lines = item.get("Copyright", "")
    if isinstance(copyright_lines, list):
        copyright_lines = "\n".join(copyright_lines)
    return {
        "name": item["Name"],
        "version": _SEEN.get(item["Id"], _COMMIT.sub(r"\1", item.get("Version", ""))),
        "licence": item["LicenseId"],
        "home": item.get("Homepage", "https://doc.qt.io/qt-6/licenses-used-in-qt.html"),
        "inside": inside,
        "text": "\n\n".join([copyright_lines.strip(), *_licences(item, folder, sources)]).strip() + "\n",
    }


def _licences(item: dict[str, Any], folder: Path, sources: Path) -> list[str]:
    """Return the texts beside the attribution, or else those of its licences; none where we keep one for all."""
    if all(Catalogue().has_whole(licence) for licence in chosen(item["LicenseId"])):
        return []
    named = item.get("LicenseFiles") or item.get("LicenseFile") or []
    paths = [folder / name for name in ([named] if isinstance(named, str) else named)]
    if not paths:
        identifiers = item["LicenseId"].replace("(", "").replace(")", "").replace(" OR ", " AND ").split(" AND ")
        paths = [sources / "LICENSES" / f"{identifier}.txt" for identifier in identifiers]
    return [path.read_text(encoding="utf-8").strip() for path in paths]


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", type=Path, help="unpacked sources of qtbase")
    found = gathered(parser.parse_args().sources)
    TARGET.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(found)} parts of others in Qt: {TARGET}")


if __name__ == "__main__":
    main()

"""What never goes into a package, although something that is in it would bring it along.

Each line was left out of a package that then passed its self-test; `packaging/README.md` lists what that saved.
"""

from __future__ import annotations

from fnmatch import fnmatch

UNUSED_MODULES = [
    # Of Python and of tools.
    "readline", "rlcompleter",  # whose licence is the GPL
    "tkinter", "idlelib", "lib2to3", "pip", "pytest", "IPython", "matplotlib", "scipy", "pandas", "babel", "hypothesis",
    # Of Qt: what draws in two dimensions needs neither its second language nor its tools.
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtQuickControls2", "PySide6.QtDesigner",
    "PySide6.QtUiTools", "PySide6.QtHelp", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtConcurrent", "PySide6.QtXml",
    # Of torch: other tools that it would serve.
    "tensorboard", "torch.utils.tensorboard", "torchvision", "torchaudio", "triton", "torch.test", "caffe2",
    # Of osmium: changes of the world's map from its server.
    "osmium.replication", "requests", "urllib3", "certifi", "charset_normalizer", "idna",
    # Of torch again: what its compiler and its clusters would need.
    "jinja2", "markupsafe", "networkx", "fsspec", "setuptools", "pkg_resources",
    # Of pyqtgraph: three dimensions and the examples.
    "pyqtgraph.opengl", "pyqtgraph.examples", "OpenGL", "cupy",
]  # fmt: skip

_UNUSED_QT = ["Qml", "Quick", "VirtualKeyboard", "Pdf", "Designer", "Test", "Sql", "Help", "Labs"]
"""Qt's second language and what shows it, its keyboard on the screen, its PDF reader, its tools.

EglFS is for screens without a desktop, but Wayland draws by its library."""

_UNUSED_FILES = [
    # Headers, tests and tools of torch.
    "torch/include/*", "torch/share/*", "torch/test/*", "torch/bin/*", "torch/lib/*.a", "torch/lib/*.lib",
    "torch/lib/libtorchbind_test*", "torch/lib/libjitbackend_test*", "torch/lib/libbackend_with_compiler*",
    "torch/lib/libaoti_custom_ops*", "torch/testing/*", "torch/_inductor/codegen/*", "torchgen/packaged/*",
    # Others' licences within torch's: the notices have their texts, and their folders are too deep for Windows.
    "torch-*.dist-info/licenses/*",
    # Libraries of Qt; on macOS they are folders, and links to what is in these.
    *(pattern for name in _UNUSED_QT for pattern in (f"*Qt6{name}*", f"*/Qt{name}*.framework/*", f"Qt{name}*")),
    "PySide6/Qt/qml/*", "PySide6/qml/*",
    "*plugins/platforminputcontexts/*virtualkeyboard*", "*plugins/imageformats/*pdf*",
    "*plugins/egldeviceintegrations/*",
    "*plugins/platforms/*eglfs*", "*plugins/platforms/*linuxfb*", "*plugins/platforms/*vnc*",
    "*plugins/platforms/*vkkhrdisplay*", "*plugins/platforms/*qminimal*", "*plugins/generic/*tuio*",
    # What drivers of graphics cards on a newer system need newer; every desktop has them.
    "libstdc++.so.6", "libgcc_s.so.1",
    # Dialogs of GTK: portals bring those of the desktop, without half of GTK in the package.
    "*plugins/platformthemes/*gtk3*", "*plugins/generic/*evdev*",
    "*opengl32sw.dll", "*plugins/qmltooling/*", "*plugins/sqldrivers/*", "*plugins/designer/*",
    # Its sentences in languages that the program does not speak.
    "PySide6/Qt/translations/*", "PySide6/translations/*",
    # Tests and headers of others.
    "numba/tests/*", "numba/cuda/tests/*", "numpy/tests/*", "numpy/*/tests/*", "*.pyi", "*.pxd", "*.h", "*.hpp",
    "pyqtgraph/examples/*",
]  # fmt: skip

_USED = ("PySide6/Qt/translations/qtbase_de.qm", "PySide6/translations/qtbase_de.qm", "torch/bin/torch_shm_manager")
"""What is used of the folders above."""


def is_unused(path: str) -> bool:
    """Return whether a file, named by where it would lie in the package, is left out."""
    named = path.replace("\\", "/")
    return named not in _USED and any(fnmatch(named, pattern) for pattern in _UNUSED_FILES)

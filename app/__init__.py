"""The desktop application: the only place that may import Qt."""

import os

# pyqtgraph would take another binding if it found one installed.
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

__version__ = "0.1.0"

"""What of torch goes into a package: its libraries, and the modules that are imported from what is in the package.

The hook that comes with PyInstaller takes all modules, and their sources for a compiler that no user has: some thousand
files more, and twice the time to build. Training is a part of the package's self-test, which finds what is missing.
"""

from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_dynamic_libs

module_collection_mode = "pyz"
binaries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]  # torch finds its libraries beside one another

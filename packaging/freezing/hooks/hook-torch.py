"""What of torch goes into a package: its libraries, and the modules that are imported from what is in the package.

The hook that comes with PyInstaller takes all modules, and their sources for a compiler that no user has: some thousand
files more, and twice the time to build. Training is a part of the package's self-test, which finds what is missing.
"""

from pathlib import Path

from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_dynamic_libs, get_package_paths

_TORCH = Path(get_package_paths("torch")[1])


def _names(paths):
    """Return what modules are called when they are imported, by where they lie."""
    named = (path.relative_to(_TORCH.parent).with_suffix("").parts for path in paths)
    return [".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in named]


# Settings read the comments in their own source, and these three say what they offer to a compiler.
_read = [path for path in _TORCH.rglob("*config*.py") if "install_config_module(" in path.read_text(encoding="utf-8")]
_read += [_TORCH / name for name in ("functional.py", "nn/functional.py", "nn/modules/rnn.py")]

module_collection_mode = {"torch": "pyz"} | dict.fromkeys(_names(_read), "pyz+py")
hiddenimports = _names((_TORCH / "_dynamo/polyfills").glob("*.py"))  # optimizers import them by names in a list
binaries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
# It is never started, but torch does not start where it is not there; on Windows there is none.
binaries += [(str(path), "torch/bin") for path in (_TORCH / "bin").glob("torch_shm_manager")]
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]  # torch finds its libraries beside one another

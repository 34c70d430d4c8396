"""What this computer is, in the lines of a text for whoever helps. Nothing slow is loaded for it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import platformdirs

from app.support.telling import without_home
from solver import kernel_cache

PACKAGES = ("numpy", "numba", "llvmlite", "torch")
"""Named with their versions, as far as they are installed; none is imported. An installed program brings along the
metadata that tells of these, and of no others."""

_PROGRAM = "routewright"
_GIB = 1 << 30


def packages() -> str:
    """Return which libraries there are."""
    return ", ".join(f"{name} {_version(name)}" for name in PACKAGES)


def system() -> str:
    """Return which system this is, with the distribution where there are several."""
    with suppress(OSError):
        release = platform.freedesktop_os_release()
        return f"{release.get('PRETTY_NAME', release['NAME'])}, {platform.platform()}"
    return platform.platform()


def processor() -> str:
    """Return the processor, with how many cores it has and how many of them this program may use."""
    cores = os.cpu_count() or 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else cores
    return f"{_model() or platform.machine()}, {cores} cores, {usable} of them usable"


def memory() -> str:
    """Return how much memory the computer has, and how much of it is free where that is known."""
    have, free = _memory()
    if not have:
        return "unknown"
    return f"{have / _GIB:.1f} GiB" + (f", {free / _GIB:.1f} GiB of them free" if free else "")


def folders() -> Iterator[tuple[str, str]]:
    """Yield what the user's folders are for, where they are, and what room there is."""
    for use, path in (
        ("Data", platformdirs.user_data_path(_PROGRAM, appauthor=False)),
        ("Settings", platformdirs.user_config_path(_PROGRAM, appauthor=False)),
        ("Cache", platformdirs.user_cache_path(_PROGRAM, appauthor=False)),
        ("Program files", Path(sys.executable).parent),
    ):
        yield use, f"{without_home(str(path))} ({_room(path)})"


def kernels() -> Iterator[tuple[str, str]]:
    """Yield for which kinds of processors kernels came with the program, and how many were compiled here."""
    came = sorted(one.name for one in _inside(Path(kernel_cache.__file__).parent / "compiled"))
    yield "Kernels", f"came with the program for {', '.join(came)}" if came else "none came with the program"
    folder = os.environ.get(kernel_cache.VARIABLE)
    if folder:
        yield "", f"those of this run are kept in {without_home(folder)}"
    for edition in _inside(kernel_cache.kernels_folder()):
        yield "", f"{sum(1 for _ in edition.rglob('*.nbi'))} compiled here for {edition.name}"


def _inside(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(one for one in folder.iterdir() if one.is_dir())
    return []


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "is not installed"


def _model() -> str:
    with suppress(OSError), open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        return next((line.partition(":")[2].strip() for line in file if line.startswith("model name")), "")
    return platform.processor()


def _memory() -> tuple[int, int]:
    """Return bytes of memory, all and free; 0 where that is unknown."""
    with suppress(OSError, ValueError, KeyError):
        with open("/proc/meminfo", encoding="ascii") as file:
            known = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in file)}
        return known["MemTotal"] << 10, known["MemAvailable"] << 10
    if sys.platform == "win32":
        return _windows_memory()
    with suppress(OSError, ValueError, AttributeError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"), 0
    return 0, 0


def _windows_memory() -> tuple[int, int]:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("all", "free", "b", "c", "d", "e", "f")),
        )

    status = Status(length=ctypes.sizeof(Status))
    windows = getattr(ctypes, "windll", None)
    if windows is None or not windows.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return 0, 0
    return int(status.all), int(status.free)


def _room(path: Path) -> str:
    """Return how much room is left where a folder is, or would be."""
    there = next((one for one in (path, *path.parents) if one.exists()), path)
    try:
        free = shutil.disk_usage(there).free
    except OSError:
        return "cannot be read"
    writable = "writable" if os.access(there, os.W_OK) else "not writable"
    return f"{free / _GIB:.1f} GiB free, {writable}" + ("" if there == path else ", not made yet")

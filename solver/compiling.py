"""How functions become kernels: compiled by numba, and kept by what they are compiled from.

Numba would keep a kernel by where its source lies and when that was written. Here it is kept by its module's name and
the digest of its source, so that every checkout and every installation of the same sources shares what one of them
compiled. There are two shelves: what came with an installed program, which is only read, and the user's own. What
only other kernels call is kept apart (`INNER`): it is a part of the code of each kernel that calls it, so it is wanted
for compiling, never for running, and no installer carries it. Files are compressed: machine code as numba keeps it
is mostly padding, and to unpack a tenth of it takes less time than to read the whole.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from numba import njit
from numba.core.caching import CompileResultCacheImpl, FunctionCache, IndexDataCacheFile, _CacheLocator

from solver.kernel_cache import VARIABLE, shipped_kernels

logger = logging.getLogger(__name__)

INNER = "inner"
"""Folder of the kernels that only kernels call."""

SHIPPED, KEPT, COMPILED = "shipped", "kept", "compiled"

tally: Counter[str] = Counter()
"""How many kernels of this process came with the program, were kept from earlier on, and had to be compiled."""


def compiler(*, inner: bool = False, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Return a decorator that makes a kernel of a function.

    Parameters
    ----------
    inner
        Whether only kernels call it: it gets no wrapper for Python.
    options
        Of numba's ``njit``, beside those that all kernels have.
    """
    compiled = njit(nogil=True, error_model="numpy", no_cfunc_wrapper=True, no_cpython_wrapper=inner, **options)

    def made(function: Callable[..., Any]) -> Any:
        dispatcher = compiled(function)
        dispatcher._cache = _TwoShelves(function, inner)  # as its own `enable_caching` does with numba's cache
        return dispatcher

    return made


def folder_name(module: str, source: Path) -> str:
    """Return the name of the folder of the kernels of a module."""
    return f"{module}-{_digest(source)[:12]}"


class _Place(_CacheLocator):
    """Where the kernels of one source file are kept, and what they were compiled from."""

    def __init__(self, function: Callable[..., Any], shelf: Path | None, inner: bool):
        self._line = function.__code__.co_firstlineno
        source = _source(function)
        self._stamp = _digest(source)
        name = folder_name(function.__module__, source)
        self._folder = None if shelf is None else shelf / INNER / name if inner else shelf / name

    def get_cache_path(self) -> str:
        return str(self._folder)

    def get_source_stamp(self) -> str:
        return self._stamp

    def get_disambiguator(self) -> str:
        return str(self._line)


class _Kept(CompileResultCacheImpl):
    """How numba writes and reads a kernel at a place."""

    def __init__(self, function: Callable[..., Any], place: _Place):
        self._lineno = function.__code__.co_firstlineno
        self._locator = place
        name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"
        self._filename_base = self.get_filename_base(name, getattr(sys, "abiflags", ""))


class _Packed(IndexDataCacheFile):
    """The files of one function's kernels, compressed."""

    def _save_data(self, name: str, data: object) -> None:
        with self._open_for_write(self._data_path(name)) as file:
            file.write(zlib.compress(self._dump(data), 1))

    def _load_data(self, name: str) -> Any:
        packed = Path(self._data_path(name)).read_bytes()
        try:
            return pickle.loads(zlib.decompress(packed))  # noqa: S301 what numba wrote, where only this user can
        except (zlib.error, EOFError) as error:
            raise OSError(f"{name} is damaged") from error


class _Shelf(FunctionCache):
    """The kernels of one function on one shelf."""

    def __init__(self, function: Callable[..., Any], shelf: Path | None, inner: bool):
        self._impl_class = lambda given: _Kept(given, _Place(given, shelf, inner))
        super().__init__(function)
        place = self._impl.locator
        self._cache_file = _Packed(place.get_cache_path(), self._impl.filename_base, place.get_source_stamp())


class _TwoShelves(_Shelf):
    """The user's own shelf, behind what came with the program."""

    def __init__(self, function: Callable[..., Any], inner: bool):
        own, shipped = os.environ.get(VARIABLE), shipped_kernels()
        super().__init__(function, Path(own) if own else None, inner)
        self._shipped = None if shipped is None or inner else _Shelf(function, shipped, inner)
        if not own:
            self.disable()

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the kernel for arguments of these types; None if there is none."""
        if self._shipped is not None and (found := self._shipped.load_overload(sig, target_context)) is not None:
            tally[SHIPPED] += 1
            return found
        try:
            found = super().load_overload(sig, target_context)
        except OSError:  # nobody can read it, so nothing is kept there
            found = None
        tally[COMPILED if found is None else KEPT] += 1
        return found

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a kernel that was just compiled. Where that cannot be done, the next start compiles it once more."""
        try:
            super().save_overload(sig, data)
        except OSError as error:
            self.disable()
            logger.warning("a compiled kernel could not be kept: %s", error)


def _source(function: Callable[..., Any]) -> Path:
    """Return the file with the source. In a frozen program the code says a path that is none there."""
    module = getattr(sys.modules.get(function.__module__), "__file__", None)
    return Path(module or function.__code__.co_filename).with_suffix(".py")


@cache
def _digest(source: Path) -> str:
    return hashlib.sha256(source.read_bytes()).hexdigest()

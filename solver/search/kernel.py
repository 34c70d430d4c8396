"""How kernels are compiled.

What Python calls is a `kernel`; what only kernels call is an `inner` one and gets no wrapper for Python: unpacking
fifty arrays would be most of its code, and of the time to compile it.
"""

from __future__ import annotations

from numba import njit

kernel = njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)
inner = njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True, no_cpython_wrapper=True)

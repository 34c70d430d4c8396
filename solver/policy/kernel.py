"""How the policy's kernels are compiled: as the search's, with sums in any order, so that they use vector registers."""

from __future__ import annotations

from numba import njit

# No infinities and no NaN may appear in what these compile.
kernel = njit(cache=True, nogil=True, error_model="numpy", fastmath=True, no_cfunc_wrapper=True)
inner = njit(cache=True, nogil=True, error_model="numpy", fastmath=True, no_cfunc_wrapper=True, no_cpython_wrapper=True)

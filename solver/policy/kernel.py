"""How the policy's kernels are compiled: as the search's, with sums in any order, so that they use vector registers."""

from __future__ import annotations

from solver.compiling import compiler

# No infinities and no NaN may appear in what these compile.
kernel = compiler(fastmath=True)
inner = compiler(inner=True, fastmath=True)

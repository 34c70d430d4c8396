"""How kernels are compiled.

What Python calls is a `kernel`; what only kernels call is an `inner` one and gets no wrapper for Python: unpacking
fifty arrays would be most of its code, and of the time to compile it.
"""

from __future__ import annotations

from solver.compiling import compiler

kernel = compiler()
inner = compiler(inner=True)

"""``python -m solver.remote MODULE:FUNCTION``: the engine in a Python of its own, spoken to by the one that started it.

Requests come by the standard input, answers leave by the standard output, see `solver.channels`. Before anything else
is imported both are put out of reach of whoever prints or reads: a line in between would be taken for a message.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import IO

from solver.channels import StreamChannel

GREETING = b"routewright engine"
"""With this the standard output of an engine that could be loaded begins; then come messages."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until asked to shut down, or until whoever started this is gone.

    Parameters
    ----------
    arguments
        What serves, as in ``solver.worker:serve``; the process's own when None.
    """
    (served,) = sys.argv[1:] if arguments is None else arguments
    incoming, outgoing = _take_streams()
    module, _, name = served.partition(":")
    serve = getattr(import_module(module), name)
    outgoing.write(GREETING)
    outgoing.flush()
    serve(StreamChannel(incoming, outgoing))
    return 0


def _take_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return standard input and output, and leave nothing and the standard error in their places."""
    incoming, outgoing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return os.fdopen(incoming, "rb"), os.fdopen(outgoing, "wb")


if __name__ == "__main__":
    sys.exit(main())

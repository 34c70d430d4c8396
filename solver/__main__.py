"""``python -m solver solve|bench|train|warm``: the engine on its own, without a display and without Qt.

Exit codes: 0 when all went well, 1 when an answer breaks a rule, 2 when the input is not what was expected.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from solver.commands import bench, solve, train, warm
from solver.commands.arguments import Parser
from solver.instances import InstanceError
from solver.kernel_cache import use_kernel_cache


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code.

    Parameters
    ----------
    arguments
        The command line without the program's name; the process's own when None.
    """
    parser = Parser(prog="python -m solver", description="Solve and measure benchmark instances of vehicle routing.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in (solve, bench, train, warm):
        command.add_parser(commands)
    chosen = parser.parse_args(arguments)
    use_kernel_cache()
    try:
        return int(chosen.run(chosen))
    except InstanceError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'output'}: {error.strerror or 'cannot be written'}", file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return 2


if __name__ == "__main__":
    sys.exit(main())

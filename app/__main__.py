"""``python -m app [FILE]`` opens the window; ``… solve|compare|export|explain|train|addon …`` has no window."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections.abc import Sequence

from app import __version__

WITHOUT_DISPLAY = ("--words", "--seconds", "10", "--out", "out", "--limit", "3600")
"""Arguments of the self-test that does the main job where no window can be shown: kernels may have to be compiled."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code.

    Parameters
    ----------
    arguments
        The command line without the program's name; the process's own when None.
    """
    _have_streams()
    # The engine and the import of roads are spawned, which in a frozen program is this program started once more: such
    # a process does its own work here and ends, before the command line is taken for that of a user.
    multiprocessing.freeze_support()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["solve"]:
        from app.solve_command import main as solve

        return solve(given[1:])
    if given[:1] == ["compare"]:
        from app.compare_command import main as compare

        return compare(given[1:])
    if given[:1] == ["export"]:
        from app.export_command import main as export

        return export(given[1:])
    if given[:1] == ["explain"]:
        from app.explain_command import main as explain

        return explain(given[1:])
    if given[:1] == ["--selftest"]:
        from app.selftest.command import main as selftest

        return selftest(given[1:])
    if given[:1] == ["train"]:
        from app.train_command import main as train

        return train(given[1:])
    if given[:1] == ["addon"]:
        from app.addon_command import main as addon

        return addon(given[1:])
    parser = argparse.ArgumentParser(
        prog="routewright",
        description="Plan delivery and service routes.",
        epilog="routewright solve SCENARIO --out DIR solves without a window, routewright compare FILE FILE shows "
        "plans side by side, routewright export DOCUMENT --out DIR writes its plan for others, routewright explain "
        "SCENARIO PLAN --question WHY says why a plan is as it is, routewright train DIR "
        "--from SCENARIO teaches the policy that builds first plans, routewright addon create makes an environment for "
        "graphics cards, routewright --selftest shows that everything works; --help behind each says how.",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a .routewright document, or anything else to open")
    parser.add_argument("--version", action="version", version=f"routewright {__version__}")
    chosen = parser.parse_args(given)
    # Sentences are constants of many modules, so the language comes first. The commands above stay English.
    from app.language import use_language
    from app.language_choice import wanted_languages

    use_language(*wanted_languages())
    # Only now: Qt takes its time, and the other commands must do without it. What needs no Qt comes first: once PySide6
    # is there, it reads the source of every module that is imported, in search of its own name.
    import app.io
    import app.model  # noqa: F401
    from app.views.application import has_display, run

    if has_display():
        return run(chosen.file)
    if chosen.file is not None:
        print(f"There is no display. routewright solve {chosen.file} --out DIR needs none.", file=sys.stderr)
        return 2
    print("There is no display: solving the sample scenario offscreen.", file=sys.stderr)
    from app.selftest.command import main as selftest

    return selftest(WITHOUT_DISPLAY)


def _have_streams() -> None:
    """Let what is printed go nowhere in a program of a window, which has no console to print to on Windows."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  as long as the process lives
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # while modules are loaded, for half a second; commands that run answer for themselves
        print("interrupted", file=sys.stderr)
        sys.exit(130)

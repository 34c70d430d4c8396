"""``routewright --selftest``: the installed program does what it is there for, by itself, and tells what came of it."""

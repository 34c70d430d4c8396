#!/bin/sh
# Open the window on the sample scenario. Where none can be opened, do the same main job offscreen and write out/.

set -eu
cd "$(dirname "$0")/.."
. packaging/packages.sh

has_display() { [ "$(uname)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

if ! has_display; then
    say "there is no display: solving the sample scenario offscreen"
elif sh packaging/system_libraries.sh window; then
    exec .venv/bin/python -m app
else
    say "a window cannot be opened until then: solving the sample scenario offscreen"
fi
exec .venv/bin/python -m app --selftest --words --seconds 10 --out out --limit 3600

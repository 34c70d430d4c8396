#!/bin/sh
# See to it that what builds an installer is there: tools, and both kinds of window systems' libraries, which go into it.
#
# As root on Debian or Ubuntu the missing ones are installed; otherwise they are named.

set -eu
cd "$(dirname "$0")/.."
. packaging/packages.sh

[ "$(uname)" = Linux ] || exit 0

missing=
for tool in strip:binutils objdump:binutils ldd:libc-bin dpkg-deb:dpkg xz:xz-utils; do
    command -v "${tool%%:*}" >/dev/null 2>&1 || missing="$missing ${tool##*:}"
done
# shellcheck disable=SC2086 # one argument per package
[ -z "$missing" ] || as_root_apt $missing || {
    say "building needs packages that this system lacks:$missing"
    exit 1
}
for display in DISPLAY WAYLAND_DISPLAY; do
    env -u DISPLAY -u WAYLAND_DISPLAY "$display=:0" sh packaging/system_libraries.sh window build/venv
done

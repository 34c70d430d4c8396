#!/bin/sh
# Try a Debian package of Routewright as people will: install it in a clean Debian, without network, Python or compiler,
# use it in a window and by commands, on a full disk, upgrade it, remove it. Needs root and, of Debian, the packages
# debootstrap, xvfb and xdotool.
#
# usage: try_in_clean_root.sh DEB [OLDER_DEB] [--out DIR] [--suite bookworm]
#
# out/clean-root/ then has report.txt, report.json and pictures of the screen.

set -eu
here=$(dirname "$(readlink -f "$0")")
exec "${PYTHON:-python3}" "$here/clean_root/__main__.py" "$@"

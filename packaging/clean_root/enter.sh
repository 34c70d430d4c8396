#!/bin/sh
# Run a command in a root, as in a machine of its own: no network, no processes but its own, nothing of this one's
# environment. All mounts and all processes are gone when it ends.
#
# usage: enter.sh ROOT USER:GROUP READ_ONLY COMMAND...    with READ_ONLY yes or no: whether the programs can be written
#
# HOME, LANG and DISPLAY are passed on.

set -eu

if [ "${ENTERED:-}" != yes ]; then
    ENTERED=yes exec unshare --mount --net --pid --fork --kill-child -- "$0" "$@"
fi

root=$1 who=$2 read_only=$3
shift 3

mount --make-rprivate /
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
if [ -d /tmp/.X11-unix ]; then
    mkdir -p "$root/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
fi
if [ "$read_only" = yes ]; then
    for programs in opt usr; do
        mount --bind "$root/$programs" "$root/$programs"
        mount -o remount,bind,ro "$root/$programs"
    done
fi
if command -v ip >/dev/null 2>&1; then
    ip link set lo up # a machine without a network still has itself
fi

exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$HOME" LANG="${LANG:-C.UTF-8}" \
    ${DISPLAY:+DISPLAY="$DISPLAY"} chroot --userspec="$who" "$root" "$@"

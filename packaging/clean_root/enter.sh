#!/bin/sh
# Run a command in a root as on a machine of its own: with no processes but its own, and with no network. All of its
# mounts and processes are gone when it ends. The environment is passed on.
#
# usage: enter.sh ROOT USER:GROUP read-only COMMAND...    nobody can write to the programs
#        enter.sh ROOT USER:GROUP networked COMMAND...    they can be installed, and fetched from the network

set -eu

if [ "${ENTERED:-}" != yes ]; then
    alone=--net
    [ "$3" != networked ] || alone=
    ENTERED=yes exec unshare --mount $alone --pid --fork --kill-child -- "$0" "$@"
fi
unset ENTERED

root=$1 who=$2 way=$3
shift 3

mount --make-rprivate /
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
if [ -d /tmp/.X11-unix ]; then
    mkdir -p "$root/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
fi
if [ "$way" = read-only ]; then
    for programs in opt usr; do
        mount --bind "$root/$programs" "$root/$programs"
        mount -o remount,bind,ro "$root/$programs"
    done
    if command -v ip >/dev/null 2>&1; then
        ip link set lo up # a machine without a network still has itself
    fi
fi

# Not exec: whoever ends unshare ends this shell with it, and with the first process of a namespace all others go. The
# system forgets that wish for a process that changes its user.
code=0
chroot --userspec="$who" "$root" "$@" || code=$?
exit "$code"

# Sourced by the other scripts: how to get packages of the system.

say() { printf '%s\n' "routewright: $*" >&2; }

# as_root_apt PACKAGE...: install Debian or Ubuntu packages; fails when this is not root or not such a system.
as_root_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    say "installing $*"
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    apt-get update -qq </dev/null >&2 || say "could not refresh the list of packages; trying with the old one"
    apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2
}

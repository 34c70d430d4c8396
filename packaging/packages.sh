# shellcheck shell=sh
# Sourced by the other scripts: how to get packages of the system.

say() { printf '%s\n' "routewright: $*" >&2; }

# as_root_apt PACKAGE...: install Debian or Ubuntu packages; fails when this is not root or not such a system.
# Names that the system does not know are left out: another package may bring what they were to bring.
as_root_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    say "installing $*"
    apt_log=$(mktemp)
    apt-get update </dev/null >"$apt_log" 2>&1 || say "the list of packages could not be refreshed; trying with the old one"
    for package in "$@"; do
        shift
        if apt-cache show "$package" >/dev/null 2>&1; then
            set -- "$@" "$package"
        fi
    done
    if ! DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null >>"$apt_log" 2>&1; then
        cat "$apt_log" >&2
        rm -f "$apt_log"
        return 1
    fi
    rm -f "$apt_log"
}

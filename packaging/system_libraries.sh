#!/bin/sh
# See to it that the shared libraries which Qt loads from the system are there.
#
# As root on Debian or Ubuntu the missing ones are installed; otherwise the exact command is printed.
# Exits with 1 when something is still missing.
#
# usage: system_libraries.sh offscreen|window [ENVIRONMENT]

set -eu
cd "$(dirname "$0")/.."
. packaging/packages.sh

purpose=${1:-offscreen}
environment=${2:-.venv}
[ "$(uname)" = Linux ] || exit 0 # elsewhere the wheel brings all it needs

qt=$("$environment"/bin/python -c 'import importlib.util as u, os; print(os.path.dirname(u.find_spec("PySide6").origin))')

# One line per shared library that the loader does not find.
missing_libraries() {
    set -- "$qt/Qt/plugins/platforms/libqoffscreen.so"
    for module in Core Gui Widgets Svg Network OpenGL OpenGLWidgets PrintSupport Test; do
        for file in "$qt/Qt$module".*.so; do
            [ ! -f "$file" ] || set -- "$@" "$file"
        done
    done
    if [ "$purpose" = window ]; then
        platforms=libqxcb
        [ -n "${DISPLAY:-}" ] || platforms=libqwayland
        for file in "$qt/Qt/plugins/platforms/$platforms"*.so; do
            [ ! -f "$file" ] || set -- "$@" "$file"
        done
    fi
    for file in "$@"; do
        ldd "$file" 2>/dev/null || true
    done | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | grep -v '^libQt6' | sort -u || true
}

have_font() {
    find /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts" -name '*.[to]tf' \
        2>/dev/null | head -n 1 | grep -q .
}

# Debian names a library's package after its soname: libdbus-1.so.3 is in libdbus-1-3, libEGL.so.1 in libegl1.
debian_packages() {
    sed -e 's/^libz\.so\.1$/zlib1g/' -e 's/^libbrotli.*/libbrotli1/' \
        -e 's/^lib\(glib\|gobject\|gthread\|gio\|gmodule\)-2\.0\.so\.0$/libglib2.0-0/' \
        -e 's/\([0-9]\)\.so\./\1-/' -e 's/\.so\.//' | tr 'A-Z_' 'a-z-' | sort -u
    have_font || echo fonts-dejavu-core
}

on_one_line() { tr '\n' ' ' | sed 's/ *$//'; }

missing=$(missing_libraries)
if [ -z "$missing" ] && have_font; then
    exit 0
fi

packages=$(printf '%s' "$missing${missing:+
}" | debian_packages | on_one_line)
# shellcheck disable=SC2086 # one argument per package
if as_root_apt $packages; then
    missing=$(missing_libraries)
    [ -n "$missing" ] || exit 0
fi

if [ -z "$missing" ]; then
    say "no font was found, so text will be empty boxes: sudo apt-get install fonts-dejavu-core (or any font)"
    exit 0
fi
say "Qt needs shared libraries that this system lacks: $(printf '%s' "$missing" | on_one_line)"
if command -v apt-get >/dev/null 2>&1; then
    say "install them with: sudo apt-get install $packages"
elif command -v dnf >/dev/null 2>&1; then
    say "install them with: sudo dnf install $(printf '%s\n' "$missing" | sed "s/.*/'&()(64bit)'/" | on_one_line)"
elif command -v zypper >/dev/null 2>&1; then
    say "install them with: sudo zypper install $(printf '%s\n' "$missing" | sed "s/.*/'&()(64bit)'/" | on_one_line)"
else
    say "install the packages of your system that hold them"
fi
exit 1

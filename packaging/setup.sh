#!/bin/sh
# Set up what is missing in this checkout: Python, the virtual environment, the pinned dependencies, Qt's system
# libraries and the compiled kernels. A second run finds nothing to do and says nothing. What installers are built with
# lies in an environment of its own, since whatever is in it may get into them.
#
# usage: setup.sh run|test|installer

set -eu
cd "$(dirname "$0")/.."
. packaging/packages.sh

purpose=${1:-run}
environment=.venv
[ "$purpose" = installer ] && environment=build/venv
python=$environment/bin/python
oldest=3.11

suits() { "$1" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))" >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.11 python3.12 python3.13 python3.14; do
        if suits "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

make_environment() {
    if ! base=$(find_python); then
        as_root_apt "python$oldest" "python$oldest-venv" || true
        base=$(find_python) || {
            say "Python $oldest to 3.14 is needed. On Debian or Ubuntu: sudo apt-get install python$oldest python$oldest-venv"
            exit 1
        }
    fi
    version=$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! "$base" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        as_root_apt "python$version-venv" || true
    fi
    say "making the virtual environment with Python $version"
    if "$base" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        "$base" -m venv --clear "$environment"
    elif "$base" -c 'import pip, venv' >/dev/null 2>&1; then
        "$base" -m venv --clear --without-pip "$environment"
        "$base" -m pip --python "$python" install -q pip
    else
        say "Python's venv module is missing: sudo apt-get install python$version-venv"
        exit 1
    fi
}

# What an installation depends on: the pins, the constraints, the place, the interpreter.
fingerprint() {
    sed '/^\[tool\.ruff\]/,$d' pyproject.toml
    cat packaging/constraints.txt
    pwd
    "$python" -V
}

installed() {
    for stamp in "$environment/installed-for-$1" "$environment/installed-for-test"; do
        if [ -f "$stamp" ] && fingerprint | cmp -s - "$stamp"; then
            return 0
        fi
    done
    return 1
}

install_dependencies() {
    extra=
    [ "$purpose" = test ] && extra='[dev]'
    [ "$purpose" = installer ] && extra='[installer]'
    say "installing the pinned dependencies (about 600 MB on disk; a few minutes the first time)"
    rm -f "$environment"/installed-for-*
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
        "$python" -m pip install -q --no-input -c packaging/constraints.txt -e ".$extra"
    fingerprint >"$environment/installed-for-$purpose"
}

# The first solve would otherwise wait for the compiler.
warm_kernels() {
    stamp=.venv/kernels-compiled
    if [ ! -f "$stamp" ] || [ -n "$(find solver -name '*.py' -newer "$stamp" | head -n 1)" ]; then
        say "compiling the search kernels (some minutes, once)"
        touch "$stamp.begun"
        "$python" -m solver warm
        mv "$stamp.begun" "$stamp"
    fi
}

if ! suits "$python" || ! "$python" -c 'import pip' >/dev/null 2>&1; then
    make_environment
fi
installed "$purpose" || install_dependencies
if [ "$purpose" = installer ]; then
    sh packaging/building_tools.sh
else
    sh packaging/system_libraries.sh offscreen
    warm_kernels
fi

#!/bin/sh
# Compile the installer and let it install, upgrade and remove in Wine, with a small tree in the program's place.
#
# What this shows: the script compiles, files and entries of the registry come, an upgrade clears what is old, a running
# program is waited for, and removal leaves the user's data. What it cannot show: the program itself, Explorer, SmartScreen.
#
# usage: try_in_wine.sh FOLDER_OF_INNO_SETUP
# WINE names another command than wine, and PYTHON another Python than that of this checkout.

set -eu
inno=${1:?usage: try_in_wine.sh FOLDER_OF_INNO_SETUP}
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
python=${PYTHON:-.venv/bin/python}
work=$(mktemp -d)
trap 'wine wineboot -k >/dev/null 2>&1; sleep 4; rm -rf "$work"' EXIT
export WINEPREFIX="$work/prefix" WINEDEBUG=-all

say() { printf '%s\n' "try_in_wine: $*"; }
fail() {
    say "FAILED: $*"
    exit 1
}
wine() { ${WINE:-wine} "$@" </dev/null; }
expect() { # expect TEXT COMMAND...: the command succeeds
    what=$1
    shift
    "$@" || fail "$what"
    say "ok: $what"
}
offered() { wine reg query "HKCU\\$classes\\.vrp\\OpenWithProgids" /v "$1" >/dev/null 2>&1; }
absent() { [ ! -e "$1" ]; }
same() { [ "$1" = "$2" ] || { say "found '$1', expected '$2'" && false; }; }

# The compiler takes paths that begin with a slash for options.
iscc=$work/iscc
cat >"$iscc" <<SCRIPT
#!/bin/sh
for argument; do
    shift
    case \$argument in
    /D*=/* | /*.iss) argument=\$(printf '%s' "\$argument" | sed 's,^/D\\([A-Za-z]*\\)=/,=\\1=Z:/,; s,^/,Z:/,; s,/,\\\\,g; s,^=,/D,') ;;
    esac
    set -- "\$@" "\$argument"
done
exec ${WINE:-wine} "$inno/ISCC.exe" "\$@"
SCRIPT
chmod +x "$iscc"

make_setup() { # make_setup VERSION TREE
    ISCC=$iscc "$python" packaging/windows/make_setup.py "$2" --version "$1" --out "$work/out" >"$work/log" 2>&1 ||
        { cat "$work/log" && fail "the installer of $1 does not compile"; }
    say "ok: the installer of $1 compiles, $(du -k "$work/out/routewright-$1-windows-x64-setup.exe" | cut -f1) kB"
}
install() { # install VERSION LANGUAGE
    wine "$work/out/routewright-$1-windows-x64-setup.exe" /VERYSILENT /SUPPRESSMSGBOXES /NORESTART "/LANG=$2"
}
value() { # value KEY: what the user's registry says of it, where it has no name
    wine reg query "HKCU\\$1" /ve 2>/dev/null | tr -d '\r' | sed -n '/(value not set)/d; s/.*REG_SZ *//p'
}

wine wineboot -i >/dev/null 2>&1
user=$(find "$WINEPREFIX/drive_c/users" -mindepth 1 -maxdepth 1 -type d ! -name Public | head -n 1)
local="$user/AppData/Local"
app="$local/Programs/Routewright"
classes='Software\Classes'

mkdir -p "$work/tree/_internal/app"
cp "$WINEPREFIX/drive_c/windows/notepad.exe" "$work/tree/routewright.exe"
cp "$work/tree/routewright.exe" "$work/tree/routewright-cli.exe"
echo old >"$work/tree/_internal/gone_later.py"
echo old >"$work/tree/_internal/app/kept.txt"
make_setup 0.1.0 "$work/tree"
rm "$work/tree/_internal/gone_later.py"
echo new >"$work/tree/_internal/app/kept.txt"
make_setup 0.2.0 "$work/tree"

wine winecfg -v win7
if install 0.1.0 english; then fail "Windows 7 was taken for new enough"; fi
say "ok: a Windows that is too old is told so"
wine winecfg -v win10
expect "the first version installs" install 0.1.0 german
expect "both programs are there" test -f "$app/routewright.exe" -a -f "$app/routewright-cli.exe"
expect "their files are there" test -f "$app/_internal/gone_later.py"
expect "a document is known by its kind" same "$(value "$classes\\.routewright")" Routewright.Document
expect "its kind has a German name" same "$(value "$classes\\Routewright.Document")" Routewright-Dokument
expect "a double click opens the program" \
    same "$(value "$classes\\Routewright.Document\\shell\\open\\command" | sed 's/.*Local//')" \
    '\Programs\Routewright\routewright.exe" "%1"'
expect "a VRPLIB file stays with who has it" same "$(value "$classes\\.vrp")" ""
expect "the program is offered for a VRPLIB file" offered Routewright.Instance
expect "the start menu has it" test -n "$(find "$user" -name Routewright.lnk)"

mkdir -p "$local/routewright/Cache/kernels/some" "$local/routewright/networks" "$local/routewright/gpu/Scripts"
echo compiled >"$local/routewright/Cache/kernels/some/kernel.nbi"
echo data >"$local/routewright/networks/roads.npz"
echo weights >"$local/routewright/policy.safetensors"
echo mine >"$user/Documents/day.routewright"

# Any process that holds what the program holds stands for it.
cat >"$work/held.iss" <<SCRIPT
[Setup]
AppName=Held
AppVersion=1
DefaultDirName={tmp}
PrivilegesRequired=lowest
Uninstallable=no
OutputDir=Z:$(printf '%s' "$work" | sed 's,/,\\,g')
OutputBaseFilename=held
[Code]
function InitializeSetup: Boolean;
begin
  CreateMutex('$(sed -n 's/.*CreateMutexW(None, False, "\(.*\)").*/\1/p' packaging/windows/mark_as_running.py)');
  SaveStringToFile(ExpandConstant('{src}\held.txt'), 'held', False);
  Sleep(20000);
  Result := False;
end;
SCRIPT
"$iscc" /Qp "$work/held.iss" >/dev/null
wine "$work/held.exe" /VERYSILENT &
holder=$!
while [ ! -f "$work/held.txt" ]; do sleep 0.2; done
if install 0.2.0 german; then fail "the upgrade replaced files of a running program"; fi
expect "an upgrade waits for a running program" same "$(cat "$app/_internal/app/kept.txt")" old
wait "$holder" || true

expect "the next version installs" install 0.2.0 english
expect "what it has no more is gone" absent "$app/_internal/gone_later.py"
expect "what it has is new" same "$(cat "$app/_internal/app/kept.txt")" new
expect "the system knows one version only" same "$(wine reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s \
    2>/dev/null | tr -d '\r' | sed -n 's/.*DisplayVersion *REG_SZ *//p')" 0.2.0

# Another program that opens VRPLIB files has to survive the removal.
wine reg add "HKCU\\$classes\\.vrp\\OpenWithProgids" /v Other.Program /t REG_SZ /d "" /f >/dev/null
expect "it removes" wine "$app/unins000.exe" /VERYSILENT /SUPPRESSMSGBOXES
sleep 3 # the uninstaller goes on in a copy of itself
expect "the program is gone" absent "$app"
expect "the compiled kernels are gone" absent "$local/routewright/Cache"
expect "the environment for graphics cards is gone" absent "$local/routewright/gpu"
expect "networks, weights and documents stay" \
    test -f "$local/routewright/networks/roads.npz" -a -f "$local/routewright/policy.safetensors" \
    -a -f "$user/Documents/day.routewright"
expect "no document type is left" same "$(value "$classes\\.routewright")$(value "$classes\\Routewright.Document")" ""
expect "the other program is still offered" offered Other.Program
expect "ours is not" same "$(wine reg query "HKCU\\$classes" /s 2>/dev/null | grep -ic routewright)" 0
say "all of it held"

"""Make the disk image for macOS of an application that PyInstaller built: sign, pack, have it notarised.

Usage, on a Mac with Xcode's command line tools::

    python packaging/macos/make_dmg.py dist/Routewright.app --version 0.1.0 --out dist

It is signed where ``ROUTEWRIGHT_SIGN_IDENTITY`` names a certificate of the keychain ("Developer ID Application: …").
Then it is notarised where ``ROUTEWRIGHT_NOTARY_KEY`` names the file of a key for App Store Connect as well, with its
identifier in ``ROUTEWRIGHT_NOTARY_KEY_ID`` and that of its issuer in ``ROUTEWRIGHT_NOTARY_ISSUER``. Without them the
image is for oneself: the application is sealed in nobody's name, and elsewhere macOS does not simply open that.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from macos.machine_code import code_in

ENTITLEMENTS = Path(__file__).with_name("entitlements.plist")
IDENTITY = "ROUTEWRIGHT_SIGN_IDENTITY"
NOTARY_KEY, NOTARY_KEY_ID, NOTARY_ISSUER = (
    "ROUTEWRIGHT_NOTARY_KEY",
    "ROUTEWRIGHT_NOTARY_KEY_ID",
    "ROUTEWRIGHT_NOTARY_ISSUER",
)

NOBODY = "-"
"""Takes the place of a certificate where there is none."""

Run = Callable[[Sequence[str]], object]


def run(command: Sequence[str]) -> None:
    """Run a command, and raise if it fails."""
    subprocess.run(command, check=True)


def make_dmg(
    application: Path, out: Path, version: str, variables: Mapping[str, str] = os.environ, run: Run = run
) -> Path:
    """Make the image and return its path.

    Parameters
    ----------
    application
        Folder whose name ends in ``.app``.
    out
        Folder for the image, made if it is not there.
    version
        Of the program.
    variables
        Of the environment: who signs, and who has it notarised.
    run
        What runs a command.
    """
    out.mkdir(parents=True, exist_ok=True)
    image = out / f"routewright-{version}-macos-arm64.dmg"
    identity = variables.get(IDENTITY, "")
    # Files were added since PyInstaller sealed it, and on Apple's processors nothing runs whose seal is broken.
    sign(application, identity or NOBODY, run)
    with tempfile.TemporaryDirectory(prefix="dmg-", dir=out) as folder:
        shown = Path(folder)
        shutil.copytree(application, shown / application.name, symlinks=True)
        (shown / "Applications").symlink_to("/Applications")
        run(
            ["hdiutil", "create", "-volname", "Routewright", "-srcfolder", str(shown), "-fs", "HFS+"]
            + ["-format", "ULMO", "-ov", str(image)]
        )
    if identity:
        run(["codesign", "--force", "--timestamp", "--sign", identity, str(image)])
        if variables.get(NOTARY_KEY):
            notarise(image, variables, run)
    return image


def sign(application: Path, identity: str, run: Run = run) -> None:
    """Sign all code of an application, from the inside out, and look whether macOS agrees.

    Parameters
    ----------
    application
        Folder whose name ends in ``.app``.
    identity
        Name of the certificate, or `NOBODY`.
    run
        What runs a command.
    """
    signing = ["codesign", "--force", "--sign", identity]
    if identity != NOBODY:
        signing += ["--timestamp", "--options", "runtime"]
    for path in code_in(application):
        run([*signing, str(path)])
    # What the program may do is said of the program only: libraries in it may do the same.
    run([*signing, "--entitlements", str(ENTITLEMENTS), str(application)])
    run(["codesign", "--verify", "--deep", "--strict", str(application)])


def notarise(image: Path, variables: Mapping[str, str], run: Run = run) -> None:
    """Have Apple look through an image, wait for the answer, and fasten it to the image.

    Parameters
    ----------
    image
        Signed already.
    variables
        Of the environment.
    run
        What runs a command.
    """
    key = ["--key", variables[NOTARY_KEY], "--key-id", variables[NOTARY_KEY_ID], "--issuer", variables[NOTARY_ISSUER]]
    run(["xcrun", "notarytool", "submit", str(image), *key, "--wait", "--timeout", "1h"])
    run(["xcrun", "stapler", "staple", str(image)])
    run(["spctl", "--assess", "--type", "open", "--context", "context:primary-signature", str(image)])


def main() -> int:
    """Make the image that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make the disk image for macOS.")
    parser.add_argument("application", type=Path, help="Routewright.app, as PyInstaller made it")
    parser.add_argument("--version", required=True, help="of the program")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder for the image")
    chosen = parser.parse_args()
    try:
        made = make_dmg(chosen.application, chosen.out, chosen.version)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"The disk image could not be made: {error}", file=sys.stderr)
        return 1
    except KeyError as error:
        print(f"{NOTARY_KEY} is set, so {error.args[0]} has to be set as well.", file=sys.stderr)
        return 1
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The signing hook: where a certificate is given, every program file of ours is signed with it, else none.

``ASN_SIGN_CERTIFICATE`` and ``ASN_SIGN_KEY`` name PEM files; ``ASN_SIGN_TIMESTAMP`` is the address of a time-stamp
server (without one a signature ends with its certificate). ``python -m windows.signing FILE …`` signs in
place; makensis calls it for the installer and for the uninstaller inside.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import version_info
from windows.places import HERE


def wanted() -> bool:
    """Whether a certificate is given; half of the settings is a mistake and ends the build."""
    given = [bool(os.environ.get(name)) for name in ("ASN_SIGN_CERTIFICATE", "ASN_SIGN_KEY")]
    if any(given) and not all(given):
        sys.exit("signing needs both ASN_SIGN_CERTIFICATE and ASN_SIGN_KEY")
    return all(given)


def sign(path: Path) -> None:
    """Sign one program file in place; raises when osslsigncode refuses."""
    signed = path.with_name(path.name + ".signed")
    command = ["osslsigncode", "sign", "-h", "sha256", "-n", version_info.PRODUCT]
    command += ["-certs", os.environ["ASN_SIGN_CERTIFICATE"], "-key", os.environ["ASN_SIGN_KEY"]]
    if server := os.environ.get("ASN_SIGN_TIMESTAMP"):
        command += ["-ts", server]
    signed.unlink(missing_ok=True)
    subprocess.run([*command, "-in", str(path), "-out", str(signed)], stdout=subprocess.DEVNULL, check=True)
    signed.replace(path)


def hook() -> str:
    """The command line for makensis' ``!finalize``, which puts the file's name behind it."""
    return f'cd "{HERE.parent}" && "{sys.executable}" -m windows.signing'


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sign(Path(name).absolute())

"""From the bundle to the two files that are handed out: the installer and the portable zip.

``python -m windows.pack BUNDLE OUT`` does only this, also on Windows (``build.ps1``); ``ASN_MAKENSIS`` names makensis.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import version_info
from asn_desktop.environment.paths import PORTABLE_MARK
from windows import signing
from windows.places import HERE, ROOT, Places

INSTALLER_LIMIT = 45_000_000
"""Bytes; it has to fit on old flash disks and through slow networks."""
LIST = "berkas-terpasang.txt"
_ICON = ROOT / "resources" / "icons" / "asn-desktop.ico"
_PORTABLE_TEXT = """\
ASN Desktop portabel

Selama berkas ini ada di samping ASN-Desktop.exe, data kantor disimpan di folder "data" di sini,
bukan di komputer yang dipakai. Jangan hapus berkas ini, dan jangan pindahkan folder "data" sendirian.

Flash disk mudah hilang dan rusak: buat cadangan di tempat lain secara teratur (menu Berkas, Cadangan).
Keluar dari program dahulu, lalu lepas flash disk dengan aman.
"""


class Unpackable(Exception):
    """The bundle cannot become an installer as it is."""


def installer(places: Places, version: str, *, fast: bool = False) -> Path:
    """Write ``ASN-Desktop-<version>-setup.exe``; ``fast`` compresses lightly."""
    drawn, listing = places.work / "artwork", places.work / "listing"
    subprocess.run([sys.executable, "-m", "windows.artwork", str(drawn)], cwd=HERE.parent, check=True)
    listing.mkdir(parents=True, exist_ok=True)
    (listing / LIST).write_bytes(_listing(places.bundle).encode("ascii"))
    target = places.out / f"ASN-Desktop-{version}-setup.exe"
    target.parent.mkdir(parents=True, exist_ok=True)
    defines = {
        "VERSION": version,
        "PAYLOAD": str(places.bundle),
        "LISTING": str(listing),
        "ARTWORK": str(drawn),
        "ICON": str(_ICON),
        "OUTFILE": str(target),
        **({"SIGN": signing.hook()} if signing.wanted() else {}),
        **({"FAST": ""} if fast else {}),
    }
    options = [f"-D{name}={value}" for name, value in defines.items()]
    command = [
        os.environ.get("ASN_MAKENSIS", "makensis"),
        "-V2",
        "-WX",
        "-INPUTCHARSET",
        "UTF8",
        *options,
        str(HERE / "nsis" / "setup.nsi"),
    ]
    subprocess.run(command, check=True)
    size = target.stat().st_size
    if not fast and size > INSTALLER_LIMIT:
        raise Unpackable(f"{target.name}: {size / 1e6:.1f} MB is more than {INSTALLER_LIMIT / 1e6:.0f} MB")
    return target


def portable(places: Places, version: str) -> Path:
    """Write ``ASN-Desktop-<version>-portabel.zip``: the same bundle, which keeps its data beside itself."""
    target = places.out / f"ASN-Desktop-{version}-portabel.zip"
    target.unlink(missing_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in _files(places.bundle):
            archive.write(path, f"{version_info.PRODUCT}/{path.relative_to(places.bundle).as_posix()}")
        archive.writestr(f"{version_info.PRODUCT}/{PORTABLE_MARK}", "\ufeff" + _PORTABLE_TEXT.replace("\n", "\r\n"))
    return target


def _listing(bundle: Path) -> str:
    """What the uninstaller takes away: files, then their folders from the inside out, each as Windows writes it."""
    files = [str(path.relative_to(bundle)) for path in _files(bundle)]
    folders = sorted((str(path.relative_to(bundle)) for path in bundle.rglob("*") if path.is_dir()), reverse=True)
    names = [*files, *(f"{folder}/" for folder in folders)]
    strange = [name for name in names if not name.isascii() or len(name) > 150]
    if strange:  # NSIS reads the list as plain text, and an installed path may have 260 characters
        raise Unpackable(f"file names must be short and ASCII: {strange}")
    return "".join(name.replace("/", "\\") + "\r\n" for name in names)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def main(bundle: str, out: str) -> None:
    folder, version = Path(bundle).absolute(), version_info.version()
    where = Places(folder.parent, folder.parent.parent, Path(out).absolute())
    if where.bundle != folder:
        sys.exit(f"the bundle must be a folder {where.bundle.name} in a folder dist")
    for path in (installer(where, version), portable(where, version)):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The program's version and names, read from ``pyproject.toml``: the one place where the version is written.

Everything that shows a version in a build comes from here: the resource that Windows shows under *Properties*, the
metadata from which the running program learns its own version, and the file names of the installer.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = "ASN Desktop"
PUBLISHER = "Pengembang ASN Desktop"
DESCRIPTION = "Pembinaan ASN berbasis kinerja, tanpa jaringan"
COPYRIGHT = "Apache-2.0. Lisensi semua bagian: folder LICENSES."
LANGUAGE, CODE_PAGE = 0x0421, 1200
"""Indonesian, UTF-16: the language Windows looks a version text up by."""


def version() -> str:
    """``0.1.0``: three numbers, or this build is refused (Windows knows no other)."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        found = str(tomllib.load(file)["project"]["version"])
    if len(found.split(".")) != 3 or not all(part.isdigit() for part in found.split(".")):
        raise ValueError(f"version {found!r} is not three numbers; Windows cannot show it")
    return found


def windows_resource(file_name: str, description: str = DESCRIPTION) -> str:
    """The version resource of one executable, as the text that PyInstaller reads."""
    numbers = (*map(int, version().split(".")), 0)
    texts = {
        "CompanyName": PUBLISHER,
        "FileDescription": description,
        "FileVersion": version(),
        "InternalName": file_name.removesuffix(".exe"),
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": file_name,
        "ProductName": PRODUCT,
        "ProductVersion": version(),
    }
    lines = ",\n".join(f"      StringStruct({key!r}, {value!r})" for key, value in texts.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, "
        "fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('{LANGUAGE:04X}{CODE_PAGE:04X}', [\n{lines}])]),\n"
        f"        VarFileInfo([VarStruct('Translation', [{LANGUAGE}, {CODE_PAGE}])])])\n"
    )


def write_metadata(folder: Path) -> Path:
    """A ``.dist-info`` folder in ``folder`` from which the built program reads its version; returns it.

    Made here and not copied from an installation: a build must not depend on which version happens to be installed.
    """
    place = folder / f"asn_desktop-{version()}.dist-info"
    place.mkdir(parents=True, exist_ok=True)
    text = f"Metadata-Version: 2.1\nName: asn-desktop\nVersion: {version()}\nLicense: Apache-2.0\n"
    (place / "METADATA").write_text(text, encoding="utf-8")
    return place


if __name__ == "__main__":
    print(version())

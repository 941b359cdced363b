"""Collect the licence of every part that a bundle contains, and refuse a bundle with a part that has none.

Which parts those are is read from the files that were really taken along, so that nothing is forgotten when a
dependency changes: each file belongs to an installed distribution, to Python, or to this project. Texts that a
wheel does not bring are kept in ``installers/licences``, one folder per part.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN_TEXTS = Path(__file__).resolve().parent / "licences"
_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?|copying|notice|authors|copyright)[^/]*(/|$)", re.IGNORECASE)

#: Parts inside other parts: linked into a library of the wheel, so no file of their own tells of them.
_WITHIN = {
    "sqlcipher3": ("sqlcipher", "openssl"),
    "pyside6-essentials": ("qt",),
    "shiboken6": ("qt",),
}
#: In every bundle, whatever was imported.
_ALWAYS = ("python", "pyinstaller")


class MissingLicence(Exception):
    """The bundle must not be handed out: some of its parts come without a licence text, or from nowhere known."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something shipped under a licence: ``name`` as its folder is called, ``version`` empty when it has none."""

    name: str
    version: str
    texts: tuple[tuple[str, Path], ...]
    """Name in the folder → file."""


def collect(sources: Iterable[str | Path], target: Path) -> list[Part]:
    """Write ``target/<part>/…`` for all parts that the ``sources`` (files that go into the bundle) come from.

    Raises :class:`MissingLicence` with everything that is missing; ``target`` is made anew.
    """
    known = {normalised(found.metadata["Name"]): found for found in distributions()}
    names, strangers = _origins([Path(source).resolve() for source in sources], known)
    names |= set(_ALWAYS)
    names |= {inner for name in names for inner in _WITHIN.get(name, ())}
    if sys.platform == "win32":
        names.add("microsoft-visual-cpp-runtime")
    parts = [_part(name, known.get(name)) for name in sorted(names)]
    problems = [f"{part.name}: no licence text" for part in parts if not part.texts]
    problems += [f"{path}: belongs to no known part" for path in strangers]
    if problems:
        raise MissingLicence("\n".join(problems))
    shutil.rmtree(target, ignore_errors=True)
    for part in parts:
        for name, source in part.texts:
            copy = target / part.name / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
    _write_own(target)
    _write_overview(target, parts)
    return parts


def normalised(name: str) -> str:
    """The one spelling of a distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _origins(sources: Iterable[Path], known: dict[str, Distribution]) -> tuple[set[str], list[Path]]:
    """Names of the parts that the files belong to, and the files that belong to none."""
    owners = {
        Path(str(found.locate_file(file))).resolve(): name
        for name, found in known.items()
        for file in found.files or ()
    }
    python = {Path(place).resolve() for place in (sys.base_prefix, sys.prefix, Path(sys.executable).resolve().parent)}
    names, strangers = set(), []
    for path in sources:
        if path in owners:
            names.add(owners[path])
        elif ROOT not in path.parents and not python & set(path.parents):
            strangers.append(path)
        elif "site-packages" in path.parts and ROOT / "src" not in path.parents:
            strangers.append(path)  # lies among the distributions, yet none of them lists it
    return names - {"asn-desktop"}, strangers


def _part(name: str, found: Distribution | None) -> Part:
    """Own texts first: they are there because the wheel's are missing or incomplete."""
    folder = OWN_TEXTS / name
    texts = [(file.name, file) for file in sorted(folder.glob("*")) if file.is_file()]
    of_this_python = Path(sys.base_prefix) / "LICENSE.txt"
    if name == "python" and of_this_python.is_file():  # python.org's for Windows names what is linked into it
        texts.append(("LICENSE-Windows.txt", of_this_python))
    for file in (found.files or ()) if found is not None else ():
        relative = str(file).replace("\\", "/").split(".dist-info/", 1)
        if len(relative) == 2 and _LICENCE_FILE.search(relative[1]):
            path = Path(str(found.locate_file(file))) if found is not None else Path()
            texts.append((relative[1].removeprefix("licenses/"), path))
    return Part(name, found.version if found is not None else "", tuple(texts))


def _write_own(target: Path) -> None:
    """Our own licence, and those of the fonts and icons that lie in ``resources``."""
    own = target / "asn-desktop"
    own.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "LICENSE", own / "LICENSE.txt")
    for file in sorted((ROOT / "resources").rglob("*")):
        if file.is_file() and re.search(r"licen[cs]e|^OFL", file.name, re.IGNORECASE):
            shutil.copyfile(file, own / f"{file.parent.name}-{file.name}")


def _write_overview(target: Path, parts: Iterable[Part]) -> None:
    lines = [
        "ASN Desktop: Apache-2.0 (folder asn-desktop, beserta huruf dan ikon).",
        "Program ini memuat bagian-bagian berikut; teks lisensi masing-masing ada di folder dengan nama yang sama.",
        "",
        *(f"- {part.name} {part.version}".rstrip() for part in parts),
    ]
    (target / "BACA.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

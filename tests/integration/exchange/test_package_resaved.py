"""A package that another program opened and saved again is still the same package."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from asn_desktop.core.catalogue import FieldKind
from asn_desktop.exchange.package.content import PackageContent, RecordRow, Seal
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.package_writer import write_package
from asn_desktop.exchange.package.protocol import ENTITIES
from asn_desktop.exchange.package.signing import OfficeKey
from tests.unit.exchange.packages import HEAD, NASTY, comparable, record, small

COUNT = int(os.environ.get("ASN_RESAVED", "10"))
"""How many packages LibreOffice saves again; 50 take about a minute."""
KEY = OfficeKey(b"k" * 32)
_DAYS = (date.min, date(1899, 12, 31), date(1900, 2, 28), date(1900, 3, 1), date(2026, 11, 21), date.max)
_NUMBERS = (0, -1, 7, 10**9, 10**15 - 1, -(10**15) + 1, 10**15, 123456789012345678901234567890)


def mixed(seed: int) -> PackageContent:
    """A few records in every sheet, every field nasty in another way."""
    rng = random.Random(seed)
    short = [text for text in NASTY if len(text) < 1000]

    def value(kind: FieldKind) -> object:
        if rng.random() < 0.3:
            return None
        if kind is FieldKind.REFERENCE:
            return f"{rng.getrandbits(128):032x}"
        choices = {FieldKind.DATE: _DAYS, FieldKind.INTEGER: _NUMBERS, FieldKind.BOOLEAN: (True, False)}
        return rng.choice(choices.get(kind, short))

    rows = [
        RecordRow(entity.table, f"{rng.getrandbits(128):032x}", "11.12", rng.randint(1, 455), {"*": 45, "x": 7},
                  {field.key: value(field.kind) for field in entity.fields}, rng.choice(short), "2026-11-21")
        for entity in ENTITIES
        for _number in range(rng.randint(0, 4))
    ]  # fmt: skip
    return replace(small(), head=replace(HEAD, made_by=rng.choice(short), seq=seed), rows=tuple(rows))


def long_texts() -> PackageContent:
    return PackageContent(HEAD, tuple(record("employee", f"p{at}", address=text) for at, text in enumerate(NASTY)))


def resaved(paths: list[Path], folder: Path) -> list[Path]:
    """The files as LibreOffice writes them, in one run with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    call = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    subprocess.run([*call, *map(str, paths)], check=True, capture_output=True, timeout=900)
    return [folder / path.name for path in paths]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed here")
def test_libreoffice_saves_packages_without_touching_the_seal(tmp_path: Path) -> None:
    contents = [small(), long_texts(), *(mixed(seed) for seed in range(COUNT - 2))]
    paths = [tmp_path / f"paket_{number}.xlsx" for number in range(len(contents))]
    digests = [write_package(path, content, signer=KEY) for path, content in zip(paths, contents, strict=True)]
    (tmp_path / "lo").mkdir()
    for path, content, digest in zip(resaved(paths, tmp_path / "lo"), contents, digests, strict=True):
        read = read_package(path, known_key=lambda _office: KEY.key)
        assert (read.seal, read.digest) == (Seal.SIGNED, digest), read.notes
        assert comparable(read.content) == comparable(content)
        assert list(read.notes) == []

"""``self-test``: does everything the program needs work on this computer? Writes only into a temporary folder."""

from __future__ import annotations

import platform
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from asn_desktop import __version__
from asn_desktop.accounts import keyfile
from asn_desktop.core.errors import AppError, DatabaseDamaged
from asn_desktop.core.i18n import N_, _
from asn_desktop.environment.resources import reference_table, resource_root
from asn_desktop.exchange.reader import read_workbook
from asn_desktop.exchange.writer import write_canonical
from asn_desktop.personnel.columns import PERSONNEL
from asn_desktop.reports.fonts import Face, measure, register_fonts
from asn_desktop.reports.preview import PreviewFile
from asn_desktop.reports.registry import FORMS, Paper, render
from asn_desktop.storage.engine import open_engine

_MARK = "PEGAWAI CONTOH RAHASIA"


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    sound: bool
    detail: str


class _Unsound(AppError):
    """A check ran and gave the wrong answer."""


def run_self_test() -> list[Finding]:
    """All checks, each on its own: one that fails does not hide the others."""
    with tempfile.TemporaryDirectory(prefix="asn-uji-") as folder:
        return [_run(_(name), check, Path(folder)) for name, check in _CHECKS]


def _run(name: str, check: Callable[[Path], str], folder: Path) -> Finding:
    try:
        return Finding(name, True, check(folder))
    except AppError as error:
        return Finding(name, False, f"{error.message} {error.details}".strip())
    except (OSError, ValueError, RuntimeError, ImportError, DBAPIError, sqlite3.Error) as error:
        return Finding(name, False, f"{type(error).__name__}: {error}")


def _versions(_folder: Path) -> str:
    return f"ASN Desktop {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def _resources(_folder: Path) -> str:
    names = sorted(path.stem for path in (resource_root() / "reference").glob("*.csv"))
    empty = [name for name in names if not reference_table(name)]
    if not names or empty:
        raise _Unsound(_("Tabel rujukan hilang atau kosong: {names}").format(names=", ".join(empty) or "reference"))
    return _("{n} tabel rujukan").format(n=len(names))


def _encryption(folder: Path) -> str:
    path, key = folder / "uji.db", secrets.token_bytes(32)
    engine = open_engine(path, key)
    with engine.connect() as connection, connection.begin():
        connection.execute(text(f"CREATE TABLE uji AS SELECT '{_MARK}' AS isi"))
        versions = (
            connection.scalar(text("PRAGMA cipher_version")),
            connection.scalar(text("SELECT sqlite_version()")),
        )
    in_clear = any(_MARK.encode() in file.read_bytes() for file in folder.glob("uji.db*"))
    engine.dispose()
    if in_clear or path.read_bytes().startswith(b"SQLite format 3"):
        raise _Unsound(_("Berkas data tertulis tanpa enkripsi."))
    try:
        open_engine(path, secrets.token_bytes(32)).connect().close()
    except (DatabaseDamaged, DBAPIError):
        return "SQLCipher {}, SQLite {}".format(*versions)
    raise _Unsound(_("Berkas data terbuka dengan kunci yang salah."))


def _passphrase(folder: Path) -> str:
    path = folder / "kunci.json"
    new = keyfile.create(path, "uji", _MARK)
    started = time.perf_counter()
    if keyfile.unlock(path, "uji", _MARK) != new.data_key:
        raise _Unsound(_("Kunci data tidak kembali dari kata sandi."))
    return _("Argon2id, {seconds:.2f} detik").format(seconds=time.perf_counter() - started)


def _search(folder: Path) -> str:
    engine = open_engine(folder / "cari.db", secrets.token_bytes(32))
    with engine.connect() as connection, connection.begin():
        connection.execute(text("CREATE VIRTUAL TABLE cari USING fts5(isi, tokenize='trigram')"))
        connection.execute(text("SELECT count(*) FROM cari WHERE cari MATCH 'contoh'")).all()
    engine.dispose()
    return "FTS5 trigram"


def _fonts(_folder: Path) -> str:
    register_fonts()
    narrow = [face.name for face in Face if face is not Face.SYMBOLS and measure("Kinerja", face).width <= 0]
    if narrow:
        raise _Unsound(_("Huruf tidak terbaca: {names}").format(names=", ".join(narrow)))
    return _("{n} berkas huruf tertanam").format(n=len(Face))


def _forms(_folder: Path) -> str:
    pages = 0
    for code in FORMS:
        target = BytesIO()
        render(code, [], target, Paper.F4, blank=True)
        with PreviewFile(target.getvalue()) as preview:
            pages += len(preview)
            image = preview.render(0, 0.3)
        if not any(image.pixels):
            raise _Unsound(_("Formulir {code} tercetak kosong.").format(code=code))
    return _("{forms}: {pages} halaman").format(forms=", ".join(FORMS), pages=pages)


def _reader(folder: Path) -> str:
    path = folder / "uji.xlsx"
    write_canonical(path, PERSONNEL, [{"name": _MARK}], title="Uji", instructions=(), meta={})
    started = time.perf_counter()
    cells = [cell for sheet in read_workbook(path).sheets for row in sheet.rows for cell in row]
    if _MARK not in cells:
        raise _Unsound(_("Isi buku kerja uji tidak terbaca kembali."))
    return _("proses anak menjawab dalam {seconds:.2f} detik").format(seconds=time.perf_counter() - started)


_CHECKS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    (N_("Program"), _versions),
    (N_("Sumber daya"), _resources),
    (N_("Enkripsi"), _encryption),
    (N_("Kata sandi"), _passphrase),
    (N_("Pencarian"), _search),
    (N_("Huruf"), _fonts),
    (N_("Formulir"), _forms),
    (N_("Pembaca buku kerja"), _reader),
)

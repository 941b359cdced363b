"""Libraries and shipped files, one by one: what a build most easily loses."""

from __future__ import annotations

import platform
import secrets
import sys
import time
from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from asn_desktop import __version__
from asn_desktop.accounts import keyfile
from asn_desktop.core.errors import DatabaseDamaged
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_number
from asn_desktop.environment.resources import reference_table, resource_path, resource_root
from asn_desktop.exchange.package.qr import qr_matrix
from asn_desktop.reference.seed import holiday_rows
from asn_desktop.reports.fonts import Face, measure, register_fonts
from asn_desktop.reports.preview import PreviewFile
from asn_desktop.reports.registry import EVALUATION_FORMS, Paper, render
from asn_desktop.self_test.findings import PASSPHRASE, Check, Place, Unsound
from asn_desktop.storage.engine import open_engine

_MARK = "PEGAWAI CONTOH RAHASIA"
_ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}


def versions(_place: Place) -> str:
    """Never fails: it is there to be read."""
    system = f"{platform.system()} {platform.release()} {platform.version()} {platform.machine()}"
    return f"ASN Desktop {__version__}, Python {platform.python_version()}, {system}, {sys.getfilesystemencoding()}"


def resources(_place: Place) -> str:
    root = resource_root()
    names = sorted(path.stem for path in (root / "reference").glob("*.csv"))
    empty = [name for name in names if not reference_table(name)]
    if not names or empty:
        raise Unsound(_("Tabel rujukan hilang atau kosong: {names}.").format(names=", ".join(empty) or "reference"))
    icons = len(list((root / "icons").glob("*.svg")))
    for needed in (("icons", "landmark.svg"), ("fonts", "inter", "Inter-Regular.otf"), ("CHANGELOG.md",)):
        resource_path(*needed)
    return _("{tables} tabel rujukan, {icons} ikon").format(tables=len(names), icons=icons)


def fonts(_place: Place) -> str:
    register_fonts()
    narrow = [face.name for face in Face if face is not Face.SYMBOLS and measure("Kinerja", face).width <= 0]
    if narrow:
        raise Unsound(_("Huruf tidak terbaca: {names}.").format(names=", ".join(narrow)))
    return _("{n} huruf formulir").format(n=len(Face))


def time_zones(_place: Place) -> str:
    """Windows keeps none that Python could read: they must come with the program."""
    moment = datetime(2026, 8, 17, 10, 0)  # noqa: DTZ001 - gets its zone below
    offsets = {name: moment.replace(tzinfo=ZoneInfo(name)).utcoffset() for name in _ZONES}
    wrong = [name for name, hours in _ZONES.items() if offsets[name] != timedelta(hours=hours)]
    if wrong:
        raise Unsound(_("Zona waktu keliru: {names}.").format(names=", ".join(wrong)))
    return _("{zones}; komputer ini UTC{offset:%z}").format(zones=", ".join(_ZONES), offset=datetime.now().astimezone())


def holidays(_place: Place) -> str:
    rows = holiday_rows([2026])
    if not any(row["day"] == date(2026, 8, 17) for row in rows):
        raise Unsound(_("Hari libur 17 Agustus tidak ditemukan."))
    return _("{n} hari libur dan cuti bersama 2026").format(n=len(rows))


def encryption(place: Place) -> str:
    """Nothing readable in the file or its log; the wrong key opens nothing."""
    path, key = place.work / "uji.db", secrets.token_bytes(32)
    engine = open_engine(path, key)
    try:
        with engine.connect() as connection, connection.begin():
            connection.execute(text(f"CREATE TABLE uji AS SELECT '{_MARK}' AS isi"))
            cipher = connection.scalar(text("PRAGMA cipher_version"))
            sqlite = connection.scalar(text("SELECT sqlite_version()"))
        in_clear = any(_MARK.encode() in file.read_bytes() for file in place.work.glob("uji.db*"))
    finally:
        engine.dispose()
    if in_clear or path.read_bytes().startswith(b"SQLite format 3"):
        raise Unsound(_("Berkas data tertulis tanpa enkripsi."))
    stranger = open_engine(path, secrets.token_bytes(32))
    try:
        stranger.connect().close()
    except (DatabaseDamaged, DBAPIError):
        return f"SQLCipher {cipher}, SQLite {sqlite}"
    finally:
        stranger.dispose()
    raise Unsound(_("Berkas data terbuka dengan kunci yang salah."))


def passphrase(place: Place) -> str:
    path = place.work / "kunci.json"
    new = keyfile.create(path, "uji", PASSPHRASE)
    started = time.perf_counter()
    if keyfile.unlock(path, "uji", PASSPHRASE) != new.data_key:
        raise Unsound(_("Kunci data tidak kembali dari kata sandi."))
    return _("Argon2id, {seconds} detik").format(seconds=format_number(time.perf_counter() - started, 2))


def text_search(place: Place) -> str:
    """Said, not demanded: the program searches without it today."""
    engine = open_engine(place.work / "cari.db", secrets.token_bytes(32))
    try:
        with engine.connect() as connection, connection.begin():
            connection.execute(text("CREATE VIRTUAL TABLE cari USING fts5(isi, tokenize='trigram')"))
            connection.execute(text("SELECT count(*) FROM cari WHERE cari MATCH 'contoh'")).all()
    except DBAPIError:
        return _("FTS5 tidak ada")
    finally:
        engine.dispose()
    return _("FTS5 trigram ada")


def blank_forms(_place: Place) -> str:
    """Every form, empty, drawn and looked at again through the library of the preview."""
    pages = 0
    for code in EVALUATION_FORMS:
        target = BytesIO()
        render(code, [], target, Paper.F4, blank=True)
        with PreviewFile(target.getvalue()) as preview:
            pages += len(preview)
            image = preview.render(0, 0.3)
        if len(set(image.pixels)) < 2:
            raise Unsound(_("Formulir {code} tercetak kosong.").format(code=code))
    return _("{forms}: {pages} halaman").format(forms=", ".join(EVALUATION_FORMS), pages=pages)


def qr_code(_place: Place) -> str:
    """As on the cover of every package; the encoder's library loads its other bar codes by name."""
    side = len(qr_matrix(_MARK))
    if not side:
        raise Unsound(_("Kode QR kosong."))
    return _("{n} × {n} titik").format(n=side)


CHECKS = (
    Check("versions", N_("Program"), versions),
    Check("resources", N_("Sumber daya"), resources),
    Check("fonts", N_("Huruf"), fonts),
    Check("time-zones", N_("Zona waktu"), time_zones),
    Check("holidays", N_("Hari libur"), holidays),
    Check("encryption", N_("Enkripsi"), encryption),
    Check("passphrase", N_("Kata sandi"), passphrase),
    Check("text-search", N_("Pencarian teks"), text_search),
    Check("qr-code", N_("Kode QR"), qr_code),
    Check("blank-forms", N_("Formulir kosong"), blank_forms),
)

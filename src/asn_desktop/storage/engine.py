"""Open the encrypted file with the pragmas this program relies on.

Why each: ``isolation_level=None`` and an own BEGIN make DDL transactional and let writers start with BEGIN
IMMEDIATE (a reader that turns writer fails at once with "database is locked"). ``synchronous=FULL`` because a
committed quarter must survive a power cut. ``temp_store=MEMORY`` because temporary files would be in clear.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from asn_desktop.core.errors import DatabaseDamaged, EnvironmentProblem
from asn_desktop.core.i18n import _

WRITE_OPTION = "asn_write"
_HELD_BY_ANOTHER = (32, 33)  # sharing and lock violation: a scanner, a backup program, another window
_PLAIN_HEADER = b"SQLite format 3\x00"


def connect(path: Path, key: bytes) -> Any:
    """A driver connection to an encrypted file, ready to use. ``key`` is the 256-bit data key itself.

    A file that cannot be opened is let go at once: the error may live long (a window shows it), and Windows lets
    nobody put a backup in the place of a file that is still open.
    """
    connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
    try:
        for pragma in (
            "cipher_log_level = NONE",
            f"key = \"x'{key.hex()}'\"",
            "foreign_keys = ON",
            "busy_timeout = 5000",
            "temp_store = MEMORY",
            "synchronous = FULL",
            "cache_size = -32000",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
    except BaseException:
        connection.close()  # Windows deletes and replaces no file that is still open
        raise
    return connection


def open_engine(path: Path, key: bytes) -> Engine:
    """The engine on ``path``; creates the file when it is missing.

    Raises :class:`DatabaseDamaged` if the file is not an encrypted database that ``key`` opens.
    """
    refuse_plain_file(path)

    def creator() -> Any:
        connection = connect(path, key)
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlcipher.DatabaseError as error:
            connection.close()
            raise database_problem(error, path) from error
        return connection

    # Without a file name SQLAlchemy would take the address for a database in memory and share one connection.
    # Parameters are people's data: they must not get into error messages, and so into the log.
    # Last in, first out: the connection used last still holds decrypted pages (a list: 9 ms instead of 52).
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=creator,
        module=sqlcipher,
        poolclass=QueuePool,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(WRITE_OPTION, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def refuse_plain_file(path: Path) -> None:
    """A plain SQLite file at our place would accept the key silently and stay readable by anyone: refuse it."""
    if path.exists() and path.stat().st_size:
        with path.open("rb") as file:
            if file.read(16) == _PLAIN_HEADER:
                raise DatabaseDamaged(
                    _("Berkas data ini tidak terenkripsi, jadi bukan berkas milik program ini."),
                    _("Pulihkan dari cadangan terakhir. Berkas yang ada tidak diubah."),
                    code="ASN-1431",
                )


def database_problem(error: Exception, path: Path) -> EnvironmentProblem:
    """The error for people that belongs to a driver error: full disk, lock, read-only, damage."""
    text = _kind_of_os_error(error) or str(error).lower()
    if "locked" in text or "busy" in text:
        return EnvironmentProblem(
            _("Data sedang dipakai program lain."),
            _("Tutup jendela ASN Desktop lain di komputer ini, lalu coba lagi."),
            code="ASN-1401",
            details=str(error),
        )
    if "full" in text or "no space" in text:
        return EnvironmentProblem(
            _("Ruang penyimpanan penuh. Perubahan terakhir dibatalkan."),
            _("Kosongkan beberapa ratus MB di disk ini, lalu ulangi langkah terakhir."),
            code="ASN-1402",
            details=str(error),
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text or "denied" in text:
        return EnvironmentProblem(
            _("Berkas data tidak dapat disimpan: {path}.").format(path=path.name),
            _("Periksa apakah folder hanya dapat dibaca, flash disk terkunci, atau izin Windows kurang."),
            code="ASN-1403",
            details=str(error),
        )
    return DatabaseDamaged(
        _("Berkas data rusak atau bukan milik kunci ini: {path}.").format(path=path.name),
        _("Pulihkan dari cadangan yang sehat."),
        details=str(error),
    )


def _kind_of_os_error(error: Exception) -> str:
    """An English word for what the system says in its own language; empty for errors of SQLite, which are English."""
    if not isinstance(error, OSError):
        return ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "full"
    if getattr(error, "winerror", None) in _HELD_BY_ANOTHER:
        return "busy"
    return "denied"

"""Open the encrypted file with the pragmas this program relies on.

Why each: ``isolation_level=None`` and an own BEGIN make DDL transactional and let writers start with BEGIN
IMMEDIATE (a reader that turns writer fails at once with "database is locked"). ``synchronous=FULL`` because a
committed quarter must survive a power cut. ``temp_store=MEMORY`` because temporary files would be in clear.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from asn_desktop.core.errors import (
    DatabaseDamaged,
    EnvironmentProblem,
    disk_full,
    disk_trouble,
    out_of_memory,
    system_problem,
)
from asn_desktop.core.i18n import _
from asn_desktop.storage import dialect

_PROBE = 1 << 20
_SHORT_FILE = (522,)  # SQLITE_IOERR_SHORT_READ: the file ends where a page should be
_REFUSED_BY_SYSTEM = frozenset(
    (sqlcipher.SQLITE_IOERR, sqlcipher.SQLITE_CANTOPEN, sqlcipher.SQLITE_READONLY, sqlcipher.SQLITE_PERM)
)
_CODE_OF_WORDS = {
    "database or disk is full": sqlcipher.SQLITE_FULL,
    "disk I/O error": sqlcipher.SQLITE_IOERR,
    "unable to open database file": sqlcipher.SQLITE_CANTOPEN,
    "attempt to write a readonly database": sqlcipher.SQLITE_READONLY,
    "access permission denied": sqlcipher.SQLITE_PERM,
    "database is locked": sqlcipher.SQLITE_BUSY,
    "database table is locked": sqlcipher.SQLITE_LOCKED,
    "out of memory": sqlcipher.SQLITE_NOMEM,
}
_SURROUNDINGS = _REFUSED_BY_SYSTEM | {
    sqlcipher.SQLITE_BUSY, sqlcipher.SQLITE_LOCKED, sqlcipher.SQLITE_PROTOCOL, sqlcipher.SQLITE_FULL,
    sqlcipher.SQLITE_NOMEM, sqlcipher.SQLITE_CORRUPT, sqlcipher.SQLITE_NOTADB,
}  # fmt: skip
_PLAIN_HEADER = b"SQLite format 3\x00"


def connect(path: Path, key: bytes, *, sealed: bool = False) -> Any:
    """A driver connection to an encrypted file, ready to use. ``key`` is the 256-bit data key itself.

    ``sealed``: for reading a file to which nobody writes, also on a disk that takes nothing.

    A file that cannot be opened is let go at once: the error may live long (a window shows it), and Windows lets
    nobody put a backup in the place of a file that is still open.
    """
    place = f"{path.absolute().as_uri()}?mode=ro&immutable=1" if sealed else str(path)
    connection = sqlcipher.connect(place, check_same_thread=False, isolation_level=None, uri=sealed)
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
    event.listen(engine, "begin", dialect.begin)
    return engine


def empty_log(engine: Engine, path: Path) -> None:
    """Bring everything from the write-ahead log into the file itself, which can then be moved alone.

    Raises :class:`EnvironmentProblem` when there is no room for it.
    """
    driver = engine.raw_connection()
    try:
        busy = driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlcipher.Error as error:
        raise database_problem(error, path) from error
    finally:
        driver.close()
    if busy:
        raise disk_full("checkpoint")


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


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Driver errors about the file or the machine leave the block as errors for people; mistakes in a statement of
    ours stay what they are."""
    try:
        yield
    except (DBAPIError, sqlcipher.DatabaseError) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        if _primary(original) not in _SURROUNDINGS and not _misses_a_table(original):
            raise
        raise database_problem(original or error, path) from error


def database_problem(error: BaseException, path: Path) -> EnvironmentProblem:
    """The error for people that belongs to a driver or system error. Only what can be nothing else is called damage:
    SQLite says "disk I/O error" of a full disk too when it needs room for its shared memory."""
    if isinstance(error, OSError):
        return system_problem(error, path)
    code, details = _primary(error), str(error)
    if code in (sqlcipher.SQLITE_BUSY, sqlcipher.SQLITE_LOCKED, sqlcipher.SQLITE_PROTOCOL):
        return EnvironmentProblem(
            _("Data sedang dipakai program lain."),
            _("Tutup jendela ASN Desktop lain di komputer ini, lalu coba lagi."),
            code="ASN-1401",
            details=details,
        )
    if code == sqlcipher.SQLITE_FULL:
        return disk_full(details)
    if code == sqlcipher.SQLITE_NOMEM:
        return out_of_memory(details)
    if code in _REFUSED_BY_SYSTEM and _extended(error) not in _SHORT_FILE:
        return _why_refused(path, code, details)
    return DatabaseDamaged(
        _("Berkas data rusak atau bukan milik kunci ini: {path}.").format(path=path.name),
        _("Pulihkan dari cadangan yang sehat."),
        details=details,
    )


def _why_refused(path: Path, code: int, details: str) -> EnvironmentProblem:
    """SQLite does not say why the system refused: trying to write beside the file does."""
    probe = path.with_name(f".asn-{secrets.token_hex(4)}.sementara")
    try:
        with probe.open("xb") as file:
            file.write(bytes(_PROBE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return system_problem(error, path)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    if code == sqlcipher.SQLITE_IOERR:
        return disk_trouble(path, details)
    return system_problem(PermissionError(errno.EACCES, details), path)


def _extended(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", None) or 0)


def _primary(error: BaseException | None) -> int:
    """SQLite's code; copying through the backup interface gives only its words."""
    return _extended(error) & 0xFF or _CODE_OF_WORDS.get(str(error), 0)


def _misses_a_table(error: BaseException | None) -> bool:
    return str(error).startswith("no such table")

"""Is the file sound? Structure, references between tables, and the hash chain of the change log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from asn_desktop.storage import change_log
from asn_desktop.storage.change_log import ChainReport
from asn_desktop.storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    structure: str
    """``ok`` or SQLite's own words."""
    broken_references: int
    chain: ChainReport

    @property
    def sound(self) -> bool:
        return self.structure == "ok" and not self.broken_references and self.chain.sound


def check(database: Database, anchor: tuple[int, str] | None = None, *, thorough: bool = True) -> IntegrityReport:
    """Check everything; ``thorough=False`` uses the quick structure check of the program's start."""
    with database.read() as connection:
        pragma = "integrity_check" if thorough else "quick_check"
        structure = str(connection.scalar(text(f"PRAGMA {pragma}")))
        broken = len(connection.execute(text("PRAGMA foreign_key_check")).fetchall())
        return IntegrityReport(structure, broken, change_log.verify(connection, anchor))


def pages_sound(database: Database) -> bool:
    """Whether every page of the file carries its right authentication code: fast, finds any changed byte."""
    with database.read() as connection:
        return not connection.execute(text("PRAGMA cipher_integrity_check")).fetchall()

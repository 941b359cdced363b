"""Tables: the ledger of imports and the column mappings people confirmed."""

from __future__ import annotations

from sqlalchemy import Index, Text, UniqueConstraint

from asn_desktop.storage.base import Field, Record, field


class ImportBatch(Record):
    """One applied workbook: which file (by content), what became of its rows."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_sha256", "sha256"), {"sqlite_autoincrement": True})

    file_name: Field[str]
    sha256: Field[str]
    kind: Field[str]
    period: Field[str | None]
    at: Field[str]
    user: Field[str]
    counts: Field[str] = field(Text)
    """JSON: rows_read, new, changed, same, conflict, rejected, ignored."""


class LayoutMapping(Record):
    """Which heading means which field, for workbooks of one layout (ordered normalised headings)."""

    __tablename__ = "layout_mapping"
    __table_args__ = (UniqueConstraint("signature", "kind"), {"sqlite_autoincrement": True})

    signature: Field[str]
    kind: Field[str]
    mapping: Field[str] = field(Text)

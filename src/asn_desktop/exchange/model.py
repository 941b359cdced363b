"""Tables: the ledger of imports and the column mappings people confirmed."""

from __future__ import annotations

from sqlalchemy import Index, Text, UniqueConstraint

from asn_desktop.storage.base import Record, Stored, column


class ImportBatch(Record):
    """One applied workbook: which file (by content), what became of its rows."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_sha256", "sha256"),)

    file_name: Stored[str]
    sha256: Stored[str]
    kind: Stored[str]
    period: Stored[str | None]
    at: Stored[str]
    user: Stored[str]
    counts: Stored[str] = column(type_=Text)
    """JSON: rows_read, new, changed, same, conflict, rejected, ignored."""


class LayoutMapping(Record):
    """Which heading means which field, for workbooks of one layout (ordered normalised headings)."""

    __tablename__ = "layout_mapping"
    __table_args__ = (UniqueConstraint("signature", "kind"),)

    signature: Stored[str]
    kind: Stored[str]
    mapping: Stored[str] = column(type_=Text)

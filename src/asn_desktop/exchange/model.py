"""Tables: the ledger of imports and the column mappings people confirmed."""

from __future__ import annotations

from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desktop.storage.base import Record


class ImportBatch(Record):
    """One applied workbook: which file (by content), what became of its rows."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_sha256", "sha256"), {"sqlite_autoincrement": True})

    file_name: Mapped[str]
    sha256: Mapped[str]
    kind: Mapped[str]
    period: Mapped[str | None]
    at: Mapped[str]
    user: Mapped[str]
    counts: Mapped[str] = mapped_column(Text)
    """JSON: rows_read, new, changed, same, conflict, rejected, ignored."""


class LayoutMapping(Record):
    """Which heading means which field, for workbooks of one layout (ordered normalised headings)."""

    __tablename__ = "layout_mapping"
    __table_args__ = (UniqueConstraint("signature", "kind"), {"sqlite_autoincrement": True})

    signature: Mapped[str]
    kind: Mapped[str]
    mapping: Mapped[str] = mapped_column(Text)

"""Table: the ledger of worksheets that went out, and what came back of each."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from asn_desktop.storage.base import Record


class Worksheet(Record):
    """One worksheet. Its ``rid`` is the number that the workbook itself carries.

    The ``returned_*`` fields tell of the last return; they are written by the import that applied it and taken back
    with it. A worksheet that came back but was never noted here (a restored file) gets its line then.
    """

    __tablename__ = "worksheet"
    __table_args__ = (
        CheckConstraint("kind IN ('ratings','personnel','participants')", "kind"),
        Index("ix_worksheet_period", "period", "kind", "unit_id"),
        {"sqlite_autoincrement": True},
    )

    kind: Mapped[str]
    period: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("training_event.id"), index=True)
    file_name: Mapped[str]
    made_at: Mapped[str]
    made_by: Mapped[str]
    due: Mapped[date | None]
    contact: Mapped[str | None]
    rows: Mapped[int]
    returned_at: Mapped[str | None]
    returned_file: Mapped[str | None]
    returned_digest: Mapped[str | None]
    """SHA-256 of what the rows said: the same content again is not another return."""
    returned_counts: Mapped[str | None] = mapped_column(Text)
    """JSON as in ``import_batch``, plus ``filled``: rows in which something was filled in."""

"""Table: the ledger of worksheets that went out, and what came back of each."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

from asn_desktop.storage.base import Record, Stored, column


class Worksheet(Record):
    """One worksheet. Its ``rid`` is the number that the workbook itself carries.

    The ``returned_*`` fields tell of the last return; they are written by the import that applied it and taken back
    with it. A worksheet that came back but was never noted here (a restored file) gets its line then.
    """

    __tablename__ = "worksheet"
    __table_args__ = (
        CheckConstraint("kind IN ('ratings','personnel','participants')", "kind"),
        Index("ix_worksheet_period", "period", "kind", "unit_id"),
    )

    kind: Stored[str]
    period: Stored[str | None]
    unit_id: Stored[int | None] = column(ForeignKey("unit.id"), index=True)
    event_id: Stored[int | None] = column(ForeignKey("training_event.id"), index=True)
    file_name: Stored[str]
    made_at: Stored[str]
    made_by: Stored[str]
    due: Stored[date | None]
    contact: Stored[str | None]
    rows: Stored[int]
    returned_at: Stored[str | None]
    returned_file: Stored[str | None]
    returned_digest: Stored[str | None]
    """SHA-256 of what the rows said: the same content again is not another return."""
    returned_counts: Stored[str | None] = column(type_=Text)
    """JSON as in ``import_batch``, plus ``filled``: rows in which something was filled in."""

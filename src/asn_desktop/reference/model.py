"""Tables: the office itself, units, holidays and parameters that regulations change."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desktop.storage.base import Record

UNIT_KINDS = ("INSTANSI", "OPD", "UNIT")


class Office(Record):
    """One row: whose data this file holds."""

    __tablename__ = "office"

    code: Mapped[str]
    name: Mapped[str]
    agency: Mapped[str]
    """Printed as NAMA INSTANSI: "Pemerintah Kabupaten Contoh"."""
    place: Mapped[str]
    """Printed before the date of a signature: "Blangpidie"."""
    role: Mapped[str]
    """``district`` or ``province``."""
    sample: Mapped[bool] = mapped_column(default=False)
    """Made-up data: marked CONTOH on every screen and print."""


class Unit(Record):
    """A node of the organisation tree. ``opd_id`` is the ancestor (or the unit itself) of kind OPD."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("kind IN ('INSTANSI','OPD','UNIT')", "kind"),
        UniqueConstraint("office", "code"),
        Index("ix_unit_parent_id", "parent_id"),
        {"sqlite_autoincrement": True},
    )

    office: Mapped[str] = mapped_column(default="")
    """Whose tree: empty for this office's own, else the code of the office that sent it."""
    code: Mapped[str]
    """Once in an office."""
    name: Mapped[str]
    match_name: Mapped[str]
    """The name as the import compares it (upper case, single spaces, no punctuation)."""
    kind: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", use_alter=True), index=True)
    """The employee who leads it: assessor of its people unless they have a superior of their own."""
    head_name: Mapped[str | None]
    """A leader who is not in the list of employees (Bupati): name and post as printed."""
    head_position: Mapped[str | None]
    workdays: Mapped[int] = mapped_column(default=5)
    """Working days a week: 5, or 6 for schools and puskesmas that work so."""
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Holiday(Record):
    natural_key = ("day", "name")
    __tablename__ = "holiday"
    __table_args__ = (
        UniqueConstraint("day", "name"),
        CheckConstraint("kind IN ('libur_nasional','cuti_bersama','libur_daerah')", "kind"),
        {"sqlite_autoincrement": True},
    )

    day: Mapped[date]
    name: Mapped[str]
    kind: Mapped[str]
    source: Mapped[str]


class Parameter(Record):
    """An editable number or text of a rule, with where it comes from."""

    natural_key = ("key", "valid_from")

    __tablename__ = "parameter"
    __table_args__ = (UniqueConstraint("key", "valid_from"), {"sqlite_autoincrement": True})

    key: Mapped[str]
    value: Mapped[str]
    valid_from: Mapped[date]
    source: Mapped[str]
    verified: Mapped[bool] = mapped_column(default=False)

"""Tables: the office itself, units, holidays and parameters that regulations change."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from asn_desktop.storage.base import Field, Record, field

UNIT_KINDS = ("INSTANSI", "OPD", "UNIT")


class Office(Record):
    """One row: whose data this file holds."""

    __tablename__ = "office"

    code: Field[str]
    name: Field[str]
    agency: Field[str]
    """Printed as NAMA INSTANSI: "Pemerintah Kabupaten Contoh"."""
    place: Field[str]
    """Printed before the date of a signature: "Blangpidie"."""
    role: Field[str]
    """``district`` or ``province``."""
    sample: Field[bool] = field(default=False)
    """Made-up data: marked CONTOH on every screen and print."""


class Unit(Record):
    """A node of the organisation tree. ``opd_id`` is the ancestor (or the unit itself) of kind OPD."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("kind IN ('INSTANSI','OPD','UNIT')", "kind"),
        Index("ix_unit_parent_id", "parent_id"),
        {"sqlite_autoincrement": True},
    )

    code: Field[str] = field(unique=True)
    name: Field[str]
    match_name: Field[str]
    """The name as the import compares it (upper case, single spaces, no punctuation)."""
    kind: Field[str]
    parent_id: Field[int | None] = field(ForeignKey("unit.id"))
    opd_id: Field[int | None] = field(ForeignKey("unit.id"))
    head_id: Field[int | None] = field(ForeignKey("employee.id", use_alter=True))
    """The employee who leads it: assessor of its people unless they have a superior of their own."""
    head_name: Field[str | None]
    """A leader who is not in the list of employees (Bupati): name and post as printed."""
    head_position: Field[str | None]
    workdays: Field[int] = field(default=5)
    """Working days a week: 5, or 6 for schools and puskesmas that work so."""
    valid_from: Field[date | None]
    valid_to: Field[date | None]


class Holiday(Record):
    __tablename__ = "holiday"
    __table_args__ = (
        UniqueConstraint("day", "name"),
        CheckConstraint("kind IN ('libur_nasional','cuti_bersama','libur_daerah')", "kind"),
        {"sqlite_autoincrement": True},
    )

    day: Field[date]
    name: Field[str]
    kind: Field[str]
    source: Field[str]


class Parameter(Record):
    """An editable number or text of a rule, with where it comes from."""

    __tablename__ = "parameter"
    __table_args__ = (UniqueConstraint("key", "valid_from"), {"sqlite_autoincrement": True})

    key: Field[str]
    value: Field[str]
    valid_from: Field[date]
    source: Field[str]
    verified: Field[bool] = field(default=False)

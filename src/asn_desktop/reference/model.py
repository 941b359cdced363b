"""Tables: the office itself, units, holidays and parameters that regulations change."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from asn_desktop.reference.fields import HOLIDAY, UNIT
from asn_desktop.storage.base import Record, Stored, checks, column


class Office(Record):
    """One row: whose data this file holds."""

    __tablename__ = "office"

    code: Stored[str]
    name: Stored[str]
    agency: Stored[str]
    """Printed as NAMA INSTANSI: "Pemerintah Kabupaten Contoh"."""
    place: Stored[str]
    """Printed before the date of a signature: "Blangpidie"."""
    role: Stored[str]
    """``district`` or ``province``."""
    sample: Stored[bool] = column(default=False)
    """Made-up data: marked CONTOH on every screen and print."""


class Unit(Record):
    """A node of the organisation tree. ``opd_id`` is the ancestor (or the unit itself) of kind OPD."""

    __tablename__ = "unit"
    __table_args__ = (
        *checks(UNIT),
        UniqueConstraint("office", "code"),
        Index("ix_unit_parent_id", "parent_id"),
    )

    office: Stored[str] = column(default="")
    """Whose tree: empty for this office's own, else the code of the office that sent it."""
    code: Stored[str]
    """Once in an office."""
    name: Stored[str]
    match_name: Stored[str]
    """The name as the import compares it (upper case, single spaces, no punctuation)."""
    kind: Stored[str]
    parent_id: Stored[int | None] = column(ForeignKey("unit.id"))
    opd_id: Stored[int | None] = column(ForeignKey("unit.id"), index=True)
    head_id: Stored[int | None] = column(ForeignKey("employee.id", use_alter=True), index=True)
    """The employee who leads it: assessor of its people unless they have a superior of their own."""
    head_name: Stored[str | None]
    """A leader who is not in the list of employees (Bupati): name and post as printed."""
    head_position: Stored[str | None]
    workdays: Stored[int] = column(default=5)
    """Working days a week: 5, or 6 for schools and puskesmas that work so."""
    valid_from: Stored[date | None]
    valid_to: Stored[date | None]


class Holiday(Record):
    natural_key = ("day", "name")
    __tablename__ = "holiday"
    __table_args__ = (
        UniqueConstraint("day", "name"),
        *checks(HOLIDAY),
    )

    day: Stored[date]
    name: Stored[str]
    kind: Stored[str]
    source: Stored[str]


class Parameter(Record):
    """An editable number or text of a rule, with where it comes from."""

    natural_key = ("key", "valid_from")

    __tablename__ = "parameter"
    __table_args__ = (UniqueConstraint("key", "valid_from"),)

    key: Stored[str]
    value: Stored[str]
    valid_from: Stored[date]
    source: Stored[str]
    verified: Stored[bool] = column(default=False)

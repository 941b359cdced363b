"""The columns of the list of employees; each key is also what the list sorts by."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from asn_desktop.core.catalogue import Field, FieldKind
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.gui.paged_model import CellKind, TableColumn
from asn_desktop.personnel.completeness import NEEDED, missing
from asn_desktop.personnel.fields import EMPLOYEE
from asn_desktop.personnel.history import field_label, show_value
from asn_desktop.personnel.queries import EmployeeRow

MISSING = "missing"
"""The column that says what a record lacks; of use in the list of incomplete records only."""


def employee_columns() -> list[TableColumn]:
    """In display order; the ones that are hidden at first can be chosen."""
    return [
        TableColumn(
            "name", _("Nama dan jabatan"), lambda row: row.name, CellKind.TWO_LINES, 264,
            second=lambda row: row.position or "", tip=_name_tip,
        ),
        TableColumn("nip", _("NIP"), lambda row: _nip(row), width=184),
        TableColumn("rank", _("Gol."), lambda row: row.rank or "", width=64),
        TableColumn("unit", _("Unit kerja"), lambda row: row.unit, width=200, tip=lambda row: f"{row.unit}\n{row.opd}"),
        TableColumn(MISSING, _("Belum diisi"), missing_text, width=200, visible=False, sortable=False),
        TableColumn("opd", _("OPD"), lambda row: row.opd, width=200, visible=False),
        TableColumn("position", _("Jabatan"), lambda row: row.position or "", width=200, visible=False),
        *(replace(_column(field), **_MORE.get(field.key, {})) for field in EMPLOYEE.listed),
    ]  # fmt: skip


_MORE: dict[str, dict[str, Any]] = {
    "education_level": {"tip": lambda row: row.education or ""},
    "legal_status": {"kind": CellKind.CHIP, "tone": lambda row: "good" if row.active else "neutral"},
}


def _column(field: Field) -> TableColumn:
    """What the catalogue says of a field in the list."""
    screen = field.screen
    return TableColumn(
        field.key,
        _(screen.caption) or field.name,
        lambda row: show_value(field.key, row[field.key]),
        CellKind.NUMBER if field.kind is FieldKind.INTEGER else CellKind.TEXT,
        screen.width,
        sortable=screen.sort,
        visible=False,
    )


def missing_text(row: EmployeeRow) -> str:
    """The names of the needed fields that are empty."""
    found = missing({key: getattr(row, key) for key in ("employment_kind", *NEEDED)})
    return ", ".join(field_label(key) for key in found)


def _nip(row: EmployeeRow) -> str:
    return format_nip(row.nip) if row.nip else _("belum ada")


def _name_tip(row: EmployeeRow) -> str:
    return "\n".join(part for part in (row.name, row.position, row.unit) if part)

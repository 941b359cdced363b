"""The columns of the list of employees; each key is also what the list sorts by."""

from __future__ import annotations

from datetime import date

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_short_date
from asn_desktop.gui.paged_model import CellKind, TableColumn
from asn_desktop.personnel.completeness import NEEDED, missing
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
        TableColumn("employment_kind", _("Jenis"), lambda row: show_value("employment_kind", row.employment_kind),
                    width=76, visible=False),
        TableColumn("opd", _("OPD"), lambda row: row.opd, width=200, visible=False),
        TableColumn("position", _("Jabatan"), lambda row: row.position or "", width=200, visible=False),
        TableColumn("position_kind", _("Jenis jabatan"), lambda row: show_value("position_kind", row.position_kind),
                    width=130, visible=False),
        TableColumn("position_level", _("Jenjang"), lambda row: row.position_level or "", width=110, visible=False),
        TableColumn("echelon", _("Eselon"), lambda row: row.echelon or "", width=70, visible=False),
        TableColumn("job_class", _("Kelas"), lambda row: str(row.job_class or ""), CellKind.NUMBER, 64, visible=False),
        TableColumn("position_tmt", _("TMT jabatan"), lambda row: _day(row.position_tmt), width=104, visible=False),
        TableColumn("rank_tmt", _("TMT golongan"), lambda row: _day(row.rank_tmt), width=110, visible=False),
        TableColumn("sex", _("L/P"), lambda row: row.sex or "", width=48, visible=False),
        TableColumn("birth_date", _("Tanggal lahir"), lambda row: _day(row.birth_date), width=110, visible=False),
        TableColumn("education_level", _("Pendidikan"), lambda row: row.education_level or "", width=96,
                    tip=lambda row: row.education or "", visible=False),
        TableColumn("cpns_tmt", _("TMT CPNS/PPPK"), lambda row: _day(row.cpns_tmt), width=120, visible=False),
        TableColumn("contract_end", _("Akhir kontrak"), lambda row: _day(row.contract_end), width=110, visible=False),
        TableColumn(
            "legal_status", _("Kedudukan"), lambda row: row.legal_status, CellKind.CHIP, 130,
            tone=lambda row: "good" if row.active else "neutral", visible=False,
        ),
    ]  # fmt: skip


def missing_text(row: EmployeeRow) -> str:
    """The names of the needed fields that are empty."""
    found = missing({key: getattr(row, key) for key in ("employment_kind", *NEEDED)})
    return ", ".join(field_label(key) for key in found)


def _day(value: date | None) -> str:
    return format_short_date(value)


def _nip(row: EmployeeRow) -> str:
    return format_nip(row.nip) if row.nip else _("belum ada")


def _name_tip(row: EmployeeRow) -> str:
    return "\n".join(part for part in (row.name, row.position, row.unit) if part)

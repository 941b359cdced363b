"""An employee and where they were before. A column of our workbooks is a field, unless it names another record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asn_desktop.core.catalogue import Entity, Field, dates, of_column, ref, texts, yes
from asn_desktop.core.i18n import N_
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.screen import Screen
from asn_desktop.personnel.columns import COLUMNS, POST, SECTIONS

_ACTIVITY = (yes("active", "AKTIF"), *dates("inactive_since=NONAKTIF SEJAK"), *texts("inactive_reason=ALASAN NONAKTIF"))
_PLACE = (
    ref("unit_id", "UNIT KERJA", "unit", screen=Screen(POST, 3, -3)),
    ref("superior_id", "ATASAN", "employee", N_("Atasan langsung"), Screen(POST, 3, -3)),
)
_NOT_STORED = ("unit", "opd", "superior_nip")
_AFTER = {"legal_status": _ACTIVITY, "position_tmt": _PLACE}
_MORE: dict[str, dict[str, Any]] = {"nip": {"shown": format_nip}}


def _fields() -> Iterator[Field]:
    for column in COLUMNS:
        if column.key not in _NOT_STORED:
            yield of_column(column, **_MORE.get(column.key, {}))
            yield from _AFTER.get(column.key, ())


EMPLOYEE = Entity(
    "employee",
    "pegawai",
    N_("Pegawai"),
    tuple(_fields()),
    owned=True,
    name="name",
    second="nip",
    rules=(
        "unit_id superior_id phone email address legal_status active inactive_since inactive_reason → district/queue",
        "* → province/merge",
    ),
    sections=SECTIONS,
)

FORMER_PLACEMENT = Entity(
    "former_placement",
    "jabatan_riwayat",
    N_("Riwayat penempatan"),
    (
        ref("employee_id", "PEGAWAI", "employee"),
        *dates("until=SAMPAI"),
        ref("unit_id", "UNIT KERJA", "unit"),
        *texts("position=JABATAN"),
        ref("superior_id", "ATASAN", "employee"),
    ),
    parent="employee_id",
    rules=("* → district/queue",),
)

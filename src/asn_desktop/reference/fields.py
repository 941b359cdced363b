"""The records every office shares or places its people by: holidays, parameters, units."""

from __future__ import annotations

from asn_desktop.core.catalogue import Entity, Field, FieldKind, dates, one_of, ref, texts, yes
from asn_desktop.core.i18n import N_
from asn_desktop.reference.parameter_labels import parameter_label

UNIT_KINDS = {"INSTANSI": N_("Instansi"), "OPD": N_("Perangkat daerah"), "UNIT": N_("Unit kerja")}
HOLIDAY_KINDS = {
    "libur_nasional": N_("Libur nasional"),
    "cuti_bersama": N_("Cuti bersama"),
    "libur_daerah": N_("Libur daerah"),
}

HOLIDAY = Entity(
    "holiday",
    "hari_libur",
    N_("Hari libur"),
    (*dates("day=TANGGAL"), *texts("name=NAMA"), one_of("kind", "JENIS", HOLIDAY_KINDS), *texts("source=SUMBER")),
    name="name",
    second="day",
    rules=(
        "kind=libur_daerah → district/merge",
        "+ → province/merge",  # a year filled in a district; it goes to no other district
        "* → province/queue",
    ),
)

PARAMETER = Entity(
    "parameter",
    "pengaturan",
    N_("Pengaturan"),
    (
        Field("key", "KUNCI", shown=parameter_label),
        *texts("value=NILAI"),
        *dates("valid_from=BERLAKU SEJAK"),
        *texts("source=SUMBER"),
        yes("verified", "SUDAH DIVERIFIKASI"),
    ),
    name="key",
    second="valid_from",
    rules=("* → province/queue",),
)

UNIT = Entity(
    "unit",
    "unit",
    N_("Unit kerja"),
    (
        *texts("code=KODE", "name=NAMA UNIT"),
        one_of("kind", "JENIS UNIT", UNIT_KINDS),
        ref("parent_id", "UNIT INDUK", "unit"),
        ref("head_id", "PIMPINAN", "employee"),
        *texts("head_name=NAMA PIMPINAN LUAR", "head_position=JABATAN PIMPINAN LUAR"),
        Field("workdays", "HARI KERJA", FieldKind.INTEGER, label=N_("Hari kerja seminggu")),
        *dates("valid_from=BERLAKU SEJAK", "valid_to=BERLAKU SAMPAI"),
    ),
    owned=True,
    name="name",
    second="code",
    rules=("head_id head_name head_position workdays → district/queue", "* → province/merge"),
)

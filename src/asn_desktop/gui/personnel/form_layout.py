"""Which fields the employee form has, in which section and how wide (of six columns)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.ranks import pns_ranks, pppk_ranks
from asn_desktop.environment.resources import reference_table
from asn_desktop.gui.personnel.fields import (
    Field,
    choice_field,
    date_field,
    nip_field,
    picker_field,
    suggesting_field,
    text_field,
    whole_field,
)
from asn_desktop.personnel.columns import (
    ECHELONS,
    EDUCATION_LEVELS,
    EMPLOYMENT_KINDS,
    MARITAL_STATUSES,
    POSITION_KINDS,
    RELIGIONS,
    SEXES,
)

COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its fields: ``(key, columns)`` in reading order."""

    title: str
    fields: tuple[tuple[str, int], ...]
    note: str = ""


SECTIONS: tuple[Section, ...] = (
    Section(
        N_("Identitas"),
        (
            ("nip", 3), ("employment_kind", 3), ("title_front", 1), ("name", 3), ("title_back", 2),
            ("birth_place", 2), ("birth_date", 2), ("sex", 2), ("religion", 2), ("marital_status", 2),
            ("legal_status", 2),
        ),
    ),
    Section(
        N_("Jabatan dan unit"),
        (
            ("unit_id", 3), ("superior_id", 3), ("position", 4), ("position_kind", 2), ("position_level", 2),
            ("echelon", 1), ("job_class", 1), ("position_tmt", 2),
        ),
        N_("Tanpa atasan langsung, pejabat penilainya adalah pimpinan unit."),
    ),
    Section(
        N_("Pangkat dan masa kerja"),
        (
            ("rank", 2), ("rank_tmt", 2), ("service_years", 1), ("service_months", 1), ("cpns_tmt", 2),
            ("pns_tmt", 2), ("salary_step_tmt", 2), ("contract_end", 2),
        ),
    ),
    Section(N_("Pendidikan"), (("education_level", 2), ("education", 3), ("graduation_year", 1))),
    Section(
        N_("Kontak dan nomor lain"),
        (("phone", 2), ("email", 4), ("nik", 2), ("npwp", 2), ("old_nip", 2), ("address", 4), ("national_id", 2)),
        N_("Data pribadi: isi hanya yang diperlukan kantor (UU 27/2022)."),
    ),
)  # fmt: skip


def make_fields() -> dict[str, Field]:
    """A new set of fields by key."""
    return {field.key: field for field in _fields()}


def rank_choices(employment_kind: str | None) -> list[tuple[str, str]]:
    """Golongan of a PNS with its pangkat, or of a PPPK; highest first."""
    ranks = pppk_ranks() if (employment_kind or "").startswith("PPPK") else pns_ranks()
    return [(rank.code, f"{rank.code} – {rank.title}" if rank.title else rank.code) for rank in reversed(ranks)]


def _translated(choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, _(text)) for value, text in choices]


def _levels() -> list[tuple[str, str]]:
    names = ["JPT Madya", "JPT Pratama", "Administrator", "Pengawas"]
    for row in reference_table("jenjang_jabatan"):
        if row["kelompok"].startswith("fungsional"):
            names.append(row["nama"])
        elif row["kelompok"] == "pelaksana":
            names.append(row["nama"].removeprefix("Pelaksana - "))
    return [(name, name) for name in dict.fromkeys(names)]


def _legal_statuses() -> list[tuple[str, str]]:
    return [(row["nama"], row["nama"]) for row in reference_table("kedudukan_hukum")]


def _fields() -> Iterator[Field]:
    yield nip_field("nip", _("NIP / NI PPPK"))
    yield choice_field(
        "employment_kind", _("Jenis pegawai"), _translated(EMPLOYMENT_KINDS), required=True, clearable=False
    )
    yield text_field("title_front", _("Gelar depan"), limit=60)
    yield text_field("name", _("Nama tanpa gelar"), required=True, limit=120)
    yield text_field("title_back", _("Gelar belakang"), limit=80)
    yield text_field("birth_place", _("Tempat lahir"), limit=80)
    yield date_field("birth_date", _("Tanggal lahir"))
    yield choice_field("sex", _("Jenis kelamin"), _translated(SEXES))
    yield choice_field("religion", _("Agama"), _translated(RELIGIONS))
    yield choice_field("marital_status", _("Status kawin"), _translated(MARITAL_STATUSES))
    yield choice_field("legal_status", _("Kedudukan hukum"), _legal_statuses(), required=True, clearable=False)
    yield picker_field("unit_id", _("Unit kerja"), _("Ketik nama unit …"), filter_here=True, required=True)
    yield picker_field("superior_id", _("Atasan langsung"), _("Pimpinan unit, atau ketik nama …"), filter_here=False)
    yield suggesting_field("position", _("Jabatan"))
    yield choice_field("position_kind", _("Jenis jabatan"), _translated(POSITION_KINDS))
    yield choice_field("position_level", _("Jenjang"), _levels())
    yield choice_field("echelon", _("Eselon"), ECHELONS)
    yield whole_field("job_class", _("Kelas jabatan"), 1, 17)
    yield date_field("position_tmt", _("TMT jabatan"))
    yield choice_field("rank", _("Golongan"), rank_choices("PNS"))
    yield date_field("rank_tmt", _("TMT golongan"))
    yield whole_field("service_years", _("Masa kerja, tahun"), 0, 60)
    yield whole_field("service_months", _("bulan"), 0, 11)
    yield date_field("cpns_tmt", _("TMT CPNS / PPPK"))
    yield date_field("pns_tmt", _("TMT PNS"))
    yield date_field("salary_step_tmt", _("TMT gaji berkala terakhir"))
    yield date_field("contract_end", _("Akhir kontrak PPPK"))
    yield choice_field("education_level", _("Tingkat"), EDUCATION_LEVELS)
    yield text_field("education", _("Pendidikan / jurusan"))
    yield whole_field("graduation_year", _("Tahun lulus"), 1950, 2100)
    yield text_field("phone", _("Nomor HP"), limit=40)
    yield text_field("email", _("Email"), limit=120)
    yield text_field("nik", _("NIK"), limit=24)
    yield text_field("npwp", _("NPWP"), limit=30)
    yield text_field("old_nip", _("NIP lama"), limit=20)
    yield text_field("address", _("Alamat"), limit=300)
    yield text_field("national_id", _("PNS ID"), limit=60)
